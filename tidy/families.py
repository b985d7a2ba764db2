"""Which figures are bound to each other by a sum: a total with its parts, wherever both are stated.

Three kinds: a reporter and those below it; a period and the periods that fill it (a cumulative
figure counts as the period it spans); a whole and its scoped parts (其中).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import islice

import pandas as pd

from tidy import periods

Cell = tuple[str, ...]
# What is one cell: everything else that the same reporter says about it is said again.
CELL = ["reporter_id", "indicator_id", "period", "measure", "scope"]
MOST_WAYS = 50  # ways to fill one period with others that are looked at
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Family:
    """A cell that is the sum of other cells."""

    total: Cell
    parts: tuple[Cell, ...]


def families(cells: pd.DataFrame, parents: dict[str, str]) -> Iterator[Family]:
    """Yield every family of ``cells``, a table of distinct :data:`CELL` rows; ``parents`` by reporter."""
    yield from _reporters(cells, parents)
    yield from _periods(cells)
    yield from _scopes(cells)


def fixed(families: Iterable[Family], unknown: Container[Cell]) -> set[Cell]:
    """Return the unknown cells that the families together leave one value only.

    The sums are brought to reduced row echelon form; a cell is fixed when its row holds no other unknown.
    """
    rows: dict[Cell, dict[Cell, Fraction]] = {}
    holding: dict[Cell, set[Cell]] = defaultdict(set)  # in which rows an unknown stands that is nobody's pivot
    for family in families:
        row = {part: Fraction(1) for part in family.parts if part in unknown}
        if family.total in unknown:
            row[family.total] = Fraction(-1)
        for pivot in [cell for cell in row if cell in rows]:
            _subtract(row, rows[pivot], row[pivot])
        if not row:
            continue
        pivot, factor = next(iter(row.items()))
        row = {cell: number / factor for cell, number in row.items()}
        for other in holding.pop(pivot, set()):
            if pivot in rows[other]:
                _subtract(rows[other], row, rows[other][pivot])
                for cell in rows[other].keys() - {other}:
                    holding[cell].add(other)
        rows[pivot] = row
        for cell in row.keys() - {pivot}:
            holding[cell].add(pivot)
    return {pivot for pivot, row in rows.items() if len(row) == 1}


def _subtract(row: dict[Cell, Fraction], other: dict[Cell, Fraction], times: Fraction) -> None:
    """Take ``times`` another row from a row; what becomes zero leaves it."""
    for cell, number in other.items():
        left = row.get(cell, Fraction(0)) - times * number
        if left:
            row[cell] = left
        else:
            row.pop(cell, None)


def _reporters(cells: pd.DataFrame, parents: dict[str, str]) -> Iterator[Family]:
    above = cells["reporter_id"].map(parents).fillna("")
    parts = cells.assign(total=above)[above.ne("")]
    known = set(cells.itertuples(index=False, name=None))
    for (total, *rest), own in parts.groupby(["total", *CELL[1:]], sort=False):
        if (total, *rest) in known:
            yield Family((total, *rest), _rows(own))


def _scopes(cells: pd.DataFrame) -> Iterator[Family]:
    known = set(cells.itertuples(index=False, name=None))
    for whole, own in cells[cells["scope"].ne("")].groupby(CELL[:-1], sort=False):
        if (*whole, "") in known:
            yield Family((*whole, ""), _rows(own))


def _periods(cells: pd.DataFrame) -> Iterator[Family]:
    """Flows and cumulative figures of one reporter add up over time; stocks do not."""
    dated = cells[cells["measure"].isin(["flow", "cumulative"]) & cells["period"].ne("")]
    for _key, own in dated.groupby(["reporter_id", "indicator_id", "scope"], sort=False):
        spans = [(row, periods.parse(row[2])) for row in _rows(own)]
        stretches = [(row, span.start, span.end) for row, span in spans if span.start]
        for row, start, end in stretches if len(stretches) > 2 else ():
            others = [one for one in stretches if one[0] != row]
            yield from (Family(row, way) for way in islice(_fillings(start, end, others), MOST_WAYS))


def _fillings(start: date, end: date, stretches: Sequence[tuple[Cell, date, date]]) -> Iterator[tuple[Cell, ...]]:
    """Yield every way to fill the days from ``start`` to ``end`` with stretches laid end to end."""
    if start > end:
        yield ()
        return
    for row, first, last in stretches:
        if first == start and last <= end:
            yield from ((row, *rest) for rest in _fillings(last + DAY, end, stretches))


def _rows(cells: pd.DataFrame) -> tuple[Cell, ...]:
    return tuple(cells[CELL].itertuples(index=False, name=None))
