"""Exhibits for pages: the shared choice in, figures from the store, a builder of tidy.exhibits out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd

from tidy import exhibits
from tidy.exhibit import Exhibit
from tidy.exhibits import fewer
from tidy.exhibits.completeness import completeness_by_area
from tidy.measures import recomputed_from
from tidy.schema import CITIES
from ui import cached, reads
from ui.choice import Choice

MANY = 2000  # figures of which a heatmap counts each reporter's own
ROWS = 200  # reporters of which a heatmap can show a row each
PROVINCE = "zhejiang-federation"  # whose article prints the number of pilots
# How the overview article names the classes of which it prints the totals.
PRINTED_SCOPES = {
    "特色小镇": "新业态：特色小镇",
    "楼宇商圈": "新业态：楼宇、商圈",
    "园区": "新业态：工业文创园区",
    "其他": "新业态：其他形态",
}


def pilots(choice: Choice) -> pd.DataFrame:
    """Return the pilots that the choice covers (year and vintage do not narrow them)."""
    found: pd.DataFrame = cached.made(_pilots, choice.always)
    return found


def _pilots(choice: Choice) -> pd.DataFrame:
    reporters = cached.reference(choice).reporters
    return choice.narrowed(reporters[reporters["kind"] == "pilot"])


def reporting(choice: Choice) -> tuple[int, int]:
    """Return how many of the chosen pilots have any figure, and how many pilots are chosen."""
    return int(reads.reported(choice)["reporter_id"].nunique()), len(pilots(choice))


def of_indicator(name: str, builder: Callable[..., Exhibit]) -> Callable[..., Exhibit]:
    """Return ``make(choice, indicator_id)`` for a builder that takes figures, indicator and reference tables.

    ``name`` is what it is called in this module: by it exhibits are kept, and asked of another process.
    """

    def make(choice: Choice, indicator_id: str, *rest: Any) -> Exhibit:
        known = cached.reference(choice)
        figures = reads.of_indicators(choice, (indicator_id,))
        return builder(figures, indicator_id, known.indicators, expected(choice), *rest)

    make.__qualname__ = name
    return make


def expected(choice: Choice) -> pd.DataFrame:
    """Reporters with the pilots narrowed to the choice, so that "n of N" speaks of what is shown."""
    found: pd.DataFrame = cached.made(_expected, choice.always)
    return found


def _expected(choice: Choice) -> pd.DataFrame:
    reporters = cached.reference(choice).reporters
    wanted = choice.covers(reporters)
    return reporters if wanted is None else reporters[wanted | (reporters["kind"] != "pilot").to_numpy(bool)]


def _of_few(
    builder: Callable[..., Exhibit], choice: Choice, indicator_id: str, room: fewer.Room = fewer.PANELS
) -> Exhibit:
    """Make a chart over time of the first reporters, and say so where there are more."""
    figures, shown, everybody = reads.few(choice, indicator_id, room)
    return fewer.of_first(builder(figures, indicator_id, cached.reference(choice).indicators), shown, everybody)


def over_time(choice: Choice, indicator_id: str) -> Exhibit:
    """Return the indicator over the years."""
    found = _of_few(exhibits.over_time, choice, indicator_id, fewer.LINES)
    notes = cached.annotations(indicator_id)
    return found if notes is None else replace(found, options={"notes": notes})


def small_multiples(choice: Choice, indicator_id: str) -> Exhibit:
    """Return the indicator over the years, a small chart a city."""
    return _of_few(exhibits.small_multiples, choice, indicator_id)


def player(choice: Choice, indicator_id: str) -> Exhibit:
    """Return the indicator as bars that move through the years."""
    return _of_few(exhibits.player, choice, indicator_id)


def pairs(choice: Choice) -> Exhibit:
    """Return printed rates beside the recomputed ones."""
    indicators = cached.reference(choice).indicators
    figures = reads.of_indicators(choice, recomputed_from(indicators))
    return fewer.disagreeing_first(exhibits.printed_and_recomputed(figures, indicators), 2 * fewer.PAIRS)


def completeness(choice: Choice) -> Exhibit:
    """Return which of the chosen pilots have reported which groups."""
    expected, told = pilots(choice), reads.reported(choice)
    if len(expected) > ROWS or told["n"].sum() > MANY:
        by = "county" if len(choice.cities) == 1 else "city"
        return completeness_by_area(told, expected, by)
    return exhibits.completeness(reads.figures(choice), expected)


def completeness_by_city(choice: Choice) -> Exhibit:
    """Return of how many pilots of each city there are figures of which groups; of one city by county."""
    by = "county" if len(choice.cities) == 1 else "city"
    return completeness_by_area(reads.reported(choice), pilots(choice), by)


def pilots_by_type(choice: Choice) -> Exhibit:
    """Return the pilots by judged type beside the printed counts."""
    return exhibits.pilots_by_type(pilots(choice), printed_types() if choice.everything else {})


def printed_types() -> dict[str, tuple[int, str]]:
    """Return the printed number of pilots of each type with its observation id."""
    found: dict[str, tuple[int, str]] = cached.made(_printed_types, Choice())
    return found


def _printed_types(choice: Choice) -> dict[str, tuple[int, str]]:
    figures = reads.figures(choice, indicators=("pilots",), reporters=(PROVINCE,))
    printed = {}
    for kind, scope in PRINTED_SCOPES.items():
        rows = figures[(figures["indicator_id"] == "pilots") & (figures["scope"] == scope)]
        if len(rows) and rows["value"].notna().all():
            printed[kind] = (int(rows["value"].iloc[0]), str(rows["observation_id"].iloc[0]))
    return printed


def pilots_by_city(choice: Choice) -> Exhibit:
    """Return the pilots by city and type."""
    return exhibits.pilots_by_city(pilots(choice))


def pilots_map(choice: Choice, level: str) -> Exhibit:
    """Return the number of pilots by city or county."""
    return _within(choice, exhibits.pilots_map(pilots(choice), level))


def city_map(choice: Choice, indicator_id: str) -> Exhibit:
    """Return the indicator as a map of the chosen cities."""
    return _within(choice, _city_map(choice, indicator_id))


def _within(choice: Choice, made: Exhibit) -> Exhibit:
    """A map of the chosen cities alone: the others were not asked, which is not "not reported"."""
    return replace(made, options={**made.options, "within": tuple(CITIES[city] for city in choice.cities)})


def _ranking(*given: Any) -> Exhibit:
    return fewer.both_ends(exhibits.ranking(*given), fewer.RANKED)


_city_map = of_indicator("_city_map", exhibits.city_map)
by_city = of_indicator("by_city", partial(exhibits.by_city, most=fewer.STRIP))
by_type = of_indicator("by_type", partial(exhibits.by_type, most=fewer.STRIP))
ranking = of_indicator("ranking", _ranking)
every_dot_by_city = of_indicator("every_dot_by_city", exhibits.dots)
dots_by_city = of_indicator("dots_by_city", partial(exhibits.dots, most=fewer.STRIP))
