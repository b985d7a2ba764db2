"""Builders of exhibits: observations in, one table with its words out (pandas only)."""

from tidy.exhibits._common import city_name, labels, marked, reporter_label, results, row_at, row_of, type_name
from tidy.exhibits.anomalies import anomalies
from tidy.exhibits.areas import by_city, by_type, city_map
from tidy.exhibits.calendar import calendar
from tidy.exhibits.cards import Card, card
from tidy.exhibits.compare import dumbbell, slope
from tidy.exhibits.completeness import completeness, group_name
from tidy.exhibits.crosstab import DIMENSIONS, crosstab, dimension_name
from tidy.exhibits.distribution import dots, ranking
from tidy.exhibits.latest import latest
from tidy.exhibits.pairs import printed_and_recomputed
from tidy.exhibits.peers import Standing, peers, standing
from tidy.exhibits.pilots import pilots_by_city, pilots_by_type, pilots_map
from tidy.exhibits.series import measure_name, over_time, player, small_multiples
from tidy.exhibits.targets import against_targets, plans

__all__ = [
    "DIMENSIONS",
    "Card",
    "Standing",
    "against_targets",
    "anomalies",
    "by_city",
    "by_type",
    "calendar",
    "card",
    "city_map",
    "city_name",
    "completeness",
    "crosstab",
    "dimension_name",
    "dots",
    "dumbbell",
    "group_name",
    "labels",
    "latest",
    "marked",
    "measure_name",
    "over_time",
    "peers",
    "pilots_by_city",
    "pilots_by_type",
    "pilots_map",
    "plans",
    "player",
    "printed_and_recomputed",
    "ranking",
    "reporter_label",
    "results",
    "row_at",
    "row_of",
    "slope",
    "small_multiples",
    "standing",
    "type_name",
]  # fmt: skip
