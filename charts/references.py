"""Reference lines and remarks from a table: columns ``axis`` (value or period), ``at``, ``label``."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from charts import palette
from charts.drawing import Drawing
from charts.lettering import wrap
from charts.times import position

Share = tuple[float, float]  # from and to, of the height of a plot


def add(
    figure: Drawing,
    notes: pd.DataFrame | None,
    value_axis: str,
    mode: str,
    amounts: Mapping[float, Share] | None = None,
) -> None:
    """Draw each note as a dashed line with its words; nothing where there are none.

    ``at`` is a number in base units on the value axis, or a period such as ``2018-09``. Where ``amounts``
    are written at a place of the other axis, an upright line leaves them free.
    """
    if notes is None:
        return
    for note in notes.to_dict("records"):
        on_values = note["axis"] == "value"
        axis = value_axis if on_values else {"x": "y", "y": "x"}[value_axis]
        place = float(note["at"]) if on_values else position(str(note["at"]))
        _line(figure, axis, place, str(note["label"]), mode, (amounts or {}).get(place, (1, 1)))


def _line(figure: Drawing, axis: str, place: float, label: str, mode: str, free: Share) -> None:
    shade = palette.look(mode)
    text = wrap(label, 120 * shade.size // 12, shade.size - 1)
    style = {"color": shade.ink, "width": 1.2, "dash": "dash"}
    font = {"size": shade.size - 1, "color": shade.ink}
    backing = palette.faded(shade.background, 0.8)
    if axis == "x":
        for low, high in ((0, free[0]), (free[1], 1)):
            if low < high:
                figure.line("x", place, style, (low, high))
        figure.annotate(x=place, y=1, yref="paper", xanchor=_anchor(figure, place), yanchor="bottom", text=text,
                              showarrow=False, align="left", font=font, bgcolor=backing)  # fmt: skip
    else:
        figure.line("y", place, style)
        figure.annotate(x=0, xref="paper", xanchor="left", y=place, yanchor="bottom", text=text,
                              showarrow=False, font=font, bgcolor=backing)  # fmt: skip


def _anchor(figure: Drawing, place: float) -> str:
    """Words near an end of the axis stand inwards, lest they be cut off on a narrow screen."""
    low, high = figure.layout.get("xaxis", {}).get("range", (-math.inf, math.inf))
    share = (place - float(low)) / (float(high) - float(low))
    return "left" if share < 0.2 else "right" if share > 0.8 else "center"
