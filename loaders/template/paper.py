"""How a form prints: a few indicators a page, headings and names of reporters on each, large enough to read."""

from __future__ import annotations

from math import floor

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break, ColBreak
from openpyxl.worksheet.worksheet import Worksheet

MOST = 4  # indicators of a page: more would be too small to read
SIGNED = 91.0  # widths of columns that the line of signatures takes beside the names
SIDES, TOP, BOTTOM = 0.4, 0.5, 0.8  # inches of the margins, the footer within the lowest
WIDE, TALL = 11.69 - 2 * SIDES, 8.27 - TOP - BOTTOM  # inches of landscape A4 between them
LEAST = 70  # percent below which rows go on to a further page rather than become smaller
ROW = 16.0  # points of a row whose height nobody has set
LETTERS = 10.0  # widths of columns that make an inch in the widest of the usual fonts


def per_page(indicators: int) -> int:
    """Return how many indicators go on each page."""
    return min(indicators, MOST) or 1


def lay_out(sheet: Worksheet, first: int, indicators: int, headings: tuple[int, int], about: str) -> None:
    """Cut the sheet into pages: two columns an indicator from column ``first`` on, the ``headings`` rows on each page."""
    sheet.page_setup.scale = _scale(sheet, first, first + 2 * indicators)
    sheet.col_breaks = ColBreak()
    for at in range(MOST, indicators, MOST):
        sheet.col_breaks.append(Break(id=first - 1 + 2 * at))
    page, margins = sheet.page_setup, sheet.page_margins
    page.orientation, page.paperSize, page.pageOrder = "landscape", 9, "overThenDown"
    margins.left, margins.right, margins.top, margins.bottom, margins.footer = SIDES, SIDES, TOP, BOTTOM, TOP
    sheet.print_title_rows = "{}:{}".format(*headings)
    sheet.print_title_cols = f"A:{get_column_letter(first - 1)}"
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = about, "第 &P 页，共 &N 页"


def _scale(sheet: Worksheet, first: int, last: int) -> int:
    """Return the percentage at which the widest page fits, and all rows if they stay readable; ``last`` holds the notes."""
    kept = [sheet.column_dimensions[get_column_letter(column)] for column in range(1, last + 1)]
    widths = [0.0 if one.hidden else one.width for one in kept]
    *here, notes = widths[first - 1 :]
    pages = [sum(here[at : at + 2 * MOST]) for at in range(0, len(here), 2 * MOST)] or [0.0]
    wide = sum(widths[: first - 1]) + max(SIGNED, *pages, pages[-1] + notes)
    tall = sum(sheet.row_dimensions[row].height or ROW for row in range(2, sheet.max_row + 1))
    by_width, by_height = floor(100 * WIDE * LETTERS / wide), floor(100 * TALL * 72 / tall)
    return min(100, by_width, by_height if by_height >= LEAST else 100)
