"""Texts from uploads made harmless: no spreadsheet may run them, no XML may break on them."""

from __future__ import annotations

import re

from openpyxl.cell import Cell

# What XML 1.0 forbids, and halves of surrogate pairs.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Signs that start a formula, their full-width forms (read so by East Asian settings), tab and CR.
_STARTS = tuple("=+-@\t\r\n＝＋－＠")
_NUMBER = re.compile(r"[+-]?\d[\d,]*(\.\d+)?%?")


def clean(text: object) -> str:
    """Return ``text`` without the characters that no XML file can hold."""
    return _FORBIDDEN.sub("", str(text))


def starts_formula(text: str) -> bool:
    """True for a text that a spreadsheet might run; a plain number such as -3.5% is none."""
    return text.lstrip(" ").startswith(_STARTS) and not _NUMBER.fullmatch(text)


def csv_text(text: object) -> str:
    """Return ``text`` for a CSV field: an apostrophe in front keeps a spreadsheet from running it."""
    said = str(text)
    return f"'{said}" if starts_formula(said) else said


def put_text(cell: Cell, text: object) -> None:
    """Write ``text`` into a workbook's cell as text, whatever it begins with.

    The text stays as it was; ``quotePrefix`` keeps it text when somebody edits the cell.
    """
    said = clean(text)
    cell.value = said
    cell.data_type = "s"
    if starts_formula(said):
        cell.quotePrefix = True
