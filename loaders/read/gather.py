"""One walk over a table's figures: values, looks, and the number of each cell's row and column headings."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from loaders.grid import Sheet
from loaders.grid.model import Value
from loaders.layout import Label, Table

Paths = tuple[tuple[Label, ...], ...]
Codes = np.ndarray[Any, np.dtype[np.int64]]
Objects = np.ndarray[Any, np.dtype[np.object_]]


class Coded:
    """Numbers for things, each thing once, in the order they come."""

    def __init__(self) -> None:
        self.things: list[Any] = []
        self._numbers: dict[Any, int] = {}

    def number(self, thing: Hashable) -> int:
        """Return the number of a thing, a new one for a new thing."""
        found = self._numbers.get(thing)
        if found is None:
            found = self._numbers[thing] = len(self.things)
            self.things.append(thing)
        return found


@dataclass(frozen=True, slots=True)
class Headings:
    """The heading paths of a table's rows and columns, by their numbers in the sheet."""

    rows: dict[int, Paths]
    columns: dict[int, Paths]


@dataclass(slots=True)
class Gathered:
    """A table's cells, column by column of the frame to come; ``over`` and ``beside`` number the headings."""

    rows: list[int]
    columns: list[int]
    roles: list[str]
    values: list[Value]
    styles: list[int]
    beside: Codes
    over: Codes
    row_paths: list[Paths]
    column_paths: list[Paths]

    def headings(self) -> Headings:
        """Return the headings by row and by column."""
        rows = dict(zip(self.rows, self.beside.tolist(), strict=True))
        columns = dict(zip(self.columns, self.over.tolist(), strict=True))
        return Headings(
            {n: self.row_paths[code] for n, code in rows.items()},
            {n: self.column_paths[code] for n, code in sorted(columns.items())},
        )


def gather(sheet: Sheet, table: Table) -> Gathered:
    """Walk over the figures of ``table`` once."""
    beside, over = Coded(), Coded()
    out: tuple[list[Any], ...] = ([], [], [], [], [], [], [])
    add_row, add_column, add_role, add_value, add_style, add_beside, add_over = (column.append for column in out)
    values_of, top, left, styled = sheet.rows, sheet.top, sheet.left, bool(sheet.style_ids)
    last: object = None
    row_code = -1
    by_column: dict[int, tuple[object, int]] = {}
    for row, column, role, paths, heads, _unit in table.figures:
        if paths is not last:
            last, row_code = paths, beside.number(paths)
        known = by_column.get(column)
        if known is None or known[0] is not heads:
            known = by_column[column] = (heads, over.number(heads))
        add_row(row)
        add_column(column)
        add_role(role)
        add_value(values_of[row - top][column - left])
        add_style(_style(sheet, row, column) if styled else -1)
        add_beside(row_code)
        add_over(known[1])
    rows, columns, roles, values, styles, by_row, by_head = out
    return Gathered(rows, columns, roles, values, styles, np.array(by_row, np.int64), np.array(by_head, np.int64),
                    beside.things, over.things)  # fmt: skip


def _style(sheet: Sheet, row: int, column: int) -> int:
    """Return the number of a cell's style; -1 where the file gives none."""
    ids = sheet.style_ids
    i = row - sheet.top
    if not 0 <= i < len(ids):
        return -1
    j = column - sheet.left
    return ids[i][j] if 0 <= j < len(ids[i]) else -1


def spread(things: Sequence[Any], codes: Codes, say: Callable[[Any], object]) -> Objects:
    """Say something of each thing once and hand it to every cell that has the thing."""
    said = np.empty(len(things), dtype=object)
    for n, thing in enumerate(things):
        said[n] = say(thing)
    spread_: Objects = said[codes]
    return spread_
