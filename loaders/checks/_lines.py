"""The rows and columns of a table as lines that sum up others, for the checks of totals and parts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import numpy as np
import pandas as pd

from loaders.layout.words import is_total
from loaders.read.gather import Paths
from loaders.read.workbook import Reading
from loaders.vocabulary import is_partial
from loaders.vocabulary.headings import column_aspect, is_derived, measure_of, relative_of

Axis = Literal["row", "column"]
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A row or column of a table: its number in the sheet, its headings, whether it is a total or only partial."""

    number: int
    path: Path
    total: bool
    partial: bool

    @property
    def parent(self) -> Path:
        """The headings above the innermost."""
        return self.path[:-1]


@dataclass(frozen=True, slots=True)
class Sum:
    """A line that should equal (or, ``at_most``, not fall short of) the sum of other lines."""

    total: Line
    parts: tuple[Line, ...]
    certain: bool = True
    at_most: bool = False


@dataclass
class Grid:
    """One table's figures by row and column, and its lines on both axes."""

    number: int
    cells: pd.DataFrame
    rows: list[Line] = field(default_factory=list)
    columns: list[Line] = field(default_factory=list)

    @cached_property
    def by_place(self) -> dict[tuple[int, int], int]:
        """(row, column) → position in ``cells``."""
        return {spot: n for n, spot in enumerate(zip(self.cells["row"], self.cells["column"], strict=True))}

    @cached_property
    def arrays(self) -> dict[str, np.ndarray[Any, Any]]:
        """The columns of ``cells`` as arrays: asked cell by cell, a frame is a hundred times slower."""
        return {name: self.cells[name].to_numpy() for name in ("value", "low", "high", "unit_factor", "text", "cell")}

    def lines(self, axis: Axis) -> list[Line]:
        """Return the lines of one axis."""
        return self.rows if axis == "row" else self.columns


def grids(reading: Reading) -> list[Grid]:
    """Return the tables that have at least one line that sums up others; made once for all checks."""
    if reading.grids is None:
        reading.grids = list(_grids(reading))
    return reading.grids


def _grids(reading: Reading) -> Iterator[Grid]:
    for number, (table, headings) in enumerate(zip(reading.tables, reading.headings, strict=True)):
        if table.pairs or not _may_sum(reading, number):
            continue
        ignored = {name.column for name in table.names if column_aspect(name.text) in ("ignore", "unit")}
        rows = [_line(row, paths, ignored) for row, paths in headings.rows.items()]
        columns = [_line(column, paths) for column, paths in headings.columns.items()]
        if any(line.total or line.partial or len(line.path) > 1 for line in rows + columns):
            whole = len(reading.tables) == 1
            cells = reading.cells if whole else reading.cells[reading.cells["table"].eq(number)].reset_index(drop=True)
            yield Grid(number, cells, rows, columns)


def _may_sum(reading: Reading, number: int) -> bool:
    """Tell quickly whether a line may sum up others: one is called so, or some have more headings than others."""
    cells = reading.cells
    named = cells["partial"].astype(bool) | cells["role"].eq("total")
    if reading.form or (named & cells["table"].eq(number)).any():
        return True
    headings = reading.headings[number]
    return any(len({sum(map(len, paths)) for paths in axis.values()}) > 1 for axis in (headings.rows, headings.columns))


def _line(number: int, paths: Paths, ignored: Collection[int] = ()) -> Line:
    """Make a line of its headings, without those that only number it or name its unit."""
    path = tuple(label.text for one in paths if one and one[-1].column not in ignored for label in one)
    return Line(number, path, bool(path) and is_total(path[-1]), any(is_partial(text) for text in path[-1:]))


def sums(lines: list[Line]) -> Iterator[list[Sum]]:
    """Yield, for each total and each line with lines below it, the sums it may be; the likeliest first."""
    known = [line for line in lines if line.path and not _other(line)]
    families: dict[Path, list[Line]] = {}
    for line in known:
        families.setdefault(line.parent, []).append(line)
    for place, line in enumerate(known):
        if line.total:
            found = list(_named(line, families[line.parent], known[:place]))
        else:
            children = [child for child in families.get(line.path, ()) if not child.total]
            whole = tuple(child for child in children if not child.partial)
            found = [Sum(line, whole, certain=False)] if len(whole) > 1 and len(whole) == len(children) else []
        if found:
            yield found


def _other(line: Line) -> bool:
    """Tell whether a line holds no plain results: changes, plans, last year's figures."""
    return any(is_derived(text) or measure_of(text) or relative_of(text) not in ("", "same") for text in line.path)


def _named(total: Line, equals: list[Line], above: list[Line]) -> Iterator[Sum]:
    """Yield what a line called 合计 may add up: its block, all its equals, the subtotals, what follows it."""
    here = equals.index(total)
    before, after = equals[:here], equals[here + 1 :]
    last = max((n for n, line in enumerate(before) if line.total), default=-1)
    following = after[: next((n for n, line in enumerate(after) if line.total), len(after))]
    options = [
        _whole(before[last + 1:]), _whole(line for line in equals if not line.total),
        [line for line in before if line.total], _whole(following),
        [line for line in above if line.total and len(line.path) > len(total.path)],
    ]  # fmt: skip
    for parts in dict.fromkeys(map(tuple, options)):
        if parts:
            yield Sum(total, parts, certain=len(parts) > 1)


def _whole(lines: Iterable[Line]) -> list[Line]:
    return [line for line in lines if not line.partial]
