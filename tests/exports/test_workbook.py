"""Workbooks and CSV: numbers that keep their qualifier, charts, print set-up, harmless texts."""

from __future__ import annotations

import csv as reader
import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports import csv, safe, xlsx
from exports.story import of_exhibits
from tests.exports import made


def book(*kinds: str) -> openpyxl.Workbook:
    """The workbook of some made-up exhibits, opened again."""
    shown = [made.exhibit(kind) for kind in kinds]
    return openpyxl.load_workbook(io.BytesIO(xlsx.write(of_exhibits(*shown), made.evidence())))


def test_a_sheet_for_each_exhibit_between_contents_and_sources() -> None:
    names = openpyxl.load_workbook(io.BytesIO(xlsx.write(made.story(), made.evidence()))).sheetnames
    assert names[0] == "目录"
    assert names[-2:] == ["口径", "来源"]
    assert len(names) == 3 + 1 + len(made.KINDS)


def test_numbers_are_numbers_and_formats_keep_the_qualifier() -> None:
    sheet = book("bars").worksheets[1]
    cells = [sheet.cell(row, 2) for row in range(4, 8)]
    assert [c.value for c in cells] == [490000, 12597, 300, 20]
    assert [c.number_format for c in cells] == ['"≥ "#,##0', "#,##0", '"≥ "#,##0', '"约"#,##0']
    assert [sheet.cell(4, column).value for column in (3, 4, 5, 6)] == [490000, 500000, "人", "49万余人"]
    assert sheet["D6"].value is None  # no limit is no number


@pytest.mark.parametrize("kind", made.KINDS)
def test_every_mark_is_in_the_workbook(kind: str) -> None:
    values = [c.value for row in book(kind).worksheets[1].iter_rows() for c in row if isinstance(c.value, int | float)]
    for value in made.exhibit(kind).table["value"]:
        assert value in values


@pytest.mark.parametrize("kind", [kind for kind in made.KINDS if kind not in ("heatmap", "table")])
def test_charts_are_native_and_read_their_own_sheet(kind: str) -> None:
    sheet = book(kind).worksheets[1]
    (chart,) = sheet._charts
    for series in chart.series:
        name, area = series.val.numRef.f.rsplit("!", 1)
        assert name.strip("'") == sheet.title
        assert any(isinstance(c.value, int | float) for row in sheet[area.replace("$", "")] for c in row)


@pytest.mark.parametrize("kind", ["table", "heatmap", "bars"])
def test_a_sheet_without_a_chart_says_so(kind: str) -> None:
    sheet = book(kind).worksheets[1]
    texts = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    assert ("不另作图" in texts) == (not sheet._charts)


def test_a_heat_map_is_coloured_by_a_rule_over_its_figures() -> None:
    sheet = book("heatmap").worksheets[1]
    (area,) = sheet.conditional_formatting
    figures = [cell.coordinate for row in sheet.iter_rows(min_row=4) for cell in row if isinstance(cell.value, int)]
    assert {str(one) in area.cells for one in figures} == {True}
    assert [rule.type for rule in area.rules] == ["colorScale"]


def test_sheets_are_set_up_for_paper_and_reading() -> None:
    made_book = book("stack", "bars")
    sheet = made_book.worksheets[1]
    assert sheet.freeze_panes == "B4"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.paperSize == 9
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_area.startswith(f"'{sheet.title}'!$A$1:")
    printed = sheet[sheet.print_area.rsplit("!", 1)[1].replace("$", "")][0]
    wide = sum(sheet.column_dimensions[c.column_letter].width * 0.19 for c in printed)
    assert wide >= sheet._charts[0].width - 1  # the chart is on the paper whole
    assert sheet.print_title_rows == "$1:$3"
    assert list(made_book.defined_names) == ["data_1", "data_2"]
    assert made_book.defined_names["data_1"].attr_text == f"'{sheet.title}'!$A$3:$C$7"


def test_definitions_and_sources_stand_at_the_end() -> None:
    made_book = book("bars")
    assert [c.value for c in made_book["口径"][3]] == ["参保人数", "人", "时点数", "参加的人数。"]
    assert [c.value for c in made_book["来源"][3]][:6] == [
        "49万余人",
        "某总工会",
        "参保人数",
        "2017年",
        "甲志第一期",
        "字符 12–17",
    ]


def test_the_same_story_gives_the_same_bytes() -> None:
    assert xlsx.write(made.story(), made.evidence()) == xlsx.write(made.story(), made.evidence())


def test_uploaded_formulas_are_texts_in_a_workbook() -> None:
    content = xlsx.write(of_exhibits(made.harmful()), made.evidence(as_printed="=1+1", source="@x", definition="+1"))
    for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)
    shown = openpyxl.load_workbook(io.BytesIO(content)).worksheets[1]
    assert shown["A4"].value == made.DANGEROUS[0]
    assert shown["A4"].quotePrefix


def test_uploaded_formulas_are_texts_in_csv() -> None:
    content = csv.write(made.harmful(), made.evidence(as_printed="=1+1"))
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(reader.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [row[0] for row in rows[1:]] == [f"'{text}" for text in made.DANGEROUS]
    assert not [field for row in rows for field in row if safe.starts_formula(field)]


@given(st.text(max_size=12))
@settings(deadline=None, max_examples=200)
def test_no_text_is_left_that_a_spreadsheet_would_run(text: str) -> None:
    assert not safe.starts_formula(safe.csv_text(text))
    assert safe.csv_text(text).removeprefix("'") in (text, text.removeprefix("'"))


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
@settings(deadline=None, max_examples=50)
def test_numbers_as_texts_stay_as_they_are(number: float) -> None:
    assert safe.csv_text(f"{number:.2f}%") == f"{number:.2f}%"


def test_csv_says_amount_and_printed_phrase() -> None:
    content = csv.write(made.exhibit("bars"), made.evidence()).decode("utf-8-sig")
    rows = list(reader.DictReader(io.StringIO(content)))
    assert (rows[0]["value"], rows[0]["low"], rows[0]["high"]) == ("490000", "490000", "500000")
    assert (rows[0]["表述"], rows[0]["原文"]) == ("≥ 49万人", "49万余人")
    assert rows[2]["high"] == ""
