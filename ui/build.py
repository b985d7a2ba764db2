"""Exhibits for pages: the shared choice in, figures from the store, a builder of tidy.exhibits out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd

from tidy import exhibits
from tidy.exhibit import Exhibit
from ui import cached
from ui.choice import Choice

# How the overview article names the classes of which it prints the totals.
PRINTED_SCOPES = {
    "特色小镇": "新业态：特色小镇",
    "楼宇商圈": "新业态：楼宇、商圈",
    "园区": "新业态：工业文创园区",
    "其他": "新业态：其他形态",
}


def pilots(choice: Choice) -> pd.DataFrame:
    """Return the pilots that the choice covers (year and vintage do not narrow them)."""
    found = cached.reference(choice).reporters
    found = found[found["kind"] == "pilot"]
    for column, wanted in (
        ("city", choice.cities),
        ("pilot_type", choice.types),
        ("pilot_level", choice.levels),
    ):
        found = found[found[column].isin(wanted)] if wanted else found
    return found


def of_indicator(builder: Callable[..., Exhibit]) -> Callable[..., Exhibit]:
    """Return ``make(choice, indicator_id)`` for a builder that takes figures, indicator and reference tables."""

    def make(choice: Choice, indicator_id: str, *rest: Any) -> Exhibit:
        known = cached.reference(choice)
        figures = cached.figures(choice, indicators=(indicator_id,))
        return builder(figures, indicator_id, known.indicators, expected(choice, known.reporters), *rest)

    make.__module__, make.__qualname__ = builder.__module__, builder.__qualname__
    return make


def expected(choice: Choice, reporters: pd.DataFrame) -> pd.DataFrame:
    """Reporters with the pilots narrowed to the choice, so that "n of N" speaks of what is shown."""
    if choice.everything:
        return reporters
    keep = set(pilots(choice)["reporter_id"])
    return reporters[(reporters["kind"] != "pilot") | reporters["reporter_id"].isin(keep)]


def over_time(choice: Choice, indicator_id: str, reporter_ids: tuple[str, ...] | None = None) -> Exhibit:
    """Return the indicator over the years."""
    figures = cached.figures(choice, indicators=(indicator_id,))
    found = exhibits.over_time(figures, indicator_id, cached.reference(choice).indicators, reporter_ids)
    notes = cached.annotations(indicator_id)
    return found if notes is None else replace(found, options={"notes": notes})


def small_multiples(choice: Choice, indicator_id: str) -> Exhibit:
    """Return the indicator over the years, a small chart a city."""
    figures = cached.figures(choice, indicators=(indicator_id,))
    return exhibits.small_multiples(figures, indicator_id, cached.reference(choice).indicators)


def player(choice: Choice, indicator_id: str) -> Exhibit:
    """Return the indicator as bars that move through the years."""
    figures = cached.figures(choice, indicators=(indicator_id,))
    return exhibits.player(figures, indicator_id, cached.reference(choice).indicators)


def pairs(choice: Choice) -> Exhibit:
    """Return printed rates beside the recomputed ones."""
    indicators = cached.reference(choice).indicators
    rates = indicators[(indicators["numerator_id"] != "") & (indicators["denominator_id"] != "")]
    wanted = {*rates["indicator_id"], *rates["numerator_id"], *rates["denominator_id"]}
    return exhibits.printed_and_recomputed(cached.figures(choice, indicators=tuple(sorted(wanted))), indicators)


def completeness(choice: Choice) -> Exhibit:
    """Return which of the chosen pilots have reported which groups."""
    return exhibits.completeness(cached.figures(choice), pilots(choice))


def pilots_by_type(choice: Choice) -> Exhibit:
    """Return the pilots by judged type beside the printed counts."""
    return exhibits.pilots_by_type(pilots(choice), printed_types() if choice.everything else {})


def printed_types() -> dict[str, tuple[int, str]]:
    """Return the printed number of pilots of each type with its observation id."""
    figures = cached.figures(Choice(), groups=("pilot_count",))
    printed = {}
    for kind, scope in PRINTED_SCOPES.items():
        rows = figures[(figures["indicator_id"] == "pilots") & (figures["scope"] == scope)]
        if len(rows):
            printed[kind] = (int(rows["value"].iloc[0]), str(rows["observation_id"].iloc[0]))
    return printed


def pilots_by_city(choice: Choice) -> Exhibit:
    """Return the pilots by city and type."""
    return exhibits.pilots_by_city(pilots(choice))


def pilots_map(choice: Choice, level: str) -> Exhibit:
    """Return the number of pilots by city or county."""
    return exhibits.pilots_map(pilots(choice), level)


by_city = of_indicator(exhibits.by_city)
by_type = of_indicator(exhibits.by_type)
city_map = of_indicator(exhibits.city_map)
ranking = of_indicator(exhibits.ranking)
dots_by_city = of_indicator(exhibits.dots)
