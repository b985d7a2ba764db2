"""Where a figure stands, for problems: every check locates its findings through these."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from loaders.grid import a1
from loaders.layout import Label
from loaders.read.workbook import Reading
from tidy.language import pick
from tidy.problems import Problem, Severity

MOST = 500  # findings of one kind that are listed one by one; what is beyond is counted


def rows(found: pd.DataFrame) -> Iterable[Any]:
    """Return a check's findings as named tuples; of none, at no cost (pandas would make the class all the same)."""
    return found.itertuples() if len(found) else ()


def among(cells: pd.DataFrame, mask: pd.Series) -> pd.DataFrame:
    """Return the cells of a mask; of none, at no cost (pandas would go through every column all the same)."""
    return cells[mask] if mask.any() else cells.head(0)


def said(ids: pd.Series, table: pd.Series) -> pd.Series:
    """Return for each id what a table says of it: asked once for each id, as plain values."""
    return ids.map(table).astype(object)


def at(reading: Reading, row: Any, code: str, message: str, advice: str, severity: Severity = "error") -> Problem:
    """Return a problem at the cell of ``row`` (a named tuple of ``reading.cells``)."""
    return Problem(code, message, advice, reading.file, row.sheet, row.cell, str(row.text), severity)


def at_label(
    reading: Reading, sheet: str, label: Label, code: str, message: str, advice: str, severity: Severity = "error"
) -> Problem:
    """Return a problem at a heading cell."""
    return Problem(code, message, advice, reading.file, sheet, a1(label.row, label.column), label.text, severity)


def indicator_name(reading: Reading, id: str) -> str:
    """Return an indicator's name for a message, in the reader's language."""
    return _name(reading.vocabulary.indicator, id)


def reporter_name(reading: Reading, id: str) -> str:
    """Return a reporter's name for a message, in the reader's language."""
    return _name(reading.vocabulary.reporter, id)


def _name(table: pd.DataFrame, id: str) -> str:
    return pick(str(table.at[id, "name"]), str(table.at[id, "name_en"])) if id else ""
