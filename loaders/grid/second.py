"""A second opinion where the quick readers fail: openpyxl for OOXML, calamine for the rest.

Cells far away from the others (a stray cell at XFD1048576) are left out of the grid, which would
otherwise be as large as the way to them, and are named in the sheet's remarks.
"""

from __future__ import annotations

import io
import itertools
from pathlib import Path
from typing import Any

import openpyxl

from loaders.grid.model import CellError, Merge, Sheet, Style, Value, a1, column_index
from loaders.grid.xlsx import LARGEST, open_book, values

GAP = 500  # rows or columns of nothing after which a cell counts as stray
ERROR = "e"


def by_calamine(path: Path) -> list[Sheet]:
    """Return a workbook's sheets with their values only."""
    book = open_book(path)
    found = []
    for meta in book.sheets_metadata:
        sheet = values(book, meta.name)
        sheet.visible = "Visible" in str(meta.visible)
        found.append(sheet)
    return found


def by_openpyxl(path: Path) -> list[Sheet]:
    """Return an OOXML workbook's sheets as openpyxl reads them."""
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), data_only=True)
    return [_sheet(sheet) for sheet in book.worksheets]


def _sheet(source: Any) -> Sheet:
    cells = {(c.row - 1, c.column - 1): c for c in source._cells.values() if c.value is not None}
    kept, stray = near(set(cells))
    sheet = Sheet(source.title, visible=source.sheet_state == "visible", remarks=[a1(*at) for at in sorted(stray)])
    sheet.merges = [
        Merge(m.min_row - 1, m.min_col - 1, m.max_row - 1, m.max_col - 1) for m in source.merged_cells.ranges
    ]
    sheet.hidden_rows = {n - 1 for n, row in source.row_dimensions.items() if row.hidden}
    sheet.hidden_columns = {column_index(c) for c, column in source.column_dimensions.items() if column.hidden}
    if not kept:
        return sheet
    sheet.top, sheet.left = min(r for r, _c in kept), min(c for _r, c in kept)
    width = max(c for _r, c in kept) - sheet.left + 1
    height = max(r for r, _c in kept) - sheet.top + 1
    rows: list[list[Value]] = [[None] * width for _ in range(height)]
    styles: dict[Style, int] = {}
    ids = [[0] * width for _ in range(height)]
    for row, column in kept:
        cell = cells[row, column]
        rows[row - sheet.top][column - sheet.left] = CellError(cell.value) if cell.data_type == ERROR else cell.value
        style = Style(cell.number_format, bool(cell.font and cell.font.b), int(cell.alignment.indent or 0))
        ids[row - sheet.top][column - sheet.left] = styles.setdefault(style, len(styles))
    sheet.rows, sheet.styles, sheet.style_ids = rows, list(styles), ids
    sheet.comments = {at: c.comment.text for at, c in cells.items() if c.comment}
    return sheet


def near(cells: set[tuple[int, int]]) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """Split cells into those of a grid of bearable size and stray ones far off."""
    if not cells:
        return set(), set()
    rows, columns = {r for r, _c in cells}, {c for _r, c in cells}
    if (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1) <= LARGEST:
        return cells, set()
    last_row, last_column = _before_gap(rows), _before_gap(columns)
    kept = {(r, c) for r, c in cells if r <= last_row and c <= last_column}
    return kept, cells - kept


def _before_gap(numbers: set[int]) -> int:
    ordered = sorted(numbers)
    for here, following in itertools.pairwise(ordered):
        if following - here > GAP:
            return here
    return ordered[-1]
