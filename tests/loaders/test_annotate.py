"""The workbook given back: the uploader's own, with wrong cells marked and a list of problems."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment

from loaders.annotate import annotate_here
from loaders.annotated import LIST, SIGN
from tests.loaders.forms import loaded, workbook
from tidy.problems import Problem

ROWS = [
    ["2018年上半年"],
    ["填报单位：杭州市总工会"],
    ["单位名称", "基层工会数", "工会会员数"],
    ["梦想小镇", -1, 2],
    ["武陵商圈", 8, "=SUM(C4)"],
]


@pytest.fixture
def form(tmp_path: Path) -> Path:
    return workbook(tmp_path / "form.xlsx", ROWS, formats={"B4": "0.00"})


def test_wrong_cells_are_coloured_and_commented_and_listed_with_links(form: Path) -> None:
    problems = loaded(form).problems
    book = load_workbook(io.BytesIO(annotate_here(form, problems).content))
    cell = book["表"]["B4"]
    assert cell.fill.fgColor.rgb.endswith("FFC7CE")
    assert cell.comment.text.startswith(SIGN)
    assert book.sheetnames[0] == LIST
    links = [
        row[3].hyperlink.location or row[3].hyperlink.target
        for row in book[LIST].iter_rows(min_row=4)
        if row[3].hyperlink
    ]
    assert any("B4" in link for link in links)


def test_values_formulas_and_formats_stay(form: Path) -> None:
    book = load_workbook(io.BytesIO(annotate_here(form, loaded(form).problems).content))
    assert book["表"]["C5"].value == "=SUM(C4)"
    assert book["表"]["B4"].number_format == "0.00"
    assert [[cell.value for cell in row] for row in book["表"].iter_rows(max_row=3)][2] == ROWS[2]


def test_the_annotated_copy_reads_like_the_original(form: Path, tmp_path: Path) -> None:
    first = loaded(form)
    again = tmp_path / "again.xlsx"
    again.write_bytes(annotate_here(form, first.problems).content)
    second = loaded(again)
    assert list(second.observations.locator) == list(first.observations.locator)
    assert list(second.observations.note) == list(first.observations.note)
    assert [(p.code, p.cell) for p in second.problems] == [(p.code, p.cell) for p in first.problems]


def test_a_second_check_takes_the_first_one_s_notes_away(form: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.xlsx"
    again.write_bytes(annotate_here(form, loaded(form).problems).content)
    book = load_workbook(io.BytesIO(annotate_here(again, []).content))
    assert book["表"]["B4"].comment is None
    assert book.sheetnames.count(LIST) == 1


def test_the_uploader_s_own_comment_is_kept(form: Path) -> None:
    book = load_workbook(form)
    book["表"]["B4"].comment = Comment("原有批注", "填表人")
    book.save(form)
    marked = load_workbook(io.BytesIO(annotate_here(form, loaded(form).problems).content))
    assert "原有批注" in marked["表"]["B4"].comment.text


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    path = workbook(tmp_path / "x.xlsx", [["a"]])
    problem = Problem("x", "=1+1", "=HYPERLINK(1)", sheet="表", cell="A1", text="=cmd")
    sheet = load_workbook(io.BytesIO(annotate_here(path, [problem]).content))[LIST]
    assert [cell.data_type for cell in sheet[4]][4:] == ["s", "s", "s"]


def test_other_formats_come_back_as_a_converted_copy_that_says_so(tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    path.write_text("2018年,\n单位名称,基层工会数\n梦想小镇,-3\n武林商圈,4\n", encoding="gb18030")
    one = loaded(path)
    made = annotate_here(path, one.problems)
    assert any("不是 xlsx" in loss for loss in made.losses)
    sheets = load_workbook(io.BytesIO(made.content))
    assert len(sheets.sheetnames) == 2
    assert sheets[sheets.sheetnames[1]]["B3"].comment is not None


def test_what_is_lost_is_said(tmp_path: Path) -> None:
    book = Workbook()
    book.active["A1"] = "=1+1"
    path = tmp_path / "x.xlsx"
    book.save(path)
    assert any("公式" in loss for loss in annotate_here(path, []).losses)


def test_a_sheet_merged_as_a_whole_is_read_and_given_back(tmp_path: Path) -> None:
    path = workbook(tmp_path / "merged.xlsx", ROWS)
    book = load_workbook(path)
    for reach in ("D1:XFD1048576", "A7:XFD1048576", "A1:C1"):
        book["表"].merged_cells.add(reach)  # as a file can say it, without a cell for each address
    book.save(path)
    one = loaded(path)
    assert len(one.cells) == 3
    made = annotate_here(path, one.problems)
    assert "合并" in made.losses[0]
    assert [str(reach) for reach in load_workbook(io.BytesIO(made.content))["表"].merged_cells.ranges] == ["A1:C1"]
