"""Decisions of a person are found again by the form's headings and overrule the rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.memory import hints, read_hints
from loaders.refusal import Refused
from tests.loaders.forms import codes, loaded, workbook

ROWS = [
    ["{year}年情况"],
    ["单位名称", "工会个数", "工会会员数"],
    ["梦想小镇", 1, 2],
    ["武林商圈", 3, 4],
    ["草稿", 100, 100],
]


def form(tmp_path: Path, year: int, name: str = "a.xlsx") -> Path:
    return workbook(
        tmp_path / name, [[str(v).format(year=year) if isinstance(v, str) else v for v in row] for row in ROWS]
    )


def test_a_decision_is_remembered_for_next_year_s_form(tmp_path: Path) -> None:
    first = loaded(form(tmp_path, 2017))
    assert {"unknown_indicator", "unknown_reporter"} <= set(codes(first))
    mark = first.layouts[0]["fingerprint"]
    memory = {mark: {"indicator": {"工会个数": "unions"}, "ignore": ["表!A5:C5"]}}
    again = loaded(form(tmp_path, 2018, "b.xlsx"), memory=memory)
    assert again.problems == []
    assert [(r.reporter_id, r.period, r.value) for r in again.observations.itertuples() if r.indicator_id == "unions"] == [
        ("dream", "2018", 1), ("wulin", "2018", 3)]  # fmt: skip


def test_another_form_does_not_remember(tmp_path: Path) -> None:
    first = loaded(form(tmp_path, 2017)).layouts[0]["fingerprint"]
    other = loaded(
        workbook(tmp_path / "c.xlsx", [["2018年"], ["单位名称", "建会企业数"], ["梦想小镇", 1], ["武林商圈", 2]])
    )
    assert other.layouts[0]["fingerprint"] != first


def test_header_and_heading_columns_can_be_named(tmp_path: Path) -> None:
    rows = [["2018年"], [None, 1, 2], [None, "基层工会数", "工会会员数"], ["梦想小镇", 5, 6], ["武林商圈", 7, 8]]
    one = loaded(workbook(tmp_path / "x.xlsx", rows), decided={"header": [3], "stub": ["A"]})
    assert list(one.observations.value) == [5, 6, 7, 8]


def test_period_and_reporter_overrule_the_lines_above(tmp_path: Path) -> None:
    rows = [["2018年"], ["填报单位：梦想小镇"], ["指标", "数量"], ["基层工会数", 5], ["建会企业数", 6]]
    one = loaded(workbook(tmp_path / "x.xlsx", rows), decided={"period": "2017-H1", "reporter": "wulin"})
    assert {(r.reporter_id, r.period) for r in one.observations.itertuples()} == {("wulin", "2017-H1")}


def test_a_hint_file(tmp_path: Path) -> None:
    path = tmp_path / "form.toml"
    path.write_text(
        'period = "2018"\nunit = "万人"\nignore = ["表!A1:B2"]\n[indicator]\n"单建" = "unions"\n', encoding="utf-8"
    )
    found = hints(read_hints(path))
    assert found.context.period == "2018"
    assert found.context.units[0].factor == 10_000
    assert found.aliases["indicator"] == {"单建": "unions"}


@pytest.mark.parametrize(
    "text", ["period = ", 'period = "去年"', 'unit = "会员"', 'ignore = ["A"]', 'wrong = "x"', "period = [1"]
)
def test_a_hint_that_cannot_be_used_is_refused_with_its_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "form.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Refused):
        hints(read_hints(path))
