"""Time player: bars that move from period to period, on one scale."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pandas as pd

from charts import marks, palette, theme, words
from charts.drawing import Figure
from charts.nothing import or_nothing
from charts.rows import Rows, bar_traces, lay, set_axes
from charts.times import position
from charts.words import Record
from tidy import periods
from tidy.exhibit import FigureMeta
from tidy.language import _

CONTROLS = 96  # room below for slider and buttons


@or_nothing(dated=True)
def player(table: pd.DataFrame, meta: FigureMeta, *, mode: str = "light") -> Figure:
    """Return bars by ``label`` with a frame for each ``period``; it opens at the latest.

    Labels keep their places, so a reporter that did not report for a period says so there.
    """
    rows = [row for row in words.prepared(table, "period", unit=meta.unit) if row["period"] != ""]
    times = sorted({str(row["period"]) for row in rows}, key=position)
    every = lay(rows, meta.unit, mode)
    laid = {time: _at(rows, time, every, meta.unit, mode) for time in times}
    last = laid[times[-1]]
    frame = replace(last.frame, right=every.frame.right, bottom=last.frame.bottom + CONTROLS)
    figure = theme.canvas(meta, mode, frame, unit=every.axis.unit)
    figure.add(bar_traces(last, mode))
    figure.frames = [{"name": time, "data": bar_traces(one, mode)} for time, one in laid.items()]
    set_axes(figure, last, mode)
    figure.set(barmode="overlay", bargap=0.32, sliders=[_slider(times, mode)], updatemenus=[_buttons(frame.plot, mode)])
    return marks.finish(figure, _sentence(last, times, meta.title), "x")


def _at(rows: list[Record], time: str, every: Rows, unit: str, mode: str) -> Rows:
    """Lay out one period with every label in its place, on the common axis."""
    none = {"value": math.nan, "low": math.nan, "high": math.nan, "qualifier": "exact", "text": _("未填报"), "ids": "", "hover": ""}  # fmt: skip
    now = {row["label"]: row for row in reversed(rows) if row["period"] == time}
    labels = dict.fromkeys(row["label"] for row in rows)
    return lay([now.get(label, none | {"label": label}) for label in labels], unit, mode, axis=every.axis)


def _slider(times: list[str], mode: str) -> dict[str, Any]:
    shade = palette.look(mode)
    steps = [{"label": periods.label(time), "method": "animate", "args": [[time], _move(0)]} for time in times]
    return {
        "active": len(times) - 1, "steps": steps, "x": 0, "len": 1, "y": 0, "yanchor": "top",
        "pad": {"t": 30, "b": 0}, "currentvalue": {"prefix": "", "font": {"size": shade.size + 2}, "xanchor": "left"},
        "bordercolor": shade.muted, "bgcolor": shade.grid, "activebgcolor": shade.accent, "ticklen": 3,
        "font": {"color": shade.ink, "size": shade.size - 2}, "minorticklen": 0,
    }  # fmt: skip


def _move(milliseconds: int) -> dict[str, Any]:
    return {"mode": "immediate", "fromcurrent": True, "transition": {"duration": milliseconds // 2},
            "frame": {"duration": milliseconds, "redraw": True}}  # fmt: skip


def _buttons(plot: int, mode: str) -> dict[str, Any]:
    shade = palette.look(mode)
    return {
        "type": "buttons", "direction": "left", "showactive": False, "x": 1, "xanchor": "right",
        "y": -26 / plot, "yanchor": "top", "pad": {"t": 0, "r": 0}, "bgcolor": shade.grid,
        "bordercolor": shade.muted, "font": {"color": shade.ink},
        "buttons": [
            {"label": _("▶ 播放"), "method": "animate", "args": [None, _move(1200)]},
            {"label": _("暂停"), "method": "animate", "args": [[None], _move(0)]},
        ],
    }  # fmt: skip


def _sentence(last: Rows, times: list[str], title: str) -> str:
    spoken = marks.summary(last.records, f"{title}{_('，')}{periods.label(times[-1])}")
    return _("{sentence}可播放 {count} 个时期。").format(sentence=spoken, count=len(times))
