"""Random cross-tabs, written as people write them, are read back to the same cells and headings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.grid import a1, read
from loaders.layout import tables
from loaders.numbers import read_number

PLACES = ("杭州市", "宁波市", "温州市", "嘉兴市", "湖州市", "绍兴市", "金华市")
GROUPS = ("会员数", "建会数", "参保数", "帮扶金额")
SUBS = ("本期", "上期", "女性", "农民工")
INDENTS = ("blanks", "wide blanks", "style")


@dataclass(frozen=True)
class Form:
    """How a form is written: its headings, and the liberties that its writer took."""

    places: tuple[str, ...]
    children: int
    groups: tuple[str, ...]
    subs: tuple[str, ...]
    merged: bool
    indent: str
    left: int
    title: bool
    notes: bool
    suffix: str
    text_numbers: bool


FORMS = st.builds(
    Form,
    places=st.lists(st.sampled_from(PLACES), min_size=2, max_size=5, unique=True).map(tuple),
    children=st.integers(0, 2),
    groups=st.lists(st.sampled_from(GROUPS), min_size=1, max_size=3, unique=True).map(tuple),
    subs=st.lists(st.sampled_from(SUBS), min_size=2, max_size=3, unique=True).map(tuple),
    merged=st.booleans(),
    indent=st.sampled_from(INDENTS),
    left=st.integers(0, 2),
    title=st.booleans(),
    notes=st.booleans(),
    suffix=st.sampled_from(("", "人", "万元")),
    text_numbers=st.booleans(),
)
Link = tuple[float, tuple[str, ...], tuple[str, ...]]


def write(form: Form, path: Path) -> dict[str, Link]:
    """Write the form; return what a reader of it would say of each cell."""
    with xlsxwriter.Workbook(path) as book:
        sheet, deep = book.add_worksheet("表"), book.add_format({"indent": 1})
        number = book.add_format({"num_format": f'#,##0"{form.suffix}"' if form.suffix else "#,##0"})
        top = 0
        if form.title:
            sheet.write(0, form.left, "各市试点情况统计表")
            sheet.write(1, form.left + 1, "单位：人")
            top = 2
        _header(form, sheet, top)
        said: dict[str, Link] = {}
        row = top + 2
        for place in form.places:
            for depth, name in [(0, place), *((1, f"第{n + 1}县") for n in range(form.children))]:
                pad = {"blanks": "  ", "wide blanks": "　", "style": ""}[form.indent] * depth
                sheet.write(row, form.left, pad + name, deep if depth and form.indent == "style" else None)
                for place_, column in enumerate(
                    range(form.left + 1, form.left + 1 + len(form.groups) * len(form.subs))
                ):
                    value = 1000.0 + 37 * row + column * 2600
                    if form.text_numbers:
                        sheet.write_string(row, column, f"{value:,.0f}{form.suffix}")
                    else:
                        sheet.write_number(row, column, value, number)
                    heads = (form.groups[place_ // len(form.subs)], form.subs[place_ % len(form.subs)])
                    meant = value * 10_000 if form.suffix == "万元" else value
                    said[a1(row, column)] = (meant, (place, name) if depth else (place,), heads)
                row += 1
        if form.notes:
            sheet.write(row + 1, form.left, "注：2018年数据为初步统计。")
            sheet.write(row + 2, form.left, "填表人：张三")
    return said


def _header(form: Form, sheet: xlsxwriter.worksheet.Worksheet, top: int) -> None:
    width = len(form.subs)
    if form.merged:
        sheet.merge_range(top, form.left, top + 1, form.left, "地区")
    else:
        sheet.write(top, form.left, "地区")
    for number, group in enumerate(form.groups):
        column = form.left + 1 + number * width
        if form.merged:
            sheet.merge_range(top, column, top, column + width - 1, group)
        else:
            sheet.write(top, column, group)
        sheet.write_row(top + 1, column, form.subs)


def read_back(path: Path) -> dict[str, Link]:
    """Return what the loader says of each cell."""
    found = {}
    for sheet in read(path):
        for table in tables(sheet):
            for f in table.figures:
                said = read_number(sheet.value(f.row, f.column), sheet.style(f.row, f.column))
                assert said.value is not None
                heads = [tuple(label.text for label in path) for path in (*f.rows, *f.columns)]
                found[a1(f.row, f.column)] = (said.value, heads[0], heads[-1])
    return found


@settings(max_examples=60, deadline=None)
@given(FORMS)
def test_a_random_form_is_read_back_cell_by_cell(form: Form) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        said = write(form, path)
        assert read_back(path) == said
