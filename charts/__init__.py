"""Tidy table and metadata in, plotly figure out: pure functions that share one theme."""

from charts.bars import bars, ranking
from charts.heat import heatmap
from charts.maps import choropleth
from charts.meta import FigureMeta
from charts.series import series
from charts.spread import dots
from charts.theme import describe

__all__ = ["FigureMeta", "bars", "choropleth", "describe", "dots", "heatmap", "ranking", "series"]
