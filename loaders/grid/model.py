"""What a sheet is to the loaders: values by address, with what the file says about their look.

A sheet is kept as rows of plain Python values (fast for large workbooks); :meth:`Sheet.cell`
gives one cell with everything known about it.  Rows and columns count from 0; :func:`a1` gives
the address an analyst sees.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

Value = str | int | float | bool | dt.date | dt.time | dt.timedelta | None


class CellError(str):
    """An error value (``#REF!``) where a figure should be; a str, so that it prints as itself."""

    __slots__ = ()


class Merge(NamedTuple):
    """A merged range, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Style:
    """What a cell looks like, as far as it can mean something."""

    number_format: str = "General"
    bold: bool = False
    indent: int = 0


PLAIN = Style()


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell with everything the file says about it."""

    sheet: str
    row: int
    column: int
    value: Value
    style: Style
    hidden: bool
    comment: str
    merge: Merge | None
    uncached: bool

    @property
    def address(self) -> str:
        """The A1 address."""
        return a1(self.row, self.column)

    @property
    def error(self) -> str:
        """The error name (``#REF!``), empty for a good cell."""
        return str(self.value) if isinstance(self.value, CellError) else ""


@dataclass(slots=True)
class Sheet:
    """A sheet's cells: ``rows[i][j]`` stands at row ``top + i``, column ``left + j``.

    ``style_ids`` runs beside ``rows`` (an id may be missing at a row's end); ``uncached`` holds
    the addresses of formulas that were never calculated, ``comments`` the cell notes; ``text_only`` says that the
    format knows nothing but text, so that a number written as text is nobody's slip.
    """

    name: str
    rows: list[list[Value]] = field(default_factory=list)
    top: int = 0
    left: int = 0
    visible: bool = True
    merges: list[Merge] = field(default_factory=list)
    styles: Sequence[Style] = (PLAIN,)
    style_ids: Sequence[Sequence[int]] = ()
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    uncached: set[tuple[int, int]] = field(default_factory=set)
    remarks: list[str] = field(default_factory=list)
    text_only: bool = False

    def value(self, row: int, column: int) -> Value:
        """Return the value at an address; ``None`` outside the filled range."""
        i, j = row - self.top, column - self.left
        if 0 <= i < len(self.rows) and 0 <= j < len(self.rows[i]):
            return self.rows[i][j]
        return None

    def style(self, row: int, column: int) -> Style:
        """Return the style at an address; the plain one where the file gives none."""
        i, j = row - self.top, column - self.left
        if 0 <= i < len(self.style_ids) and 0 <= j < len(self.style_ids[i]):
            return self.styles[self.style_ids[i][j]]
        return PLAIN

    def clipped(self, merge: Merge) -> Merge | None:
        """Return the part of a merged range that lies in the filled area; ``None`` when that is one cell or none."""
        bottom = min(merge.bottom, self.top + len(self.rows) - 1)
        right = min(merge.right, self.left + max(map(len, self.rows), default=0) - 1)
        if bottom < merge.top or right < merge.left or (bottom, right) == (merge.top, merge.left):
            return None
        return Merge(merge.top, merge.left, bottom, right)

    def hidden(self, row: int, column: int) -> bool:
        """Tell whether a cell stands in a hidden row, column or sheet."""
        return not self.visible or row in self.hidden_rows or column in self.hidden_columns

    def cell(self, row: int, column: int) -> Cell:
        """Return everything known about one cell."""
        merge = next((m for m in self.merges if m.top <= row <= m.bottom and m.left <= column <= m.right), None)
        at = (row, column)
        return Cell(
            self.name,
            row,
            column,
            self.value(row, column),
            self.style(row, column),
            self.hidden(row, column),
            self.comments.get(at, ""),
            merge,
            at in self.uncached,
        )


@lru_cache(maxsize=20_000)
def column_name(column: int) -> str:
    """Return the letters of a column: 0 → A, 27 → AB."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def a1(row: int, column: int) -> str:
    """Return the address an analyst sees: (6, 1) → B7."""
    return f"{column_name(column)}{row + 1}"


@lru_cache(maxsize=20_000)
def column_index(letters: str) -> int:
    """Return the column of its letters: A → 0."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1


def parse_a1(address: str) -> tuple[int, int]:
    """Return (row, column) of an address such as ``B7``; ``ValueError`` when it is none."""
    plain = address.replace("$", "")
    letters = plain.rstrip("0123456789")
    return int(plain[len(letters) :]) - 1, column_index(letters)


def parse_range(reference: str) -> Merge:
    """Return the range of ``B2:D4`` (a single address is a range of one)."""
    first, _, last = reference.partition(":")
    top, left = parse_a1(first)
    bottom, right = parse_a1(last or first)
    return Merge(top, left, bottom, right)
