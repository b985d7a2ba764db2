"""A returned form's sheet as its signs describe it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from loaders.grid import Sheet
from loaders.layout.view import plain_text
from loaders.layout.words import tidy


@dataclass(frozen=True, slots=True)
class Column:
    """A column with a sign: its number, the indicator, and whether it is this period's, the last one's or worked out."""

    number: int
    indicator: str
    slot: str


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """A row of reporters: its number, its hidden sign (a reporter's id, @total, @spare, or none) and its visible name."""

    number: int
    sign: str
    name: str


@dataclass
class ReturnedSheet:
    """A sheet with the place of its signs."""

    sheet: Sheet
    id: str
    key_row: int
    key_column: int
    name_column: int | None = None
    columns: list[Column] = field(default_factory=list)
    rows: list[ReturnedRow] = field(default_factory=list)
    side: set[int] = field(default_factory=set)

    @cached_property
    def header_row(self) -> int:
        """The row of the indicators' headings: the first below the signs with words over a signed column."""
        first = min((row.number for row in self.rows), default=self.key_row + 1)
        wanted = {column.number for column in self.columns if column.slot != "before"}
        filled = [
            row
            for row in range(self.key_row + 1, first)
            if sum(bool(self.text(row, c)) for c in wanted) * 2 > len(wanted)
        ]
        return filled[-2] if len(filled) > 1 else filled[0] if filled else max(self.key_row + 1, first - 2)

    def text(self, row: int, column: int) -> str:
        """Return the text of a cell, blanks tidied."""
        return tidy(plain_text(self.sheet.value(row, column)))
