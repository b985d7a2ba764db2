"""Exhibit → figure: one place that knows which function draws which kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

import charts
from charts.drawing import Figure
from tidy.exhibit import Exhibit

FUNCTIONS: dict[str, Callable[..., Figure]] = {
    "bars": charts.bars,
    "ranking": charts.ranking,
    "series": charts.series,
    "dots": charts.dots,
    "heatmap": charts.heatmap,
    "choropleth": charts.choropleth,
    "pairs": charts.rate_pairs,
    "stack": charts.stacked,
    "slope": charts.slope,
    "dumbbell": charts.dumbbell,
    "small_multiples": charts.multiples,
    "player": charts.player,
    "bullets": charts.bullets,
}
NOTED = ("bars", "ranking", "series", "dots")  # kinds on which remarks and reference lines can stand
# Options of an exhibit that its figure function understands; other options are for exports.
TAKES = {"dots": ("by",), "choropleth": ("level", "within"), "ranking": ("highest_first",), "small_multiples": ("by",)}


def draw(exhibit: Exhibit, mode: str = "light") -> Figure:
    """Return the figure of an exhibit in ``mode`` (light, dark, print, wall).

    Raises ``KeyError`` for a kind that is no chart (``table``).
    """
    takes = TAKES.get(exhibit.kind, ())
    options: dict[str, Any] = {name: exhibit.options[name] for name in takes if name in exhibit.options}
    if exhibit.kind in NOTED and exhibit.options.get("notes") is not None:
        options["notes"] = exhibit.options["notes"]
    table = _beside(exhibit.table) if exhibit.kind == "pairs" else exhibit.table
    return FUNCTIONS[exhibit.kind](table, exhibit.meta, mode=mode, **options)


def _beside(table: pd.DataFrame) -> pd.DataFrame:
    """Put each recomputed rate (the second row of a label) beside the printed one."""
    printed = table.iloc[0::2].reset_index(drop=True)
    computed = table.iloc[1::2].reset_index(drop=True)
    ids = printed["observation_ids"] + "|" + computed["observation_ids"]
    return printed.assign(computed_low=computed["low"], computed_high=computed["high"], observation_ids=ids)
