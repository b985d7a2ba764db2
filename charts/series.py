"""Figures over time: lines with gaps, bounds drawn, words at the line's end."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from charts import marks, palette, references, scale, theme, words
from charts.drawing import Drawing, Figure, Trace, scatter
from charts.lettering import apart, count_lines, pixels, wrap
from charts.nothing import or_nothing
from charts.palette import Look
from charts.scale import Axis
from charts.times import breaks_between, position
from charts.words import Record
from tidy import periods
from tidy.exhibit import FigureMeta
from tidy.language import _

SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "x", "star", "pentagon", "hexagon", "hourglass",
           "bowtie")  # fmt: skip
DASHES = ("solid", "dash", "dot", "dashdot")
PLOT = 260
AIR = 1.1  # over the highest point, for its amount
SPOKEN = 4  # lines that the text alternative tells of


@or_nothing(dated=True)
def series(table: pd.DataFrame, meta: FigureMeta, *, mode: str = "light", notes: pd.DataFrame | None = None) -> Figure:
    """Return one line a ``series`` over ``period``; a year without figure breaks the line.

    A bar behind each point shows what the figure can mean, an arrow that it sets no upper
    limit. Without a ``series`` column all rows are one line, each point with its amount.
    """
    rows = dated(table, meta)
    shade = palette.look(mode)
    axis = scale.axis([value * AIR for value in marks.room(rows)], meta.unit, tight=True)
    lines = list(words.grouped(rows, "series").values())
    ends = [_end_text(line, len(lines)) for line in lines] if len(lines) > 1 else []
    line = round(shade.size * 1.35)
    height = max(PLOT * shade.size // 12, line * sum(map(count_lines, ends)))
    frame = theme.Frame(
        plot=height,
        left=pixels(axis.texts, shade.size) + 20,
        right=pixels(ends, shade.size) + 26 if ends else 36 * shade.size // 12,
        bottom=round(shade.size * 3.4),
        above=round(shade.size * 3) if notes is not None else 8,
    )
    figure = theme.canvas(meta, mode, frame, unit=axis.unit)
    figure.add(line_traces(lines, axis, mode, amounts=not ends))
    if ends:
        figure.add(_end_words(lines, ends, axis, line / height, mode))
    _axes(figure, rows, axis, mode)
    references.add(figure, notes, "y", mode, _written(lines[0], axis, shade.size / height) if not ends else None)
    return marks.finish(figure, over_time(rows, meta.title), "y")


def dated(table: pd.DataFrame, meta: FigureMeta, by: str = "series") -> list[Record]:
    """Return the rows that have a period, each line's (``by``) together and in the order of time."""
    rows = [row for row in words.prepared(table, "period", unit=meta.unit) if row["period"] != ""]
    for row in rows:
        row |= {"series": row.get(by, ""), "at": position(str(row["period"]))}
    lines = words.grouped(rows, "series").values()
    return [row for line in lines for row in sorted(line, key=lambda row: row["at"])]


def line_traces(
    lines: list[list[Record]], axis: Axis, mode: str, *, amounts: bool = False, axes: str = ""
) -> list[Trace]:
    """Return a trace a line, its bounds with it, and one for the arrows of all; ``axes`` is a panel's number.

    A browser takes as long for each trace as for many points of one.
    """
    where = {"xaxis": f"x{axes}", "yaxis": f"y{axes}", "showlegend": False}
    paths = [_path(line, place, axis, mode, where) for place, line in enumerate(lines)]
    traces = [*paths, *_arrows(lines, axis, palette.look(mode), where)]
    return [*traces, _amounts(lines[0], axis, where)] if amounts else traces


def _colour(place: int, shade: Look) -> str:
    return shade.categorical[place % len(shade.categorical)]


def _bounds(points: list[Record | None], axis: Axis, colour: str, shade: Look) -> dict[str, Any] | None:
    """What each figure can mean, as a broad pale bar behind its point; ``None`` where all are certain."""
    reaches = [None if row is None or marks.certain(row) else marks.reach(row, axis.high) for row in points]
    if not any(reaches):
        return None
    pairs = list(zip(points, reaches, strict=True))
    return {
        "type": "data", "symmetric": False, "width": 0, "thickness": 9 * shade.zoom, "color": palette.faded(colour, 0.35),
        "array": [reach.high - row["value"] if row and reach else None for row, reach in pairs],
        "arrayminus": [row["value"] - reach.low if row and reach else None for row, reach in pairs],
    }  # fmt: skip


def _arrows(lines: list[list[Record]], axis: Axis, shade: Look, where: dict[str, Any]) -> list[Trace]:
    told = [(row["at"], marks.reach(row, axis.high), _colour(place, shade)) for place, line in enumerate(lines)
            for row in words.known(line)]  # fmt: skip
    ends = [(at, reach.high, colour) for at, reach, colour in told if reach.open_end]
    if not ends:
        return []
    x, y, colours = map(list, zip(*ends, strict=True))
    marker = {"symbol": "triangle-up", "size": 11 * shade.zoom, "color": colours}
    return [scatter(x=x, y=y, mode="markers", name="open", marker=marker, hoverinfo="skip", cliponaxis=False, **where)]


def _amounts(line: list[Record], axis: Axis, where: dict[str, Any]) -> Trace:
    """Each point's amount, above all that is drawn for it."""
    known = words.known(line)
    return scatter(
        x=[row["at"] for row in known], y=[marks.reach(row, axis.high).high for row in known], mode="text",
        text=[f"{row['text']}<br>\u00a0" for row in known], textposition="top center", cliponaxis=False,
        hoverinfo="skip", name="amounts", **where,
    )  # fmt: skip


