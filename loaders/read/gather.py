"""One walk over a table's figures: values, looks, and the number of each cell's row and column headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from loaders.grid import Sheet
from loaders.grid.model import Value, column_name
from loaders.layout import Label, Table, lines
from loaders.layout.table import Line, Shape
from loaders.read.shared import Coded, Codes, Numbers, Objects, first_of_each, objects

Paths = tuple[tuple[Label, ...], ...]
NUMBERS = frozenset((float, int))
OTHER, NUMBER, WORDS = 0, 1, 2  # what sort of Python value a cell holds
FEW = 8  # rows of one shape that are worth an array operation for each column


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


def gather(sheet: Sheet, table: Table) -> Gathered:
    """Walk over the figures of ``table`` once."""
    return _Walk(sheet, list(lines(table.figures))).gathered()


class _Walk:
    """A table's rows: what each has for itself, and the numbers of the runs that it shares with others."""

    def __init__(self, sheet: Sheet, taken: list[Line]) -> None:
        self.sheet = sheet
        self.rows, self.beside = [line.row for line in taken], [line.paths for line in taken]
        known = Coded()
        self.shapes = _numbers([line.shape for line in taken], known)
        self.known: list[Shape] = known.things
        self.over, self.roles = Coded(), Coded()

    def gathered(self) -> Gathered:
        """Return everything that the rows hold."""
        counts = np.array([len(shape.columns) for shape in self.known], np.int64)[self.shapes]
        places = _places([shape.columns for shape in self.known], self.shapes)
        columns = _flat(shape.columns for shape in self.known)[places]
        roles = _flat(map(self.roles.number, shape.roles) for shape in self.known)[places]
        over = _flat(map(self.over.number, shape.heads) for shape in self.known)[places]
        values, sorts, numbers = self._values(counts)
        letters = objects([column_name(c) for c in range(int(columns.max(initial=0)) + 1)])
        rows, beside = (np.array(one, np.int32) for one in (self.rows, range(len(self.rows))))
        return Gathered(
            np.repeat(rows, counts), columns, letters, roles, self.roles.things, values, sorts, numbers,
            self._styles(), np.repeat(beside, counts), over, self.beside, self.over.things, self._headings(),
        )  # fmt: skip

    def _styles(self) -> Codes:
        """Return each cell's number of a style, -1 where the file gives none; rows of one look share a run."""
        top, left, ids = self.sheet.top, self.sheet.left, self.sheet.style_ids
        own: list[Sequence[int]] = [ids[row - top] if row - top < len(ids) else () for row in self.rows]
        by_id = {id(one): n for n, one in enumerate(own)}
        which = np.fromiter(map(by_id.__getitem__, map(id, own)), np.int64, len(own))
        firsts, looks = first_of_each(which, self.shapes)
        runs = []
        for n in firsts.tolist():
            places = [c - left for c in self.known[self.shapes[n]].columns]
            runs.append([own[n][place] if place < len(own[n]) else -1 for place in places])
        return _flat(runs)[_places(runs, looks)]

    def _values(self, counts: Codes) -> tuple[Objects, Codes, Numbers]:
        """Return every cell's value, its sort and its number, laid out column by column for each shape."""
        size = int(counts.sum())
        values, sorts, numbers = np.empty(size, object), np.zeros(size, np.int8), np.full(size, np.nan)
        for at, column in self._columns(np.cumsum(counts) - counts):
            values[at] = column
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
        bounds = np.searchsorted(self.shapes[order], np.arange(len(self.known) + 1))
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
        for number in dict.fromkeys(self.shapes[::-1].tolist()):
            shape = self.known[number]
            by_column |= {c: heads for c, heads in zip(shape.columns, shape.heads, strict=True) if c not in by_column}
        return Headings(dict(zip(self.rows, self.beside, strict=True)), dict(sorted(by_column.items())))


def _numbers(things: list[Shape], known: Coded) -> Codes:
    """Return the number of each thing; one that comes again and again is compared with the others once."""
    ids = list(map(id, things))
    by_id = {own: known.number(thing) for own, thing in dict(zip(ids, things, strict=True)).items()}
    return np.fromiter(map(by_id.__getitem__, ids), np.int32, len(ids))


def _places(runs: Sequence[Sequence[Any]], chosen: Codes) -> Codes:
    """Return where, in the runs one behind the other, the cells of the numbered runs stand."""
    lengths = np.array([len(run) for run in runs], np.int64)
    counts = lengths[chosen]
    steps = (np.cumsum(lengths) - lengths)[chosen] - (np.cumsum(counts) - counts)
    places: Codes = np.arange(counts.sum()) + np.repeat(steps, counts)
    return places


def _flat(runs: Iterable[Iterable[int]]) -> Codes:
    return np.fromiter((one for run in runs for one in run), np.int32)
