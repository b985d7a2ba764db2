"""Exhibit → figure: one place that knows which function draws which kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import plotly.graph_objects as go

import charts
from charts.meta import FigureMeta
from tidy.exhibit import Exhibit

# Options of an exhibit that its figure function understands; other options are for exports.
TAKES = {"choropleth": ("level",), "ranking": ("highest_first",)}


def draw(exhibit: Exhibit, mode: str = "light") -> go.Figure:
    """Return the figure of an exhibit in ``mode`` (light, dark, print, wall).

    Raises ``KeyError`` for a kind that is no chart (``table``).
    """
    function: Callable[..., go.Figure] = getattr(charts, exhibit.kind, None) or _missing(exhibit.kind)
    options: dict[str, Any] = {
        name: exhibit.options[name] for name in TAKES.get(exhibit.kind, ()) if name in exhibit.options
    }
    return function(exhibit.table, words(exhibit), mode=mode, **options)


def words(exhibit: Exhibit) -> FigureMeta:
    """Return an exhibit's words as a figure's."""
    meta = exhibit.meta
    reported = meta.reported
    pair = (reported.count, reported.expected) if reported and reported.expected is not None else None
    return FigureMeta(meta.title, meta.subtitle, meta.unit, meta.source, meta.note, pair)


def _missing(kind: str) -> Callable[..., go.Figure]:
    raise KeyError(kind)