def _written(line: list[Record], axis: Axis, em: float) -> dict[float, references.Share]:
    """Between which heights each point's amount is written, as shares of the plot, of which a letter takes ``em``."""
    tops = [(row["at"], (marks.reach(row, axis.high).high - axis.low) / (axis.high - axis.low))
            for row in words.known(line)]  # fmt: skip
    return {at: (top, top + 3.2 * em) for at, top in tops}


def _path(line: list[Record], place: int, axis: Axis, mode: str, where: dict[str, Any]) -> Trace:
    shade = palette.look(mode)
    colour = _colour(place, shade)
    points = with_gaps(line)
    exact = [row is not None and marks.certain(row) for row in points]
    return scatter(
        x=[row["at"] if row else None for row in points], y=[row["value"] if row else None for row in points],
        mode="lines+markers", name=str(line[0]["series"]),
        line={"color": colour, "width": 2 * shade.zoom, "dash": DASHES[place // 3 % len(DASHES)]}, connectgaps=False,
        marker={"symbol": SYMBOLS[place % len(SYMBOLS)], "size": 9 * shade.zoom,
                "color": [colour if sure else shade.background for sure in exact],
                "line": {"color": colour, "width": 2 * shade.zoom}},
        error_y=_bounds(points, axis, colour, shade), cliponaxis=False,
        hoverinfo="text", hovertext=[row["hover"] if row else "" for row in points],
        customdata=[[row["ids"], str(row["series"])] if row else ["", ""] for row in points], **where,
    )  # fmt: skip


def with_gaps(line: list[Record]) -> list[Record | None]:
    """Return a series' figures with ``None`` where the line must break: no report, or a year left out."""
    points: list[Record | None] = []
    for row in line:
        if math.isnan(row["value"]):
            points.append(None)
            continue
        last = points[-1] if points else None
        if last is not None and breaks_between(last["at"], row["at"]):
            points.append(None)
        points.append(row)
    return points


def _end_text(line: list[Record], count: int) -> str:
    """The words at a line's end: its name, with the amount where there is room for it."""
    known = words.known(line)
    name = wrap(str(line[0]["series"]), 90, 12, most=2)
    return f"{name} {known[-1]['text']}" if known and count <= 6 else name


def _end_words(lines: list[list[Record]], ends: list[str], axis: Axis, share: float, mode: str) -> list[Trace]:
    """Name each line at the right edge, no two names on each other, a thin leader to each; ``share`` of the plot is a line."""
    shade = palette.look(mode)
    known = [words.known(line) for line in lines]
    shown = [place for place, line in enumerate(known) if line]
    edge = time_range([row for line in lines for row in line])[1]
    rooms = [(axis.high - axis.low) * share * count_lines(ends[place]) for place in shown]
    lasts = [(known[place][-1]["at"], known[place][-1]["value"]) for place in shown]
    heights = apart([value for _at, value in lasts], rooms, axis.low, axis.high)
    names = scatter(
        x=[edge] * len(shown), y=heights, mode="text", text=[f"\u00a0{ends[place]}" for place in shown],
        textposition="middle right", textfont={"color": shade.ink}, cliponaxis=False, hoverinfo="skip",
        showlegend=False, name="names",
    )  # fmt: skip
    leaders = scatter(
        x=[x for at, _value in lasts for x in (at, edge, None)],
        y=[y for (_at, value), height in zip(lasts, heights, strict=True) for y in (value, height, None)],
        mode="lines", line={"color": shade.muted, "width": 0.8, "dash": "dot"}, hoverinfo="skip", showlegend=False,
        cliponaxis=False, name="leaders",
    )  # fmt: skip
    return [leaders, names]


def time_range(rows: list[Record]) -> tuple[float, float]:
    """Return the ends of the time axis: the figures' own, with some air."""
    times = [row["at"] for row in rows]
    first, last = min(times), max(times)
    air = max(0.06 * (last - first), 0.2)
    return first - air, last + air


def _axes(figure: Drawing, rows: list[Record], axis: Axis, mode: str) -> None:
    places, texts = time_ticks(rows, palette.look(mode).size)
    figure.x(tickvals=places, ticktext=texts, range=time_range(rows), showline=True, tickangle=0)
    figure.y(tickvals=axis.places, ticktext=axis.texts, range=[axis.low, axis.high], showgrid=True, ticklabelstandoff=4)


def time_ticks(rows: list[Record], size: int) -> tuple[list[float], list[str]]:
    """Return tick places and texts: each period by name while there are few, else years alone."""
    named = {row["at"]: str(row["period"]) for row in reversed(rows)}  # the first name of a time stands
    places = sorted(named)
    if len(places) <= 5:
        return places, [wrap(periods.label(named[at]), size * 5, size) for at in places]
    years = range(math.ceil(min(places)), math.floor(max(places)) + 1)
    step = max(1, -(-len(years) // 6))
    return [float(year) for year in years[::step]], [str(year) for year in years[::step]]


def over_time(rows: list[Record], title: str) -> str:
    """Return one sentence: each series' first and last figure."""
    lines = list(words.grouped(words.known(rows), "series").items())
    parts = []
    for name, known in lines[:SPOKEN]:
        ends = (known[0], known[-1])
        spoken = [f"{periods.label(str(row['period']))} {row['text']}" for row in ends]
        parts.append(f"{name} ".lstrip() + _("，").join(dict.fromkeys(spoken)))
    if len(lines) > SPOKEN:
        parts.append(_("另有 {count} 条线").format(count=len(lines) - SPOKEN))
    return f"{title}{_('：')}{_('；').join(parts) or _('未填报')}{_('。')}"
