"""One walk over a table's figures: values, looks, and the number of each cell's row and column headings."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from loaders.grid import Sheet
from loaders.grid.model import Value, column_name
from loaders.layout import Label, Table, lines
from loaders.layout.table import Line, Shape

Paths = tuple[tuple[Label, ...], ...]
Codes = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
Objects = np.ndarray[Any, np.dtype[np.object_]]
Numbers = np.ndarray[Any, np.dtype[np.float64]]
NUMBERS = frozenset((float, int))
OTHER, NUMBER, WORDS = 0, 1, 2  # what sort of Python value a cell holds
FEW = 8  # rows of one shape that are worth an array operation for each column


class Coded:
    """Numbers for things, each thing once, in the order they come."""

    def __init__(self, *things: Hashable) -> None:
        self.things: list[Any] = list(dict.fromkeys(things))
        self._numbers: dict[Any, int] = {thing: n for n, thing in enumerate(self.things)}

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
    """A table's cells row by row; ``over`` and ``beside`` number the headings, ``sorts`` says what a value is.

    ``numbers`` holds the values that are numbers, nothing elsewhere.
    """

    rows: Codes
    columns: Codes
    letters: Objects
    roles: Codes
    role_names: list[str]
    values: Objects
    sorts: Codes
    numbers: Numbers
    styles: Codes
    beside: Codes
    over: Codes
    row_paths: list[Paths]
    column_paths: list[Paths]
    headings: Headings


def _places(runs: Sequence[Sequence[Any]], numbers: list[int]) -> Codes:
    """Return where, in the runs one behind the other, the cells of the numbered runs stand."""
    if not numbers:
        return np.empty(0, dtype=np.int64)
    lengths = np.array([len(run) for run in runs])
    chosen = np.array(numbers)
    counts = lengths[chosen]
    steps = (np.cumsum(lengths) - lengths)[chosen] - (np.cumsum(counts) - counts)
    places: Codes = np.arange(counts.sum()) + np.repeat(steps, counts)
    return places


def _flat(runs: Sequence[Sequence[int]], dtype: Any = np.int32) -> Codes:
    return np.fromiter((one for run in runs for one in run), dtype=dtype)


class _Walk:
    """Takes in a table's rows: what each has for itself, and the numbers of the runs that it shares with others."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.rows: list[int] = []
        self.beside: list[Paths] = []
        self.over, self.roles = Coded(), Coded()
        self.by_row: list[int] = []
        self.shapes: list[int] = []
        self.looks: list[int] = []
        self.known: list[Shape] = []
        self.styles: list[list[int]] = []
        self._equal: dict[Shape, int] = {}
        self._shapes: dict[int, tuple[int, Shape]] = {}  # by id: what is kept in it lives
        self._looks: dict[tuple[int, int], tuple[int, Sequence[int]]] = {}

    def take(self, line: Line) -> None:
        """Take in one row."""
        row, paths, shape = line
        found = self._shapes.get(id(shape))
        number = self._new_shape(shape) if found is None else found[0]
        self.rows.append(row)
        if not self.beside or paths != self.beside[-1]:
            self.beside.append(paths)
        self.by_row.append(len(self.beside) - 1)
        self.shapes.append(number)
        i, ids = row - self.sheet.top, self.sheet.style_ids
        styles = ids[i] if i < len(ids) else ()
        look = self._looks.get((id(styles), number)) or self._new_look(styles, number, shape)
        self.looks.append(look[0])

    def _new_shape(self, shape: Shape) -> int:
        made = self._equal.setdefault(shape, len(self.known))
        if made == len(self.known):
            self.known.append(shape)
        self._shapes[id(shape)] = made, shape
        return made

    def _new_look(self, ids: Sequence[int], number: int, shape: Shape) -> tuple[int, Sequence[int]]:
        """Number a row's styles; -1 in them where the file gives none."""
        made = self._looks[id(ids), number] = len(self.styles), ids
        places = [c - self.sheet.left for c in shape.columns]
        self.styles.append([ids[place] if place < len(ids) else -1 for place in places])
        return made

    def gathered(self) -> Gathered:
        """Return everything that was taken in."""
        counts = np.array([len(self.known[number].columns) for number in self.shapes], np.int64)
        places = _places([shape.columns for shape in self.known], self.shapes)
        columns = _flat([shape.columns for shape in self.known], np.int64)[places]
        roles = _flat([[self.roles.number(role) for role in shape.roles] for shape in self.known])[places]
        over = _flat([[self.over.number(heads) for heads in shape.heads] for shape in self.known])[places]
        values, sorts, numbers = self._values(counts)
        letters = objects([column_name(c) for c in range(int(columns.max(initial=0)) + 1)])
        return Gathered(
            np.repeat(np.array(self.rows, np.int64), counts), columns, letters, roles, self.roles.things,
            values, sorts, numbers, _flat(self.styles)[_places(self.styles, self.looks)],
            np.repeat(np.array(self.by_row, np.int32), counts), over, self.beside, self.over.things, self._headings(),
        )  # fmt: skip

    def _values(self, counts: Codes) -> tuple[Objects, Codes, Numbers]:
        """Return every cell's value, its sort and its number, laid out column by column for each shape."""
        size = int(counts.sum())
        values, sorts, numbers = np.empty(size, object), np.zeros(size, np.int64), np.full(size, np.nan)
        for at, column in self._columns(np.cumsum(counts) - counts):
            values[at] = objects(column)
            types = set(map(type, column))
            if types <= NUMBERS:
                sorts[at], numbers[at] = NUMBER, column
            elif types == {str}:
                sorts[at] = WORDS
            else:
                own = [NUMBER if type(v) in NUMBERS else WORDS if type(v) is str else OTHER for v in column]
                sorts[at] = own
                numbers[at] = [v if sort == NUMBER else np.nan for v, sort in zip(column, own, strict=True)]
        return values, sorts, numbers

    def _columns(self, begins: Codes) -> Iterator[tuple[Codes, list[Value]]]:
        """Yield where the cells of each column of each shape go, and their values; rows of rare shapes together."""
        order = np.argsort(self.shapes, kind="stable")
        bounds = np.searchsorted(np.array(self.shapes)[order], np.arange(len(self.known) + 1))
        rare: list[tuple[int, Value]] = []
        for number, shape in enumerate(self.known):
            chosen = order[bounds[number] : bounds[number + 1]]
            rows = [self.sheet.rows[self.rows[n] - self.sheet.top] for n in chosen.tolist()]
            places = [c - self.sheet.left for c in shape.columns]
            if len(rows) < FEW:
                for row, begin in zip(rows, begins[chosen].tolist(), strict=True):
                    rare += [(begin + n, row[place]) for n, place in enumerate(places)]
                continue
            for n, place in enumerate(places):
                yield begins[chosen] + n, [row[place] for row in rows]
        if rare:
            yield np.array([at for at, _value in rare]), [value for _at, value in rare]

    def _headings(self) -> Headings:
        by_column: dict[int, Paths] = {}
        for number in reversed(dict.fromkeys(reversed(self.shapes))):
            by_column |= dict(zip(self.known[number].columns, self.known[number].heads, strict=True))
        return Headings(
            {row: self.beside[code] for row, code in zip(self.rows, self.by_row, strict=True)},
            dict(sorted(by_column.items())),
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


def flags(things: Sequence[Any], codes: Codes, say: Callable[[Any], bool]) -> Flags:
    """Ask something of each thing once and hand the answer to every cell that has the thing."""
    asked: Flags = np.fromiter(map(say, things), bool, len(things))[codes]
    return asked


def first_of_each(*codes: Codes) -> tuple[Codes, Codes]:
    """Return where each combination of codes first comes, and the number of each cell's combination."""
    key = np.zeros(len(codes[0]), np.int64)
    for one in codes:
        key = key * (int(one.max(initial=0)) + 2) + one + 1
    numbers, distinct = pd.factorize(key)
    firsts = np.empty(len(distinct), np.int64)
    firsts[numbers[::-1]] = np.arange(len(numbers))[::-1]
    return firsts, numbers
