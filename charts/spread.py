"""Rates that must not be averaged: one dot a reporter, the middle marked, bounds drawn."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from charts import marks, palette, references, scale, theme, words
from charts.drawing import Drawing, Figure, Trace, scatter
from charts.lettering import count_lines, pixels, wrap
from charts.nothing import or_nothing
from charts.words import Record
from tidy.exhibit import FigureMeta
from tidy.format import scaled
from tidy.language import _
from tidy.measures import lower_median

PITCH, LINE = 46, 14  # a row's height with a name of one line and the count below, and of each line more
Spot = tuple[Record, float]  # a figure and its height
ROOM = 0.3  # how far dots with the same value move from their row's middle


@or_nothing()
def dots(
    table: pd.DataFrame,
    meta: FigureMeta,
    *,
    by: str = "city",
    mode: str = "light",
    notes: pd.DataFrame | None = None,
) -> Figure:
    """Return a dot strip of ``value`` for each group of the column ``by``.

    Hollow dots are figures with bounds, which a line behind them draws; the stroke is the
    lower median, a value that somebody printed. Groups stand in the table's order;
    a column ``reported`` says for each how many of how many have reported.
    """
    rows = words.prepared(table, by, unit=meta.unit)
    groups = list(words.grouped(rows, by).items())
    values = marks.largest(rows)
    axis = scale.axis(values, meta.unit, zero=meta.unit != "%", limit=marks.share_limit(meta.unit, values))
    names = [_row_name(name, part, mode) for name, part in groups]
    figure = theme.canvas(meta, mode, _frame(names, notes is not None, mode), unit=axis.unit)
    figure.add(_strips([words.known(part) for _name, part in groups], axis, mode))
    _axes(figure, axis, names, mode)
    references.add(figure, notes, "x", mode)
    return marks.finish(figure, _sentence(groups, meta), "x")


def _frame(names: list[str], noted: bool, mode: str) -> theme.Frame:
    size = palette.look(mode).size
    pitch = PITCH + LINE * max((count_lines(name) - 2 for name in names), default=0)
    return theme.Frame(
        plot=max(80, pitch * len(names) * size // 12),
        left=pixels(names, size) + 20,
        right=24,
        bottom=round(size * 2),
        above=round(size * 3) if noted else 0,
    )


def _axes(figure: Drawing, axis: scale.Axis, names: list[str], mode: str) -> None:
    air = 0.02 * (axis.high - axis.low)
    figure.x(range=[axis.low - air, axis.high + air], tickvals=axis.places, ticktext=axis.texts, showgrid=True)
    figure.y(
        range=[len(names) - 0.5, -0.5], tickvals=list(range(len(names))), ticktext=names,
        tickfont={"color": palette.look(mode).ink}, ticklabelstandoff=6,
    )  # fmt: skip


def _row_name(name: str, part: list[Record], mode: str) -> str:
    size = palette.look(mode).size
    known = len(words.known(part))
    said = _("{count}/{expected}家").format(count=known, expected=len(part))
    count = part[0].get("reported", said)
    return f"{wrap(name, 100 * size // 12, size, most=2)}<br><span style='font-size:{size - 2}px'>{count}</span>"


def _strips(parts: list[list[Record]], axis: scale.Axis, mode: str) -> list[Trace]:
    """All strips in three traces: a browser takes as long for each trace as for many dots of one."""
    values = [[row["value"] for row in part] for part in parts]
    near = (axis.high - axis.low) / 60
    spots = [(row, place + ROOM * step) for place, part in enumerate(parts)
             for row, step in zip(part, swarm(values[place], near), strict=True)]  # fmt: skip
    middles = {place: lower_median(told) for place, told in enumerate(values) if len(told) > 2}
    return [*_limits(spots, axis, mode), _dots(spots, mode), *_middles(middles, mode)]


def swarm(values: list[float], near: float) -> list[float]:
    """Return an offset in −1…1 for each value, so that values nearer than ``near`` do not hide each other."""
    cells: dict[int, int] = {}
    steps = []
    for value in values:
        cell = math.floor(value / near) if near else 0
        steps.append(cells.get(cell, 0))
        cells[cell] = steps[-1] + 1
    most = max(cells.values(), default=1)
    signs = [(step + 1) // 2 * (1 if step % 2 else -1) for step in steps]
    return [sign / max(1, most // 2) for sign in signs]


def _limits(spots: list[Spot], axis: scale.Axis, mode: str) -> list[Trace]:
    x: list[float | None] = []
    y: list[float | None] = []
    for row, height in spots:
        if not marks.certain(row):
            reach = marks.reach(row, axis.high)
            x += [max(reach.low, axis.low), min(reach.high, axis.high), None]
            y += [height, height, None]
    style = {"color": palette.faded(palette.look(mode).accent, 0.3), "width": 4 * palette.look(mode).zoom}
    return _strokes(x, y, style, "bounds")


def _dots(spots: list[Spot], mode: str) -> Trace:
    shade = palette.look(mode)
    return scatter(
        x=[row["value"] for row, _height in spots], y=[height for _row, height in spots], mode="markers",
        marker={"size": 9 * shade.zoom, "line": {"width": 1.6 * shade.zoom, "color": shade.accent},
                "color": [shade.accent if marks.certain(row) else shade.background for row, _height in spots]},
        customdata=[[row["ids"], str(row["label"])] for row, _height in spots], hoverinfo="text",
        hovertext=[row["hover"] for row, _height in spots], showlegend=False, name="dots", cliponaxis=False,
    )  # fmt: skip


def _middles(values: dict[int, float], mode: str) -> list[Trace]:
    shade = palette.look(mode)
    x = [x for value in values.values() for x in (value, value, None)]
    y = [y for place in values for y in (place - 0.4, place + 0.4, None)]
    return _strokes(x, y, {"color": shade.ink, "width": 2 * shade.zoom}, "middle")


def _strokes(x: list[float | None], y: list[float | None], style: dict[str, Any], name: str) -> list[Trace]:
    return [scatter(x=x, y=y, mode="lines", line=style, hoverinfo="skip", showlegend=False, name=name)] if x else []


def _sentence(groups: list[tuple[str, list[Record]]], meta: FigureMeta) -> str:
    parts = [_group_words(name, [row["value"] for row in words.known(part)], meta.unit) for name, part in groups]
    return f"{meta.title}{_('：')}{_('；').join(parts)}{_('。')}"


def _group_words(name: str, values: list[float], unit: str) -> str:
    if not values:
        return _("{name}未填报").format(name=name)
    found = {"low": min(values), "middle": lower_median(values), "high": max(values)}
    ends = {end: scaled(value, unit) for end, value in found.items()}
    return _("{name} {count} 家，{low} 至 {high}，居中 {middle}").format(name=name, count=len(values), **ends)
