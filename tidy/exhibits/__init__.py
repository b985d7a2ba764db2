"""Builders of exhibits: observations in, one table with its words out (pandas only)."""

from tidy.exhibits.areas import by_city, by_type, city_map
from tidy.exhibits.cards import Card, card
from tidy.exhibits.compare import dumbbell, slope
from tidy.exhibits.completeness import completeness
from tidy.exhibits.distribution import dots, ranking
from tidy.exhibits.pairs import printed_and_recomputed
from tidy.exhibits.pilots import pilots_by_city, pilots_by_type, pilots_map
from tidy.exhibits.series import over_time, small_multiples

__all__ = [
    "Card", "by_city", "by_type", "card", "city_map", "completeness", "dots", "dumbbell", "over_time",
    "pilots_by_city", "pilots_by_type", "pilots_map", "printed_and_recomputed", "ranking", "slope",
    "small_multiples",
]  # fmt: skip
