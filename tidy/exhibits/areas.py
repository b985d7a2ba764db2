"""An indicator by city or by pilot type: sums where sums are honest, else the spread."""

from __future__ import annotations

from typing import Any

import pandas as pd

from tidy.exhibit import Exhibit
from tidy.exhibits._common import NO_LIMIT, city_name, expected_pilots, meta, row_of, table, type_name, usual
from tidy.exhibits.distribution import dots
from tidy.intervals import Interval
from tidy.intervals import total as interval_total
from tidy.language import _
from tidy.measures import Reported, spread, without_nested
from tidy.measures.series import chosen
from tidy.measures.totals import intervals, qualifier
from tidy.schema import CITIES, PILOT_TYPES
from tidy.suppression import QUALIFIER, suppressed


def by_city(
    figures: pd.DataFrame,
    indicator_id: str,
    indicators: pd.DataFrame,
    reporters: pd.DataFrame,
    most: int | None = None,
) -> Exhibit:
    """Return the indicator by prefecture city: bars of sums, or dots for a rate (about ``most`` a city).

    A city's own federation speaks for the city; where it has not reported, its pilots and
    counties that do not contain each other are added, and the mark says how many.
    """
    indicator = row_of(indicators, indicator_id)
    if not indicator.additive:
        return dots(figures, indicator_id, indicators, reporters, by="city", most=most)
    rows = usual(figures, indicator)
    own = dict(iter(without_nested(rows[rows["city"] != ""], reporters).groupby("city", sort=False)))
    marks = [sum_mark(own[city], city_name(city), city=city, area_code=CITIES[city]) for city in CITIES if city in own]
    shown = table([m for m in marks if m], "city", "area_code", "reported")
    return Exhibit("bars", shown, meta(indicator, _("按设区市"), rows, expected_pilots(reporters), _added(shown)))


def by_type(
    figures: pd.DataFrame,
    indicator_id: str,
    indicators: pd.DataFrame,
    reporters: pd.DataFrame,
    most: int | None = None,
) -> Exhibit:
    """Return the indicator by pilot type, of pilots only: bars of sums, or dots for a rate (about ``most`` a type)."""
    indicator = row_of(indicators, indicator_id)
    pilots = chosen(figures, figures["kind"] == "pilot")
    if not indicator.additive:
        return dots(pilots, indicator_id, indicators, reporters, by="pilot_type", most=most)
    rows = usual(pilots, indicator)
    own = dict(iter(rows.groupby("pilot_type", sort=False)))
    marks = [sum_mark(own[kind], type_name(kind), pilot_type=kind) for kind in PILOT_TYPES[:-1] if kind in own]
    shown = table([m for m in marks if m], "pilot_type", "reported")
    return Exhibit("bars", shown, meta(indicator, _("按试点类型"), rows, expected_pilots(reporters), _added(shown)))


def city_map(figures: pd.DataFrame, indicator_id: str, indicators: pd.DataFrame, reporters: pd.DataFrame) -> Exhibit:
    """Return the indicator as a map by city; a rate shows the middle of the printed rates with its spread."""
    indicator = row_of(indicators, indicator_id)
    if indicator.additive:
        exhibit = by_city(figures, indicator_id, indicators, reporters)
        return Exhibit("choropleth", exhibit.table, exhibit.meta, {"level": "city"})
    rows = usual(figures, indicator)
    marks = [_middle_mark(rows[rows["city"] == city], city) for city in CITIES]
    note = _("颜色为已印比率的中间值，不是平均数；悬停可见最低与最高")
    shown = table([m for m in marks if m], "city", "area_code", "detail")
    return Exhibit(
        "choropleth",
        shown,
        meta(indicator, _("按设区市"), rows, expected_pilots(reporters), note),
        {"level": "city"},
    )


def sum_mark(rows: pd.DataFrame, label: str, **more: Any) -> dict[str, Any] | None:
    """Return the mark of the sum of ``rows`` (latest figures of one measure and unit, none nested), if any."""
    if rows.empty:
        return None
    span = interval_total(intervals(rows))  # a hidden part is at least nothing, so the sum is "at least"
    value = float(rows["value"].sum(min_count=1))
    return {
        "label": label,
        "value": value,
        "low": span.low,
        "high": span.high if span.high != float("inf") else NO_LIMIT,
        "qualifier": _qualifier(rows, span, value),
        "unit": rows["unit"].iloc[0],
        "observation_ids": "|".join(rows["observation_id"].tolist()),
        "reported": str(Reported(len(rows))),
        **more,
    }


def _qualifier(rows: pd.DataFrame, span: Interval, value: float) -> str:
    if suppressed(rows).all():
        return QUALIFIER
    return qualifier(span, value)


def _middle_mark(rows: pd.DataFrame, city: str) -> dict[str, Any] | None:
    found = spread(rows)
    if found is None:
        return None
    detail = _("最低 {low:g} · 中间 {middle:g} · 最高 {high:g} · {count} 家").format(
        low=found.low, middle=found.middle, high=found.high, count=found.count
    )
    middle = rows[rows["value"] == found.middle].iloc[0]
    return {
        "label": city_name(city),
        "value": found.middle,
        "low": middle["low"],
        "high": middle["high"],
        "qualifier": middle["qualifier"],
        "unit": middle["unit"],
        "observation_ids": "|".join(rows["observation_id"].tolist()),
        "city": city,
        "area_code": CITIES[city],
        "detail": detail,
    }


def _added(shown: pd.DataFrame) -> str:
    many = shown["observation_ids"].str.contains("|", regex=False).any() if len(shown) else False
    return _("各单位取最新一期的数相加，只代表已填报的单位") if many else ""
