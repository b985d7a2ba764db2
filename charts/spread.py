"""Rates that must not be averaged: one dot a reporter, the middle marked, bounds drawn."""

from __future__ import annotations

import math

import pandas as pd

from charts import marks, palette, references, scale, theme, words
from charts.drawing import Drawing, Figure, Trace, scatter
from charts.lettering import pixels, wrap
from charts.nothing import or_nothing
from charts.words import Record
from tidy.exhibit import FigureMeta
from tidy.format import scaled
from tidy.language import _
from tidy.measures import lower_median

PITCH = 46
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
    for place, (_name, part) in enumerate(groups):
        figure.add(_strip(words.known(part), place, axis, mode))
    _axes(figure, axis, names, mode)
    references.add(figure, notes, "x", mode)
    return marks.finish(figure, _sentence(groups, meta), "x")


def _frame(names: list[str], noted: bool, mode: str) -> theme.Frame:
    size = palette.look(mode).size
    return theme.Frame(
        plot=max(80, PITCH * len(names) * size // 12),
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


def _strip(part: list[Record], place: int, axis: scale.Axis, mode: str) -> list[Trace]:
    if not part:
        return []
    values = [row["value"] for row in part]
    heights = swarm(values, (axis.high - axis.low) / 60)
    traces = [_limits(part, heights, place, axis, mode), _dots(part, heights, place, mode)]
    return [*traces, _middle(lower_median(values), place, mode)] if len(part) > 2 else traces


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


def _limits(part: list[Record], heights: list[float], place: int, axis: scale.Axis, mode: str) -> Trace:
    x: list[float | None] = []
    y: list[float | None] = []
    for row, height in zip(part, heights, strict=True):
        if not marks.certain(row):
            reach = marks.reach(row, axis.high)
            x += [max(reach.low, axis.low), min(reach.high, axis.high), None]
            y += [place + ROOM * height] * 2 + [None]
    style = {"color": palette.faded(palette.look(mode).accent, 0.3), "width": 4 * palette.look(mode).zoom}
    return scatter(x=x, y=y, mode="lines", line=style, hoverinfo="skip", showlegend=False, name="bounds")


def _dots(part: list[Record], heights: list[float], place: int, mode: str) -> Trace:
    shade = palette.look(mode)
    return scatter(
        x=[row["value"] for row in part], y=[place + ROOM * height for height in heights], mode="markers",
        marker={"size": 9 * shade.zoom, "line": {"width": 1.6 * shade.zoom, "color": shade.accent},
                "color": [shade.accent if marks.certain(row) else shade.background for row in part]},
        customdata=[[row["ids"], str(row["label"])] for row in part], hoverinfo="text",
        hovertext=[row["hover"] for row in part], showlegend=False, name=str(place), cliponaxis=False,
    )  # fmt: skip


def _middle(value: float, place: int, mode: str) -> Trace:
    shade = palette.look(mode)
    return scatter(
        x=[value, value], y=[place - 0.4, place + 0.4], mode="lines",
        line={"color": shade.ink, "width": 2 * shade.zoom}, hoverinfo="skip", showlegend=False, name="middle",
    )  # fmt: skip


def _sentence(groups: list[tuple[str, list[Record]]], meta: FigureMeta) -> str:
    parts = [_group_words(name, [row["value"] for row in words.known(part)], meta.unit) for name, part in groups]
    return f"{meta.title}{_('：')}{_('；').join(parts)}{_('。')}"


def _group_words(name: str, values: list[float], unit: str) -> str:
    if not values:
        return _("{name}未填报").format(name=name)
    found = {"low": min(values), "middle": lower_median(values), "high": max(values)}
    ends = {end: scaled(value, unit) for end, value in found.items()}
    return _("{name} {count} 家，{low} 至 {high}，居中 {middle}").format(name=name, count=len(values), **ends)
