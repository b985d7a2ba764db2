"""Honest arithmetic (design.md section 5): sums, rates, spread, change, ranks, lights, coverage."""

from tidy.measures.change import Change, change, difference
from tidy.measures.lights import Light, light
from tidy.measures.ranks import Ladder, ends, rank_ranges, rank_text
from tidy.measures.rates import Spread, lower_median, rate_of_sums, recompute, recomputed_from, spread
from tidy.measures.reported import Reported, reported
from tidy.measures.series import latest, points
from tidy.measures.totals import NotAdditive, Total, total, without_nested

__all__ = [
    "Change",
    "Ladder",
    "Light",
    "NotAdditive",
    "Reported",
    "Spread",
    "Total",
    "change",
    "difference",
    "ends",
    "latest",
    "light",
    "lower_median",
    "points",
    "rank_ranges",
    "rank_text",
    "rate_of_sums",
    "recompute",
    "recomputed_from",
    "reported",
    "spread",
    "total",
    "without_nested",
]  # fmt: skip
