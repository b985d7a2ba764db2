"""Rows from the top down with labels at the left: what every figure of horizontal marks shares.

A bar is solid to the certain end of a figure and hatched to the possible end; an arrow head
stands where no end is set, a stroke at the printed number where it is not exact.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from charts import marks, palette, scale, theme
from charts.drawing import Drawing, Trace, bar, scatter
from charts.lettering import count_lines, pixels, wrap
from charts.scale import Axis
from charts.words import Record

LABEL_ROOM = 0.36  # of the narrowest width, at most, for the labels at the left
LEAST = 60  # pixels of a line of such a label where long amounts stand at the right
BARS = 90  # pixels that bars have on the narrowest screen unless labels of LEAST take them
SPACE, CUT = "\u00a0", "…"


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows from the top down with their wrapped labels, and the room these need."""

    records: Sequence[Record]
    labels: tuple[str, ...]
    axis: Axis
    frame: theme.Frame


def lay(rows: Sequence[Record], unit: str, mode: str, *, axis: Axis | None = None, noted: bool = False) -> Rows:
    """Return labels, axis and frame for rows from the top down.

    ``detail`` of a row is a small second line under the label; ``axis`` is made from the rows
    unless given; ``noted`` keeps room for a reference line's words.
    """
    size, width = palette.look(mode).size, palette.look(mode).narrow - theme.CARD
    right = pixels((row["text"] for row in rows), size) + 22
    labels = _labels(rows, mode, max(LEAST * size // 12, width - right - 18 - BARS * size // 12))
    if any(CUT in label for label in labels):
        labels = _labels(rows, mode, width)  # a name says more than a long bar
    lines = max((count_lines(label) for label in labels), default=1)
    left = pixels(labels, size) + 18
    frame = theme.Frame(
        plot=max(50, round(len(rows) * (13 + 14 * lines) * size / 12)),
        left=left,
        right=right,
        bottom=round(size * 2),
        above=round(size * 3) if noted else 0,
    )
    return Rows(rows, labels, axis or _axis(marks.room(rows), unit, width - left - right, size), frame)


def _axis(values: Sequence[float], unit: str, room: int, size: int) -> Axis:
    """A value axis with as many ticks, of three, as stand beside each other in ``room`` pixels."""
    for count in (3, 2, 1):
        axis = scale.axis(values, unit, count=count, tight=True)
        if pixels(["".join(axis.texts)], size) + 8 * len(axis.texts) <= room:
            break
    return axis


def _labels(rows: Sequence[Record], mode: str, most: int) -> tuple[str, ...]:
    shade = palette.look(mode)
    room = min(round(shade.narrow * LABEL_ROOM), most)
    labels = [wrap(str(row["label"]), room, shade.size, most=2) for row in rows]
    if not rows or "detail" not in rows[0]:
        return tuple(labels)
    style = f"font-size:{shade.size - 1}px;color:{shade.muted}"
    lines = [wrap(str(row["detail"]), room, shade.size - 1).split("<br>") for row in rows]
    small = ["".join(f"<br><span style='{style}'>{line}</span>" for line in part) for part in lines]
    return tuple(label + detail for label, detail in zip(labels, small, strict=True))


def set_axes(figure: Drawing, laid: Rows, mode: str) -> None:
    """Set the value axis below and the labels at the left, first row on top."""
    axis = laid.axis
    figure.x(range=[axis.low, axis.high], tickvals=axis.places, ticktext=axis.texts, showgrid=True)
    figure.y(
        range=[len(laid.labels) - 0.5, -0.5], tickvals=list(range(len(laid.labels))), ticktext=laid.labels,
        tickfont={"color": palette.look(mode).ink}, ticklabelstandoff=6,
    )  # fmt: skip


def reported(rows: Sequence[Record]) -> list[tuple[int, Record]]:
    """Return the rows that hold a figure, with their places from the top."""
    return [(place, row) for place, row in enumerate(rows) if not math.isnan(row["value"])]


def bar_traces(laid: Rows, mode: str, colours: Sequence[str] | None = None) -> list[Any]:
    """Return solid bars, hatched bars, strokes with arrow heads, and amounts: always these four.

    ``colours`` is one colour a row; without it all bars have the accent colour.
    """
    shades = list(colours or [palette.look(mode).accent] * len(laid.records))
    return [*_solid_and_hatched(laid, shades, mode), strokes(laid, mode), _amounts(laid, mode)]


def _solid_and_hatched(laid: Rows, colours: list[str], mode: str) -> list[Trace]:
    found = reported(laid.records)
    places = [place for place, _row in found]
    reaches = [marks.reach(row, laid.axis.high) for _place, row in found]
    told = [row for _place, row in found]
    fills = [colours[place] for place in places]
    shared = {"y": places, "orientation": "h", "customdata": marks.custom(told), "hoverinfo": "text",
              "hovertext": [row["hover"] for row in told], "showlegend": False}  # fmt: skip
    solid = bar(x=[reach.low for reach in reaches], marker={"color": fills}, name="certain", **shared)
    possible = bar(
        base=[reach.low for reach in reaches], x=[reach.high - reach.low for reach in reaches], name="possible",
        marker={"color": fills, "pattern": hatch(fills, mode), "line": {"width": 0}}, **shared,
    )  # fmt: skip
    return [solid, possible]


def hatch(colours: str | list[str], mode: str) -> dict[str, Any]:
    """Return the pattern of what is possible but not certain."""
    background = palette.look(mode).background
    return {"shape": "/", "size": 5, "solidity": 0.35, "fgcolor": colours, "bgcolor": background}


def strokes(laid: Rows, mode: str) -> Trace:
    """A stroke at the printed number where it is not exact, an arrow head where no limit is set."""
    ink, zoom = palette.look(mode).ink, palette.look(mode).zoom
    points: list[tuple[float, int, str]] = []
    for place, row in reported(laid.records):
        reach = marks.reach(row, laid.axis.high)
        if not marks.certain(row):
            points.append((float(row["value"]), place, "line-ns-open"))
        if reach.open_end:
            points.append((reach.high, place, "triangle-right"))
    return scatter(
        x=[x for x, _y, _symbol in points], y=[y for _x, y, _symbol in points], mode="markers",
        marker={"symbol": [symbol for _x, _y, symbol in points], "size": 11 * zoom, "color": ink,
                "line": {"width": 2 * zoom, "color": ink}},
        showlegend=False, name="bounds", cliponaxis=False, hoverinfo="skip",
    )  # fmt: skip


def _amounts(laid: Rows, mode: str) -> Trace:
    """The amount beside each bar's end; a row without a figure says so at the axis."""
    shade = palette.look(mode)
    ends = dict.fromkeys(range(len(laid.records)), laid.axis.low)
    ends |= {place: marks.reach(row, laid.axis.high).high for place, row in reported(laid.records)}
    colours = [shade.muted if math.isnan(row["value"]) else shade.ink for row in laid.records]
    return scatter(
        x=list(ends.values()), y=list(ends), mode="text", textposition="middle right", textfont={"color": colours},
        text=[_gap(row) + row["text"] for row in laid.records], cliponaxis=False,
        hoverinfo="skip", showlegend=False, name="amounts",
    )  # fmt: skip


def _gap(row: Record) -> str:
    """Room between a bar's end and its amount; more where an arrow head stands there."""
    open_end = not math.isnan(row["value"]) and marks.reach(row, 0).open_end
    return SPACE * (4 if open_end else 1)
