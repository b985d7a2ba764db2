"""How a form looks: what may be filled in is white, what may not is grey."""

from __future__ import annotations

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

GREY = PatternFill("solid", fgColor="EDEDED")
HEAD = PatternFill("solid", fgColor="DCE6F1")
THIN = Border(*(Side(style="thin", color="999999"),) * 4)
CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
TITLE = Font(bold=True, size=16)
BOLD = Font(bold=True)
FADED = Font(color="595959")
OPEN = Protection(locked=False)


def head(cell: Cell) -> None:
    """Make a heading."""
    cell.font, cell.fill, cell.border, cell.alignment = BOLD, HEAD, THIN, CENTRE


def entry(cell: Cell, number_format: str) -> None:
    """Make a cell to be filled in."""
    cell.border, cell.protection, cell.number_format = THIN, OPEN, number_format


def locked(cell: Cell, number_format: str = "General") -> None:
    """Make a cell that shows and is not to be filled in."""
    cell.border, cell.fill, cell.font, cell.number_format = THIN, GREY, FADED, number_format


def label(cell: Cell) -> None:
    """Make a row heading."""
    cell.border, cell.alignment = THIN, LEFT
