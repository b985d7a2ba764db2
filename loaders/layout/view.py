"""A sheet as the layout rules see it: kinds of cells by row, merges, texts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from loaders.grid.model import CellError, Merge, Sheet, Style, Value
from loaders.layout.kinds import BLANK, kinds
from loaders.layout.table import Label
from loaders.layout.words import tidy

LONGEST = 2_000  # characters of a text that the rules look at


@dataclass(frozen=True, slots=True)
class Span:
    """A merged range in the view's own row and column numbers, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


class View:
    """The filled part of a sheet; row 0, column 0 are the first filled ones."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        letters = kinds(sheet.rows)
        self.width = max((len(row.rstrip()) for row in letters), default=0)
        self.kinds = [row[: self.width] for row in letters]
        self.height = len(self.kinds)

    @cached_property
    def spans(self) -> list[Span]:
        """The merged ranges that touch the filled part, clipped to it."""
        found = []
        for merge in self.sheet.merges:
            span = self._clip(merge)
            if span:
                found.append(span)
        return found

    def _clip(self, merge: Merge) -> Span | None:
        top, left = merge.top - self.sheet.top, merge.left - self.sheet.left
        bottom, right = merge.bottom - self.sheet.top, merge.right - self.sheet.left
        if top < 0 or left < 0 or top >= self.height or left >= self.width:
            return None
        if self.kinds[top][left] == BLANK and bottom - top > 500:
            return None
        return Span(top, left, min(bottom, self.height - 1), min(right, self.width - 1))

    @cached_property
    def _covered(self) -> dict[int, list[Span]]:
        """The merged ranges by row, the last one first: of two that overlap it wins."""
        found: dict[int, list[Span]] = {}
        for span in reversed(dict.fromkeys(self.spans)):
            for row in range(span.top, span.bottom + 1):
                found.setdefault(row, []).append(span)
        return found

    def span(self, row: int, column: int) -> Span | None:
        """Return the merged range that a cell belongs to."""
        for span in self._covered.get(row, ()):
            if span.left <= column <= span.right:
                return span
        return None

    def origin(self, row: int, column: int) -> tuple[int, int]:
        """Return where the value of a cell stands: itself, or the corner of its merged range."""
        span = self.span(row, column)
        return (span.top, span.left) if span else (row, column)

    def value(self, row: int, column: int) -> Value:
        """Return the value at the view's row and column."""
        cells = self.sheet.rows[row]
        return cells[column] if column < len(cells) else None

    def text(self, row: int, column: int) -> str:
        """Return a cell's text with blanks tidied."""
        value = self.value(row, column)
        if type(value) is str:
            return value if len(value) <= LONGEST and value.isalnum() else tidy(value[:LONGEST])
        return tidy(plain_text(value)[:LONGEST])

    def label(self, row: int, column: int) -> Label:
        """Return a cell as a heading, at its address in the sheet."""
        cells = self.sheet.rows[row]
        value = cells[column] if column < len(cells) else None
        plain = type(value) is str and len(value) <= LONGEST and value.isalnum()  # most headings of a large sheet
        text: str = value if plain else self.text(row, column)  # type: ignore[assignment]
        return Label(row + self.sheet.top, column + self.sheet.left, text)

    def raw(self, row: int, column: int) -> str:
        """Return a cell's text as it stands, with its leading blanks."""
        return plain_text(self.value(row, column))[:LONGEST]

    def style(self, row: int, column: int) -> Style:
        """Return a cell's style."""
        return self.sheet.style(row + self.sheet.top, column + self.sheet.left)

    def filled(self, row: int, left: int = 0, right: int | None = None) -> list[int]:
        """Return the columns of a row that hold something."""
        kinds = self.kinds[row]
        return [c for c in range(left, self.width if right is None else right) if kinds[c] != BLANK]


def plain_text(value: Value) -> str:
    """Return a value as text: whole numbers without a point, dates in ISO form."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if abs(value) < 1e15 and value == int(value) else repr(value)
    if isinstance(value, str) and not isinstance(value, CellError):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return str(value)
