"""One walk over a table's figures: values, looks, and the number of each cell's row and column headings."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from loaders.grid import Sheet
from loaders.grid.model import Value, column_name
from loaders.layout import Label, Table, lines
from loaders.layout.table import Line, Shape

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

    rows: Codes
    columns: Codes
    addresses: list[str]
    roles: Objects
    values: list[Value]
    styles: Codes
    beside: Codes
    over: Codes
    row_paths: list[Paths]
    column_paths: list[Paths]
    headings: Headings


def _laid_out(runs: list[Any], numbers: list[int], dtype: Any) -> np.ndarray[Any, Any]:
    """Return the numbered runs one behind the other."""
    if not numbers:
        return np.empty(0, dtype=dtype)
    flat = np.fromiter((one for run in runs for one in run), dtype=dtype)
    lengths = np.array([len(run) for run in runs])
    begins = np.cumsum(lengths) - lengths
    chosen = np.array(numbers)
    counts = lengths[chosen]
    inside = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    laid: np.ndarray[Any, Any] = flat[np.repeat(begins[chosen], counts) + inside]
    return laid


class _Walk:
    """Takes in a table's rows: what each has for itself, and the numbers of the runs that it shares with others."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.rows: list[int] = []
        self.addresses: list[str] = []
        self.values: list[Value] = []
        self.beside, self.over = Coded(), Coded()
        self.by_row: list[int] = []
        self.shapes: list[int] = []
        self.looks: list[int] = []
        self.cells: list[list[tuple[int, str, int]]] = []
        self.styles: list[list[int]] = []
        self._shapes: dict[int, tuple[int, tuple[str, ...], Shape]] = {}  # by id: what is kept in it lives
        self._looks: dict[tuple[int, int], tuple[int, Sequence[int]]] = {}

    def take(self, line: Line) -> None:
        """Take in one row."""
        row, paths, shape = line
        number, letters, _shape = self._shapes.get(id(shape)) or self._new_shape(shape)
        below = str(row + 1)
        self.addresses += [letter + below for letter in letters]
        i, left = row - self.sheet.top, self.sheet.left
        cells, ids = self.sheet.rows[i], self.sheet.style_ids
        self.values += [cells[c - left] for c in shape.columns]
        self.rows.append(row)
        self.by_row.append(self.beside.number(paths))
        self.shapes.append(number)
        styles = ids[i] if i < len(ids) else ()
        look, _ids = self._looks.get((id(styles), number)) or self._new_look(styles, number, shape)
        self.looks.append(look)

    def _new_shape(self, shape: Shape) -> tuple[int, tuple[str, ...], Shape]:
        made = len(self.cells), tuple(column_name(c) for c in shape.columns), shape
        self._shapes[id(shape)] = made
        self.cells.append([(c, role, self.over.number(heads)) for c, role, heads in zip(*shape, strict=True)])
        return made

    def _new_look(self, ids: Sequence[int], number: int, shape: Shape) -> tuple[int, Sequence[int]]:
        """Number a row's styles; -1 in them where the file gives none."""
        made = len(self.styles), ids
        self._looks[id(ids), number] = made
        places = [c - self.sheet.left for c in shape.columns]
        self.styles.append([ids[place] if place < len(ids) else -1 for place in places])
        return made

    def gathered(self) -> Gathered:
        """Return everything that was taken in."""
        counts = np.array([len(self.cells[number]) for number in self.shapes], np.int64)
        columns, roles, over = (
            _laid_out([[cell[n] for cell in run] for run in self.cells], self.shapes, dtype)
            for n, dtype in enumerate((np.int64, object, np.int64))
        )
        return Gathered(
            np.repeat(np.array(self.rows, np.int64), counts), columns, self.addresses, roles, self.values,
            _laid_out(self.styles, self.looks, np.int64), np.repeat(np.array(self.by_row, np.int64), counts), over,
            self.beside.things, self.over.things, self._headings(),
        )  # fmt: skip

    def _headings(self) -> Headings:
        by_column: dict[int, int] = {}
        for number in reversed(dict.fromkeys(reversed(self.shapes))):
            by_column |= {column: code for column, _role, code in self.cells[number]}
        return Headings(
            {row: self.beside.things[code] for row, code in zip(self.rows, self.by_row, strict=True)},
            {column: self.over.things[code] for column, code in sorted(by_column.items())},
        )


def gather(sheet: Sheet, table: Table) -> Gathered:
    """Walk over the figures of ``table`` once."""
    walk = _Walk(sheet)
    for line in lines(table.figures):
        walk.take(line)
    return walk.gathered()


def objects(items: Sequence[object]) -> Objects:
    """Return things as an array that keeps them as they are."""
    made = np.empty(len(items), dtype=object)
    made[:] = items
    return made


def spread(things: Sequence[Any], codes: Codes, say: Callable[[Any], object]) -> Objects:
    """Say something of each thing once and hand it to every cell that has the thing."""
    spread_: Objects = objects([say(thing) for thing in things])[codes]
    return spread_
