"""Tidy table and metadata in, plotly figure out: pure functions that share one theme.

Every figure function takes a table with the columns ``label``, ``value``, ``low``, ``high``
(empty: no limit), ``qualifier`` and ``observation_ids``, a :class:`FigureMeta`, and the mode
light, dark, print or wall. It never changes the table. A row without value is a reporter
that has not reported; it is shown as such.
"""

from charts.bars import bars, bullets, ranking
from charts.heat import heatmap
from charts.maps import choropleth
from charts.pairs import dumbbell, rate_pairs
from charts.panels import multiples, sparkline
from charts.player import player
from charts.series import series
from charts.slope import slope
from charts.spread import dots
from charts.stacks import stacked
from charts.theme import describe
from tidy.exhibit import FigureMeta

__all__ = [
    "FigureMeta", "bars", "bullets", "choropleth", "describe", "dots", "dumbbell", "heatmap", "multiples",
    "player", "ranking", "rate_pairs", "series", "slope", "sparkline", "stacked",
]  # fmt: skip
