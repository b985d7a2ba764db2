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


class _Patterns:
    """Short runs that many rows share, each with a number."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[int, ...], int] = {}
        self._kept: list[object] = []  # what is told apart by its id must live
        self.runs: list[Any] = []

    def number(self, key: tuple[int, ...], run: Callable[[], Sequence[Any]], *keep: object) -> int:
        """Return the number of the run known by ``key``, made when it is new."""
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = len(self.runs)
            self.runs.append(run())
            self._kept.append(keep)
        return found


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
    """Takes in a table's rows: what each row has for itself, and the number of every pattern it shares."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.rows: list[int] = []
        self.counts: list[int] = []
        self.addresses: list[str] = []
        self.values: list[Value] = []
        self.beside, self.over = Coded(), Coded()
        self.by_row: list[int] = []
        self.shapes: list[int] = []
        self.looks: list[int] = []
        self.patterns, self.styles = _Patterns(), _Patterns()
        self.letters: dict[int, tuple[str, ...]] = {}

    def take(self, line: Line) -> None:
        """Take in one row."""
        row, paths, shape = line
        sheet = self.sheet
        number = self.patterns.number((id(shape),), lambda: self._cells(shape), shape)
        letters = self.letters.get(number)
        if letters is None:
            letters = self.letters[number] = tuple(column_name(c) for c in shape.columns)
        below = str(row + 1)
        self.addresses += [letter + below for letter in letters]
        cells, left = sheet.rows[row - sheet.top], sheet.left
        self.values += [cells[c - left] for c in shape.columns] if left else [cells[c] for c in shape.columns]
        self.rows.append(row)
        self.counts.append(len(letters))
        self.by_row.append(self.beside.number(paths))
        self.shapes.append(number)
        self.looks.append(self._looks(row, shape))

    def _cells(self, shape: Shape) -> list[tuple[int, str, int]]:
        return [(c, role, self.over.number(heads)) for c, role, heads in zip(*shape, strict=True)]

    def _looks(self, row: int, shape: Shape) -> int:
        """Return the number of the row's styles; -1 in them where the file gives none."""
        i = row - self.sheet.top
        ids = self.sheet.style_ids[i] if 0 <= i < len(self.sheet.style_ids) else ()
        left, width = self.sheet.left, len(ids)

        def run() -> list[int]:
            return [ids[c - left] if c - left < width else -1 for c in shape.columns]

        return self.styles.number((id(ids), id(shape)), run, ids, shape)

    def gathered(self) -> Gathered:
        """Return everything that was taken in."""
        counts = np.array(self.counts, np.int64)
        columns, roles, over = (
            _laid_out([[cell[n] for cell in run] for run in self.patterns.runs], self.shapes, dtype)
            for n, dtype in enumerate((np.int64, object, np.int64))
        )
        return Gathered(
            np.repeat(np.array(self.rows, np.int64), counts), columns, self.addresses, roles, self.values,
            _laid_out(self.styles.runs, self.looks, np.int64), np.repeat(np.array(self.by_row, np.int64), counts), over,
            self.beside.things, self.over.things, self._headings(),
        )  # fmt: skip

    def _headings(self) -> Headings:
        by_column: dict[int, int] = {}
        for number in reversed(dict.fromkeys(reversed(self.shapes))):
            by_column |= {column: code for column, _role, code in self.patterns.runs[number]}
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
