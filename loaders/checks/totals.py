"""合计 against its parts, down the columns and along the rows, and the cell where the slip likely is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from loaders.checks._at import MOST, at, said
from loaders.checks._lines import Axis, Grid, Line, Sum, grids, sums
from loaders.checks._slips import slip
from loaders.read.workbook import Reading
from tidy.language import _
from tidy.problems import Problem

MOST_SUSPECTS = 2
NEAR = 0.02  # a line without the word 合计 is a sum when its parts come this near


@dataclass(frozen=True, slots=True)
class Gap:
    """A total that its parts do not add up to; positions are rows of the grid's cells, ``by`` is what is missing."""

    total: int
    parts: tuple[int, ...]
    by: float
    missing: int


def check(reading: Reading) -> list[Problem]:
    """Return a problem for each total that differs from its parts by more than rounding."""
    found = [problem for grid in grids(reading) for problem in _of_grid(reading, grid)]
    return found[:MOST]


def _of_grid(reading: Reading, grid: Grid) -> Iterator[Problem]:
    additive = _additive(reading, grid)
    gaps = [gap for axis in ("row", "column") for gap in _gaps(grid, axis, additive)]
    crossed = _crossed(grid, gaps)
    for gap in gaps:
        yield _problem(reading, grid, gap, crossed)


def _additive(reading: Reading, grid: Grid) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Counts and money add up; rates do not. An unknown indicator adds up unless it is a percentage."""
    own = said(grid.cells["indicator_id"], reading.vocabulary.indicator["additive"]).fillna(True).astype(bool)
    usable = grid.cells["state"].isin(["stored", "total", "unknown"]) & grid.cells["value"].notna()
    fits: np.ndarray[Any, np.dtype[np.bool_]] = (own & usable & ~grid.cells["unit"].isin(["%", "‰"])).to_numpy()
    return fits


def _gaps(grid: Grid, axis: Axis, additive: np.ndarray[Any, Any]) -> Iterator[Gap]:
    others = grid.lines("column" if axis == "row" else "row")
    for options in sums(grid.lines(axis)):
        for other in others:
            tried = [gap for option in options if (gap := _gap(grid, axis, option, other, additive))]
            if tried and all(gap.by for gap in tried):
                best = tried[0]
                if options[0].certain or _near(grid, best):
                    yield best


def _near(grid: Grid, gap: Gap) -> bool:
    total = abs(float(grid.arrays["value"][gap.total]))
    return total > 0 and abs(gap.by) <= NEAR * total


def _gap(grid: Grid, axis: Axis, option: Sum, other: Line, additive: np.ndarray[Any, Any]) -> Gap | None:
    def place(line: Line) -> int | None:
        spot = (line.number, other.number) if axis == "row" else (other.number, line.number)
        return grid.by_place.get(spot)

    total = place(option.total)
    parts = [place(line) for line in option.parts]
    there = tuple(n for n in parts if n is not None and additive[n])
    if total is None or not additive[total] or not there:
        return None
    lost = sum(n is not None and not additive[n] for n in parts)
    return Gap(total, there, _difference(grid, total, there), lost)


def _difference(grid: Grid, total: int, parts: tuple[int, ...]) -> float:
    """Return total − Σ parts, 0 when rounding or bounds explain it."""
    value, low, high = (grid.arrays[name] for name in ("value", "low", "high"))
    rounding = 0.5 * sum(place for n in (total, *parts) if (place := _place(grid, n)) not in (0.0, 1.0))
    least = sum(_end(low[n], -np.inf) for n in parts) - rounding
    most = sum(_end(high[n], np.inf) for n in parts) + rounding
    if least <= _end(high[total], np.inf) + 1e-9 and most >= _end(low[total], -np.inf) - 1e-9:
        return 0.0
    return float(f"{value[total] - sum(value[n] for n in parts):.10g}")


def _end(bound: float, open_: float) -> float:
    return open_ if np.isnan(bound) else float(bound)


def _place(grid: Grid, n: int) -> float:
    """Return one unit of the last decimal that a figure prints, in base units."""
    text = str(grid.arrays["text"][n])
    decimals = len(text.split(".")[1].rstrip("%余人万元 ")) if "." in text else 0
    return float(grid.arrays["unit_factor"][n]) * 10.0**-decimals


def _crossed(grid: Grid, gaps: list[Gap]) -> dict[int, float]:
    """Return the cells that fail along their row and down their column by the same amount."""
    by: dict[int, set[float]] = {}
    twice: dict[int, float] = {}
    for gap in gaps:
        for n, missing in [(gap.total, -gap.by), *((part, gap.by) for part in gap.parts)]:
            if missing in by.setdefault(n, set()):
                twice[n] = missing
            by[n].add(missing)
    return twice


def _problem(reading: Reading, grid: Grid, gap: Gap, crossed: dict[int, float]) -> Problem:
    cells = grid.cells
    row = next(cells.iloc[[gap.total]].itertuples())
    sum_ = sum(float(grid.arrays["value"][n]) for n in gap.parts)
    message = _("合计 {total} 与各项之和 {sum} 不符，差 {gap}").format(
        total=_number(row.value, row), sum=_number(sum_, row), gap=_number(gap.by, row)
    )
    suspects = _suspects(grid, gap, crossed)
    if gap.missing and gap.by > 0 and not suspects:
        advice = _("有 {n} 项没有数字，差额可能就在其中；请补填或核对").format(n=gap.missing)
    elif suspects:
        advice = _("最可能是 {cells}；请核对").format(
            cells="、".join(_suggested(grid, n, meant) for n, meant in suspects)
        )
    else:
        advice = _("请核对 {first} 至 {last} 各项与合计").format(
            first=grid.arrays["cell"][gap.parts[0]], last=grid.arrays["cell"][gap.parts[-1]]
        )
    return at(reading, row, "total_differs", message, advice)


def _suspects(grid: Grid, gap: Gap, crossed: dict[int, float]) -> list[tuple[int, float]]:
    """Return the one or two cells where the slip likely is, with what they may have meant."""
    value, factor = grid.arrays["value"], grid.arrays["unit_factor"]
    meant = {n: float(value[n]) + gap.by for n in gap.parts} | {gap.total: float(value[gap.total]) - gap.by}
    sure = [n for n in meant if n in crossed and crossed[n] == (gap.by if n != gap.total else -gap.by)]
    if sure:
        return [(n, meant[n]) for n in sure[:1]]
    scores = {n: slip(float(value[n]) / factor[n], meant[n] / factor[n]) for n in meant}
    best = max(scores.values())
    likely = [(n, meant[n]) for n, score in scores.items() if best and score == best]
    return likely if len(likely) <= MOST_SUSPECTS else []  # a suspicion against everyone helps nobody


def _suggested(grid: Grid, n: int, meant: float) -> str:
    row = next(grid.cells.iloc[[n]].itertuples())
    return _("{cell}（{written} 应为 {meant}？）").format(
        cell=row.cell, written=_number(row.value, row), meant=_number(meant, row)
    )


def _number(value: float, row: Any) -> str:
    """Print a number in the unit of its column, so that it can be compared with the sheet."""
    return f"{value / row.unit_factor:.10g}"
