"""The workbook embedded in a native chart: the chart's numbers, their bounds, their printed lines.

``Sheet1`` begins as python-pptx lays it out (categories in A, a series a column), so that
editing the data in PowerPoint, WPS or LibreOffice moves the chart. To the right stand for each
series the bounds that the error bars show and the label texts, which are formulas: change the
number and its label follows.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from exports import evidence as proof
from exports.safe import clean
from exports.shape import Cell, Grid
from tidy.language import _

_NEVER = datetime(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Columns:
    """Ranges of one series on ``Sheet1``."""

    labels: str
    plus: str
    minus: str


def columns_of(grid: Grid, place: int) -> Columns:
    """Return where labels and error bars of series ``place`` stand in a category chart's workbook."""
    first = 1 + len(grid.columns) + 3 * place
    return Columns(*(_range(first + step, 1, len(grid.rows)) for step in range(3)))


def _range(column: int, first: int, count: int) -> str:
    name = xl_col_to_name(column)
    return f"Sheet1!${name}${first + 1}:${name}${first + count}"


def write(grid: Grid, evidence: pd.DataFrame) -> bytes:
    """Return the workbook of a category chart."""
    book, sheet, content = _open()
    for row, label in enumerate(grid.rows, start=1):
        sheet.write_string(row, 0, clean(label))
    for place, name in enumerate(grid.columns):
        cells = grid.column(name)
        sheet.write_string(0, 1 + place, clean(name))
        for row, cell in enumerate(cells, start=1):
            if cell:
                sheet.write_number(row, 1 + place, cell.value)
        _write_more(sheet, cells, 1 + len(grid.columns) + 3 * place, name, value_column=1 + place)
    _write_lines(book, [cell for name in grid.columns for cell in grid.column(name) if cell], evidence)
    book.close()
    return content.getvalue()


def write_points(series: dict[str, list[tuple[Cell, float]]], evidence: pd.DataFrame) -> bytes:
    """Return the workbook of a scatter chart: x, y, bounds, label and name of each dot."""
    book, sheet, content = _open()
    row = 0
    for name, points in series.items():
        sheet.write_string(row, 1, clean(name))
        for offset, (cell, height) in enumerate(points, start=1):
            sheet.write_number(row + offset, 0, cell.value)
            sheet.write_number(row + offset, 1, height)
            sheet.write_number(row + offset, 2, cell.plus)
            sheet.write_number(row + offset, 3, cell.minus)
            sheet.write_string(row + offset, 4, clean(cell.text))
            sheet.write_string(row + offset, 5, clean(cell.mark.label))
        row += len(points) + 2
    _write_lines(book, [cell for points in series.values() for cell, _height in points], evidence)
    book.close()
    return content.getvalue()


def _open() -> tuple[Any, Any, io.BytesIO]:
    content = io.BytesIO()
    book = Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _NEVER})
    return book, book.add_worksheet("Sheet1"), content


def _write_more(sheet: Any, cells: Sequence[Cell | None], first: int, name: str, value_column: int) -> None:
    """Write labels and error bars of a series beside the plotted range."""
    for step, heading in enumerate((_("标签"), _("向上"), _("向下"))):
        sheet.write_string(0, first + step, clean(f"{name} {heading}"))
    for row, cell in enumerate(cells, start=1):
        if cell:
            target = xl_rowcol_to_cell(row, value_column)
            sheet.write_formula(row, first, label_formula(cell, target), None, clean(cell.text))
            sheet.write_number(row, first + 1, cell.plus)
            sheet.write_number(row, first + 2, cell.minus)


def label_formula(cell: Cell, target: str) -> str:
    """Return a formula that writes the label from the cell ``target``: ="≥ "&TEXT(B2/10000,"#,##0")&"万人"."""
    before, number, after = split_label(cell.text)
    factor = next((f for word, f in (("亿", 10**8), ("万", 10**4)) if after.startswith(word)), 1)
    if not number or "–" in cell.text or cell.value < 0:
        return f'="{_quoted(cell.text)}"'
    decimals = len(number.partition(".")[2])
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    divided = f"{target}/{factor}" if factor > 1 else target
    return f'="{_quoted(before)}"&TEXT({divided},"{pattern}")&"{_quoted(after)}"'


def split_label(text: str) -> tuple[str, str, str]:
    """Return what stands before the number, the number, and what stands after: ("≥ ", "49", "万人")."""
    start = next((n for n, letter in enumerate(text) if letter.isdigit()), len(text))
    end = start
    while end < len(text) and (text[end].isdigit() or text[end] in ".,"):
        end += 1
    return text[:start], text[start:end], text[end:]


def _quoted(text: str) -> str:
    return clean(text).replace('"', '""')


def _write_lines(book: Any, cells: Sequence[Cell], evidence: pd.DataFrame) -> None:
    """A second sheet says for each mark which printed lines it rests on."""
    sheet = book.add_worksheet(_("来源"))
    headings = (_("项目"), _("数值"), _("原文"), _("填报单位"), _("来源"), _("位置"))
    sheet.write_row(0, 0, headings)
    row = 1
    for cell in cells:
        for line in proof.rows_of(proof.ids_of(cell.mark), evidence):
            texts = (proof.name_of(cell.mark), cell.text, line.as_printed, line.reporter, line.source)
            for column, text in enumerate((*texts, proof.place(line.locator))):
                sheet.write_string(row, column, clean(text))
            row += 1
