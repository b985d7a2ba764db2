"""Markers and lines of the series of native charts."""

from __future__ import annotations

from typing import Any

from pptx.enum.chart import XL_MARKER_STYLE
from pptx.util import Pt

from exports.look import ACCENT, CATEGORICAL
from exports.pptx.base import rgb

MARKERS = (
    XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.SQUARE, XL_MARKER_STYLE.DIAMOND, XL_MARKER_STYLE.TRIANGLE,
    XL_MARKER_STYLE.X, XL_MARKER_STYLE.PLUS, XL_MARKER_STYLE.STAR, XL_MARKER_STYLE.DASH,
)  # fmt: skip


def mark_points(series: Any, place: int, *, line: bool, single: bool) -> None:
    """Give a series markers of its own shape and colour, so that colour is not the only sign."""
    colour = rgb(ACCENT if single else CATEGORICAL[place % len(CATEGORICAL)])
    series.marker.style, series.marker.size = MARKERS[place % len(MARKERS)], 8
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = colour
    series.marker.format.line.color.rgb = colour
    if line:
        series.format.line.color.rgb, series.format.line.width = colour, Pt(2.25)
    else:
        series.format.line.fill.background()
