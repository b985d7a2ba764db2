"""The look of bulletin sheets: three-line tables, formats that keep the qualifier, print set-up."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter, quote_sheetname

from exports.look import ACCENT, HEI, INK, MUTED, SONG, ems
from exports.safe import clean, put_text
from exports.shape import Cell
from tidy.language import current

TITLE = Font(name=HEI, size=15, bold=True, color=INK)
HEAD = Font(name=HEI, size=11, bold=True, color=INK)
NOTE = Font(name=SONG, size=9, color=MUTED)
LINK = Font(name=SONG, size=11, color=ACCENT, underline="single")
CENTRED = Alignment(horizontal="center")
WRAPPED = Alignment(wrap_text=True, vertical="top")
_THICK, _THIN = Side(style="medium", color=INK), Side(style="thin", color=INK)


def letter(column: int) -> str:
    """Return a column's letters."""
    return str(get_column_letter(column))


def quoted(title: str) -> str:
    """Return a sheet's name as references write it."""
    return str(quote_sheetname(title))


def number_format(cell: Cell) -> str:
    """Return a number format that shows the qualifier and as many decimals as the number has."""
    decimals = len(f"{cell.value:.6f}".rstrip("0").partition(".")[2])
    plain = "#,##0" + ("." + "0" * decimals if decimals else "")
    about = "c. " if current() == "en" else "约"
    front = {"at_least": "≥ ", "at_most": "≤ ", "approx": about}.get(cell.qualifier, "")
    share = '"%"' if cell.unit == "%" else ""
    return f'"{front}"{plain}{share}' if front else f"{plain}{share}"


def put_number(target: Any, cell: Cell) -> None:
    """Write a figure as a number; its format says ≥, ≤ or 约."""
    target.value = int(cell.value) if float(cell.value).is_integer() else cell.value
    target.number_format = number_format(cell)
    target.alignment = Alignment(horizontal="right")


def put_words(target: Any, words: str) -> None:
    """Write what stands where no number can: the sign of a hidden figure, or why there is none."""
    put_text(target, words)
    target.alignment = Alignment(horizontal="right")


def put_bounds(sheet: Any, row: int, column: int, cell: Cell) -> None:
    """Write low and high beside a figure that can mean more than its number; no limit stays empty."""
    if cell.qualifier == "exact" and cell.low == cell.high:
        return
    for offset, value in enumerate((cell.low, cell.high)):
        if math.isfinite(value):
            sheet.cell(row, column + offset).value = value
            sheet.cell(row, column + offset).number_format = "#,##0.##" if value % 1 else "#,##0"


def write_head(sheet: Any, row: int, headings: Sequence[str]) -> None:
    """Write the headings between a thick and a thin rule."""
    for column, text in enumerate(headings, start=1):
        cell = sheet.cell(row, column)
        put_text(cell, text)
        cell.font = HEAD
        cell.border = Border(top=_THICK, bottom=_THIN)
        cell.alignment = Alignment(horizontal="left" if column == 1 else "center", wrap_text=True)


def rule(sheet: Any, row: int, columns: int) -> None:
    """Draw the thick rule under a table's last row."""
    for column in range(1, columns + 1):
        cell = sheet.cell(row, column)
        cell.border = Border(top=cell.border.top, bottom=_THICK)


def width_of(texts: Iterable[str], most: float = 42) -> float:
    """Return a column width for texts, in Excel's characters."""
    return min(max((ems(text) * 2 for text in texts), default=8) + 3, most)


def lines_in(sheet: Any, text: str, columns: Iterable[int], size: float) -> int:
    """Return how many lines a text takes over the joint width of ``columns`` at a font size."""
    room = float(sum(sheet.column_dimensions[letter(column)].width for column in columns))
    return max(1, math.ceil(ems(text) * 2.1 * size / 11 / room))


def set_widths(sheet: Any, widths: Sequence[float]) -> None:
    """Widen the first columns, never narrowing what another table on the sheet needs."""
    for column, width in enumerate(widths, start=1):
        dimension = sheet.column_dimensions[letter(column)]
        wide = dimension.width if dimension.customWidth else 0
        dimension.width = max(float(width), wide)


def fit_row(sheet: Any, row: int, columns: int) -> None:
    """Make a row as high as its longest wrapped text needs; no program does so by itself."""
    texts = ((column, sheet.cell(row, column).value) for column in range(1, columns + 1))
    tall = max(lines_in(sheet, str(text or ""), [column], 11) for column, text in texts)
    sheet.row_dimensions[row].height = 15 * tall


def set_print(sheet: Any, title: str, area: str) -> None:
    """A4 on its side, one page wide, headings repeated, title and page number on every page."""
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    # & starts a code in headers; doubled it is the sign itself.
    sheet.oddHeader.left.text = clean(title).replace("&", "&&")[:200]
    sheet.oddFooter.right.text = "&P / &N"
    if sheet.freeze_panes:
        sheet.print_title_rows = f"1:{int(''.join(c for c in sheet.freeze_panes if c.isdigit())) - 1}"
    sheet.print_area = area
