"""A hand-made form to the tidy table: who, what, when, in which unit; nothing silently lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from loaders.layout import Label
from loaders.read.context import pairs
from tests.loaders.forms import codes, loaded, loaded_rows, reference, workbook
from tidy.checks import bounds, known_names, periods
from tidy.schema import OBSERVATION_COLUMNS, Reference


def test_every_figure_becomes_a_row_at_its_cell(tmp_path: Path) -> None:
    one = loaded_rows(tmp_path, ["梦想小镇", 12, 1200, 95], ["武林商圈", 8, "约300", "98%以上"])
    rows = one.observations.set_index("locator")
    assert list(rows.index) == ["表!B4", "表!C4", "表!D4", "表!B5", "表!C5", "表!D5"]
    about = rows.loc["表!C5"]
    assert (about.reporter_id, about.indicator_id, about.period, about.measure) == (
        "wulin",
        "members",
        "2018-H1",
        "stock",
    )
    assert (about.value, about.low, about.high, about.qualifier, about.unit) == (300, 250, 350, "approx", "人")
    assert rows.loc["表!D5"].as_printed == "98%以上"


def test_the_rows_pass_the_checks_of_the_tidy_table(tmp_path: Path) -> None:
    one = loaded_rows(tmp_path, ["梦想小镇", 12, "1.2万", "95%以上"])
    known = reference()
    tables = Reference(known.reporters, known.indicators, one.sources)
    assert set(OBSERVATION_COLUMNS) <= set(one.observations)
    assert [
        p for check in (bounds.check, known_names.check, periods.check) for p in check(one.observations, tables)
    ] == []


def test_scaled_units_of_heading_and_title(tmp_path: Path) -> None:
    above = [["2018年情况"], ["填报单位：杭州市总工会"], ["单位：万人、个"]]
    one = loaded_rows(tmp_path, ["梦想小镇", 3, 0.4], head=("单位名称", "基层工会数", "工会会员数"), above=above)
    assert dict(zip(one.observations.indicator_id, one.observations.value, strict=True)) == {
        "unions": 3,
        "members": 4000,
    }
    assert list(one.observations.as_printed) == ["3", "0.4万人"]


def test_indicators_down_and_reporters_across(tmp_path: Path) -> None:
    rows = [
        ["2018年情况"],
        ["指标", "计量单位", "梦想小镇", "武林商圈"],
        ["基层工会数", "个", 3, 4],
        ["工会会员数", "万人", 0.5, 1],
    ]
    one = loaded(workbook(tmp_path / "x.xlsx", rows))
    found = {(r.reporter_id, r.indicator_id): r.value for r in one.observations.itertuples()}
    assert found == {
        ("dream", "unions"): 3,
        ("wulin", "unions"): 4,
        ("dream", "members"): 5000,
        ("wulin", "members"): 10_000,
    }


def test_years_across_are_periods(tmp_path: Path) -> None:
    rows = [["填报单位：梦想小镇"], ["指标", "2016年", "2017年"], ["基层工会数", 3, 4], ["建会企业数", 5, 6]]
    one = loaded(workbook(tmp_path / "x.xlsx", rows))
    found = {(r.indicator_id, r.period): r.value for r in one.observations.itertuples()}
    assert found == {("unions", "2016"): 3, ("unions", "2017"): 4, ("unionised", "2016"): 5, ("unionised", "2017"): 6}
    assert set(one.observations.reporter_id) == {"dream"}


def test_totals_over_reporters_are_checked_and_not_stored(tmp_path: Path) -> None:
    one = loaded_rows(tmp_path, ["梦想小镇", 12, 100, None], ["武林商圈", 8, 50, None], ["合　计", 20, 150, None])
    states = one.cells.set_index("cell")["state"]
    assert states["B6"] == states["C6"] == "total"
    assert len(one.observations) == 4


def test_the_whole_city_is_the_form_s_reporter(tmp_path: Path) -> None:
    one = loaded_rows(tmp_path, ["全市", 120, 1000, None], ["梦想小镇", 8, 50, None])
    assert list(one.observations.reporter_id) == ["hangzhou", "hangzhou", "dream", "dream"]


def test_a_city_column_beside_the_pilot_names_only_where_it_lies(tmp_path: Path) -> None:
    rows = [
        ["2018年"],
        ["设区市", "单位名称", "基层工会数", "工会会员数"],
        ["杭州市", "梦想小镇", 3, 40],
        ["杭州市", "武林商圈", 4, 50],
    ]
    one = loaded(workbook(tmp_path / "x.xlsx", rows))
    assert list(one.observations.reporter_id) == ["dream", "dream", "wulin", "wulin"]


def test_plans_and_last_year_stand_apart(tmp_path: Path) -> None:
    rows = [
        ["2018年上半年"],
        ["单位名称", "基层工会数", None, None],
        [None, "计划数", "本期", "上年同期"],
        ["梦想小镇", 10, 8, 7],
        ["武林商圈", 9, 8, 6],
    ]
    one = loaded(workbook(tmp_path / "x.xlsx", rows, merge=["A2:A3", "B2:D2"]))
    assert list(one.observations.measure) == ["target", "stock", "target", "stock"]
    before = one.cells[one.cells["state"].eq("compared")]
    assert list(before["period"]) == ["2017-H1", "2017-H1"]


def test_a_heading_may_name_its_period_beside_its_place(tmp_path: Path) -> None:
    rows = [
        ["2018年上半年"],
        ["单位名称", "基层工会数", None],
        [None, "本期", "上期（2017年下半年）"],
        ["梦想小镇", 8, 7],
        ["武林商圈", 8, 6],
    ]
    one = loaded(workbook(tmp_path / "x.xlsx", rows, merge=["A2:A3", "B2:C2"]))
    assert list(one.observations.period) == ["2018-H1", "2018-H1"]
    assert list(one.cells[one.cells["state"].eq("compared")]["period"]) == ["2017-H2", "2017-H2"]


def test_what_is_unknown_is_said_with_a_suggestion_and_not_stored(tmp_path: Path) -> None:
    one = loaded_rows(tmp_path, ["梦想小镇", 12, 100, 95], ["武陵商圈", 8, 50, 90])
    problem = next(p for p in one.problems if p.code == "unknown_reporter")
    assert (problem.cell, problem.sheet, problem.severity) == ("A5", "表", "error")
    assert "武林商圈" in problem.advice
    assert set(one.observations.reporter_id) == {"dream"}


def test_an_alias_of_the_office_settles_it(tmp_path: Path) -> None:
    path = workbook(tmp_path / "x.xlsx", [["2018年"], ["单位名称", "老指标"], ["梦想小镇", 1], ["武林商圈", 2]])
    assert "unknown_heading" in codes(loaded(path)) or "unknown_indicator" in codes(loaded(path))
    one = loaded(path, aliases={"indicator": {"老指标": "unions"}})
    assert list(one.observations.indicator_id) == ["unions", "unions"]


def test_words_that_narrow_a_figure_become_its_scope(tmp_path: Path) -> None:
    rows = [
        ["2018年"],
        ["单位名称", "工会会员数", None],
        [None, "合计", "其中：农民工"],
        ["梦想小镇", 10, 8],
        ["武林商圈", 9, 8],
    ]
    one = loaded(workbook(tmp_path / "x.xlsx", rows, merge=["A2:A3", "B2:C2"]))
    assert list(one.observations.scope) == ["", "农民工", "", "农民工"]


@pytest.mark.parametrize("mark", ["—", "…", "无", "-"])
def test_missing_is_missing(tmp_path: Path, mark: str) -> None:
    one = loaded_rows(tmp_path, ["梦想小镇", 12, mark, 95], ["武林商圈", 8, 50, 90])
    assert one.cells.set_index("cell")["state"]["C4"] == "missing"
    assert "表!C4" not in set(one.observations.locator)


def test_every_filled_cell_has_a_role(tmp_path: Path) -> None:
    one = loaded_rows(tmp_path, ["梦想小镇", 12, 100, 95], ["武林商圈", 8, 50, 90], ["注：农民工除外"])
    roles = one.roles.set_index("cell")["role"]
    assert (roles["A1"], roles["A2"], roles["B3"], roles["A4"], roles["B4"], roles["A6"]) == (
        "title", "context", "header", "row_heading", "data", "note")  # fmt: skip


def test_a_reporter_left_open_is_not_the_period_beside_it() -> None:
    line = [Label(2, 1, "填报单位："), Label(2, 3, "统计时期：2019年")]
    assert [(aspect, value) for aspect, value, _cell in pairs(line)] == [("period", "2019年")]
