"""Small figures: a panel a city on one scale, and a line for a table cell or card."""

from __future__ import annotations

from typing import Any

import pandas as pd

from charts import marks, palette, scale, series, theme, words
from charts.drawing import Drawing, Figure
from charts.lettering import pixels
from charts.nothing import or_nothing
from tidy.exhibit import FigureMeta
from tidy.language import _

COLUMNS = 3
PANEL = 74
HEAD = 40  # over a panel, for its name and its latest figure
FOOT = 20
GUTTER = 0.05


@or_nothing(dated=True)
def multiples(table: pd.DataFrame, meta: FigureMeta, *, by: str = "city", mode: str = "light") -> Figure:
    """Return one small time series for each value of the column ``by``, all on the same scales.

    A panel without any figure stays empty and says that nothing is reported.
    """
    rows = series.dated(table, meta, by)
    shade = palette.look(mode)
    parts = words.grouped(rows, by)
    axis = scale.axis([value * series.AIR for value in marks.room(rows)], meta.unit, count=2, tight=True)
    lines = -(-len(parts) // COLUMNS)
    frame = theme.Frame(
        plot=lines * (PANEL + HEAD + FOOT) * shade.size // 12, left=pixels(axis.texts, shade.size) + 18, right=16,
        bottom=6,
    )  # fmt: skip
    figure = theme.canvas(meta, mode, frame, unit=axis.unit)
    for place, (name, part) in enumerate(parts.items()):
        _panel(figure, place, lines, name, part, axis, series.time_range(rows), mode)
    return marks.finish(figure, series.over_time(rows, meta.title), "y")


def _panel(
    figure: Drawing, place: int, lines: int, name: str, part: list[words.Record], axis: scale.Axis,
    times: tuple[float, float], mode: str,
) -> None:  # fmt: skip
    """Place one panel's axes, line and heading."""
    number = "" if place == 0 else str(place + 1)
    across, down = _domains(place, lines)
    shade = palette.look(mode)
    years = [round(times[0] + 0.2), round(times[1] - 0.2)]
    figure.set(**{
        f"xaxis{number}": {"domain": across, "anchor": f"y{number}", "range": times, "tickvals": years,
                           "ticktext": [str(year) for year in years], "showline": True,
                           "tickfont": {"size": shade.size - 2}},
        f"yaxis{number}": {"domain": down, "anchor": f"x{number}", "range": [axis.low, axis.high],
                           "tickvals": axis.places, "ticktext": axis.texts, "showgrid": True,
                           "showticklabels": place % COLUMNS == 0, "ticklabelstandoff": 4},
    })  # fmt: skip
    known = words.known(part)
    if known:
        figure.add(series.line_traces([part], axis, mode, axes=number))
    figure.annotate(**_head(name, known[-1]["text"] if known else _("未填报"), across[0], down[1], mode))


def _domains(place: int, lines: int) -> tuple[list[float], list[float]]:
    """Return the parts of the plot area that one panel has, across and upwards."""
    column, line = place % COLUMNS, place // COLUMNS
    width = (1 - GUTTER * (COLUMNS - 1)) / COLUMNS
    left = column * (width + GUTTER)
    height = 1 / lines
    total = PANEL + HEAD + FOOT
    top = 1 - line * height - height * HEAD / total
    return [left, left + width], [top - height * PANEL / total, top]


def _head(name: str, text: str, left: float, top: float, mode: str) -> dict[str, Any]:
    shade = palette.look(mode)
    small = f"<br><span style='font-size:{shade.size - 1}px;color:{shade.muted}'>{text}</span>"
    return {"text": f"<b>{name}</b>{small}", "x": left, "y": top, "xref": "paper", "yref": "paper", "align": "left",
            "xanchor": "left", "yanchor": "bottom", "showarrow": False, "xshift": -2}  # fmt: skip


def sparkline(table: pd.DataFrame, meta: FigureMeta, *, mode: str = "light") -> Figure:
    """Return a line without axes or heading, for a card or a table cell; the title is only spoken."""
    rows = series.dated(table, meta)
    axis = scale.axis([value * series.AIR for value in marks.room(rows)], meta.unit, tight=True)
    figure = Drawing({"template": theme.template(mode), "height": 44, "showlegend": False,
                               "margin": {"l": 6, "r": 6, "t": 6, "b": 6}})  # fmt: skip
    figure.add(series.line_traces([rows], axis, mode) if rows else [])
    for trace in figure.traces:
        if trace["mode"] == "lines+markers":
            trace["marker"] = trace["marker"] | {"size": 5}
    figure.x(visible=False, range=series.time_range(rows) if rows else None)
    figure.y(visible=False, range=[axis.low, axis.high])
    return marks.finish(figure, series.over_time(rows, meta.title), "y")
