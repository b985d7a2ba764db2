"""其中 never more than the whole; lines below a line never more than it."""

from __future__ import annotations

from collections.abc import Iterator

from loaders.checks._at import MOST, at
from loaders.checks._lines import Axis, Grid, Line, grids
from loaders.read.workbook import Reading
from tidy.language import _
from tidy.problems import Problem


def check(reading: Reading) -> list[Problem]:
    """Return a problem for each part that exceeds its whole beyond what its bounds allow."""
    found = [p for grid in grids(reading) for axis in ("row", "column") for p in _of_axis(reading, grid, axis)]
    return found[:MOST]


def _of_axis(reading: Reading, grid: Grid, axis: Axis) -> Iterator[Problem]:
    lines = grid.lines(axis)
    others = grid.lines("column" if axis == "row" else "row")
    for place, part in enumerate(lines):
        whole = _whole(lines, place)
        if whole is None:
            continue
        for other in others:
            problem = _compare(reading, grid, axis, whole, part, other)
            if problem:
                yield problem


def _whole(lines: list[Line], place: int) -> Line | None:
    """Return the line that a 其中 line is part of: its parent, a total beside it, or the line before it."""
    part = lines[place]
    if not part.partial:
        return None
    parent = next((line for line in lines if line.path == part.parent and part.parent), None)
    total = next((line for line in lines if line.total and line.parent == part.parent), None)
    before = next((line for line in reversed(lines[:place]) if not line.partial and line.parent == part.parent), None)
    return parent or total or before


def _compare(reading: Reading, grid: Grid, axis: Axis, whole: Line, part: Line, other: Line) -> Problem | None:
    spots = [(line.number, other.number) if axis == "row" else (other.number, line.number) for line in (whole, part)]
    places = [grid.by_place.get(spot) for spot in spots]
    if None in places:
        return None
    big, small = (next(grid.cells.iloc[[n]].itertuples()) for n in places)
    if big.unit != small.unit or not small.low > big.high:  # an open end (NaN) exceeds nothing
        return None
    message = _("其中数 {part} 大于总数 {whole}（{cell}）").format(
        part=small.as_printed, whole=big.as_printed, cell=big.cell
    )
    return at(reading, small, "part_exceeds_whole", message, _("核对这两格"))
