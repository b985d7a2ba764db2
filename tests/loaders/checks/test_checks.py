"""Each check finds its own fault at its own cell, and says nothing about sound forms."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from loaders.checks import ALL
from loaders.checks._slips import slip
from tests.loaders.forms import codes, loaded, loaded_rows, workbook

SOUND = (["梦想小镇", 12, 100, 95], ["武林商圈", 8, 50, 90], ["合计", 20, 150, None])
COUNTS = ("单位名称", "基层工会数", "工会会员数（人）")


def test_a_sound_form_has_no_problem(tmp_path: Path) -> None:
    assert loaded_rows(tmp_path, *SOUND).problems == []


@pytest.mark.parametrize(("row", "code", "cell"), [
    (["武林商圈", 8, 50, 190], "above_maximum", "D5"),
    (["武林商圈", 8, 50, 0.9], "share_as_fraction", "D5"),
    (["武林商圈", -8, 50, 90], "negative", "B5"),
    (["武林商圈", 8, "见附件", 90], "not_a_number", "C5"),
    (["武林商圈", 8, "50人左右（含兼职）", 90], "number_in_text", "C5"),
    (["武林商圈", "8 ", 50, 90], "number_as_text", "B5"),
    (["武林商圈", 8, "50万元", 90], "unit_mismatch", "C5"),
    (["武陵商圈", 8, 50, 90], "unknown_reporter", "A5"),
    (["梦想小镇", 8, 50, 90], "duplicate_key", "B5"),
])  # fmt: skip
def test_faults_of_one_cell(tmp_path: Path, row: list[object], code: str, cell: str) -> None:
    assert next(p.cell for p in loaded_rows(tmp_path, SOUND[0], row).problems if p.code == code) == cell


def test_an_unknown_indicator_is_told_at_its_heading(tmp_path: Path) -> None:
    one = loaded_rows(tmp_path, ["梦想小镇", 1, 2], ["武林商圈", 3, 4], head=("单位名称", "基层工会数", "工会会圆数"))
    problem = next(p for p in one.problems if p.code == "unknown_indicator")
    assert problem.cell == "C3"
    assert "工会会员数" in problem.advice


def test_a_swapped_digit_is_named_as_the_likeliest_cell(tmp_path: Path) -> None:
    body = [["梦想小镇", 132, 1], ["武林商圈", 80, 1], ["信息港小镇", 7, 1], ["合计", 210, 3]]
    one = loaded_rows(tmp_path, *body, head=COUNTS)
    problem = next(p for p in one.problems if p.code == "total_differs")
    assert problem.cell == "B7"
    assert "B4" in problem.advice or "B7" in problem.advice


def test_a_cell_wrong_along_its_row_and_its_column_is_the_one(tmp_path: Path) -> None:
    rows = [["2018年"], ["单位名称", "工会会员数", None, None], [None, "合计", "男", "女"], ["梦想小镇", 30, 10, 20],
            ["武林商圈", 50, 26, 30], ["信息港小镇", 7, 3, 4], ["合计", 87, 33, 54]]  # fmt: skip
    one = loaded(workbook(tmp_path / "x.xlsx", rows, merge=["A2:A3", "B2:D2"]))
    differing = [p for p in one.problems if p.code == "total_differs"]
    assert {p.cell for p in differing} == {"B5", "C7"}
    assert all("C5（26 应为 20？）" in p.advice for p in differing)


def test_subtotals_add_up_to_the_total(tmp_path: Path) -> None:
    body = [
        ["梦想小镇", 10],
        ["武林商圈", 5],
        ["小计", 15],
        ["信息港小镇", 7],
        ["宁波市总工会", 1],
        ["小计", 8],
        ["总计", 23],
    ]
    assert "total_differs" not in codes(loaded_rows(tmp_path, *body, head=COUNTS[:2]))


def test_rounded_parts_may_miss_by_rounding(tmp_path: Path) -> None:
    head = ("单位名称", "工会会员数（万人）")
    close = loaded_rows(tmp_path, ["梦想小镇", 1.24], ["武林商圈", 2.33], ["合计", 3.58], head=head)
    apart = loaded_rows(tmp_path, ["梦想小镇", 1.24], ["武林商圈", 2.33], ["合计", 3.88], head=head)
    assert "total_differs" not in codes(close)
    assert codes(apart)["total_differs"] == "B6"


def test_a_total_over_a_missing_part_asks_for_the_part(tmp_path: Path) -> None:
    one = loaded_rows(tmp_path, ["梦想小镇", 12], ["武林商圈", "—"], ["信息港小镇", 30], ["合计", 69], head=COUNTS[:2])
    assert "没有数字" in next(p for p in one.problems if p.code == "total_differs").advice


@given(st.lists(st.integers(0, 10_000), min_size=2, max_size=5), st.integers(1, 999))
@settings(deadline=None, max_examples=15)
def test_any_gap_is_found(tmp_path_factory: pytest.TempPathFactory, parts: list[int], gap: int) -> None:
    folder = tmp_path_factory.mktemp("gap")
    names = ["梦想小镇", "武林商圈", "信息港小镇", "宁波市总工会", "杭州市总工会"]
    body = [[name, part] for name, part in zip(names, parts, strict=False)]
    assert "total_differs" not in codes(loaded_rows(folder, *body, ["合计", sum(parts)], head=COUNTS[:2]))
    assert "total_differs" in codes(loaded_rows(folder, *body, ["合计", sum(parts) + gap], head=COUNTS[:2]))


def test_a_part_larger_than_its_whole(tmp_path: Path) -> None:
    rows = [
        ["2018年"],
        ["单位名称", "工会会员数", None],
        [None, "合计", "其中：农民工"],
        ["梦想小镇", 10, 8],
        ["武林商圈", 9, 18],
    ]
    one = loaded(workbook(tmp_path / "x.xlsx", rows, merge=["A2:A3", "B2:C2"]))
    assert codes(one)["part_exceeds_whole"] == "C5"


def test_a_rate_against_its_own_parts(tmp_path: Path) -> None:
    head = ("单位名称", "建会企业数", "应建会企业数", "建会率（%）")
    one = loaded_rows(tmp_path, ["梦想小镇", 95, 100, 95], ["武林商圈", 45, 100, 54], head=head)
    assert [p.cell for p in one.problems if p.code == "rate_differs"] == ["D5"]


def test_a_leap_against_the_year_before(tmp_path: Path) -> None:
    previous = pd.DataFrame([{"reporter_id": "dream", "indicator_id": "members", "period": "2017-H1", "measure": "stock",
                              "scope": "", "value": 20.0}])  # fmt: skip
    path = workbook(tmp_path / "x.xlsx", [["2018年上半年"], COUNTS, ["梦想小镇", 12, 100], ["武林商圈", 8, 50]])
    assert codes(loaded(path, previous=previous))["jump"] == "C3"
    assert "jump" not in codes(loaded(path))


def test_last_year_s_figure_is_compared_with_what_was_published(tmp_path: Path) -> None:
    rows = [
        ["2018年上半年"],
        ["单位名称", "基层工会数", None],
        [None, "本期", "上年同期"],
        ["梦想小镇", 8, 7],
        ["武林商圈", 8, 6],
    ]
    previous = pd.DataFrame([{"reporter_id": "dream", "indicator_id": "unions", "period": "2017-H1", "measure": "stock",
                              "scope": "", "value": 6.0}])  # fmt: skip
    one = loaded(workbook(tmp_path / "x.xlsx", rows, merge=["A2:A3", "B2:C2"]), previous=previous)
    assert codes(one)["history_changed"] == "C4"


def test_results_of_the_future(tmp_path: Path) -> None:
    late = loaded_rows(tmp_path, *SOUND, above=[["2028年上半年情况"], ["填报单位：杭州市总工会"]])
    assert next(p for p in late.problems if p.code == "future_period").severity == "error"


def test_no_period_anywhere(tmp_path: Path) -> None:
    assert (
        codes(loaded_rows(tmp_path, *SOUND, above=[["工会组织情况"], ["填报单位：杭州市总工会"]]))["no_period"] == "B4"
    )


def test_formula_errors_and_formulas_never_calculated(tmp_path: Path) -> None:
    one = loaded_rows(tmp_path, ["梦想小镇", 12, 100, 95], ["武林商圈", "=1+7", "#REF!", 90])
    found = codes(one)
    assert found["uncached_formula"] == "B5"
    assert found["formula_error"] == "C5"


def test_a_unit_only_in_the_number_format(tmp_path: Path) -> None:
    one = loaded_rows(tmp_path, *SOUND[:2], formats={"B5": '0"家"'})
    assert codes(one)["unit_in_format"] == "B5"


def test_figures_in_hidden_rows(tmp_path: Path) -> None:
    one = loaded_rows(tmp_path, *SOUND, hide=[5])
    assert codes(one)["hidden_data"] == "B5"
    assert "wulin" in set(one.observations.reporter_id)


def test_a_merged_range_over_figures(tmp_path: Path) -> None:
    one = loaded_rows(tmp_path, ["梦想小镇", 12, 100, 95], ["武林商圈", None, 50, 90], merge=["B4:B5"])
    assert codes(one)["merged_data"] == "B4"


def test_a_sheet_without_any_figure(tmp_path: Path) -> None:
    one = loaded(workbook(tmp_path / "x.xlsx", [["只有文字"], ["没有数字"]]))
    assert {"no_figures", "unknown_heading", "not_a_number"} & set(codes(one))
    assert one.observations.empty


@pytest.mark.parametrize(
    ("written", "meant", "score"), [(132, 123, 3), (120, 12, 2), (183, 123, 2), (500, 123, 0), (-5, 5, 2), (5, 5, 0)]
)
def test_slips(written: float, meant: float, score: int) -> None:
    assert slip(written, meant) == score


def test_every_problem_says_where_and_what_to_do(tmp_path: Path) -> None:
    one = loaded_rows(tmp_path, ["梦想小镇", -1, "见附件", 190], ["武陵商圈", 8, 50, 0.9], ["合计", 30, 1, None])
    assert len(one.problems) >= 5
    for problem in one.problems:
        assert problem.file == "form.xlsx"
        assert problem.sheet == "表"
        assert problem.cell
        assert problem.message
        assert problem.advice


def test_each_check_stands_in_a_file_of_its_own() -> None:
    modules = [check.__module__ for check in ALL]
    assert len(set(modules)) == len(modules)
    assert all(check.__name__ == "check" for check in ALL)


def test_reading_changes_nothing_in_the_file(tmp_path: Path) -> None:
    path = workbook(tmp_path / "x.xlsx", [["2018年"], COUNTS, ["梦想小镇", 1, 2]])
    before = path.read_bytes()
    loaded(path)
    assert path.read_bytes() == before
    assert load_workbook(path).sheetnames == ["表"]
