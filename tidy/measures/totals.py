"""Sums with bounds, and the guards that refuse a sum that would mean nothing."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from tidy.intervals import Interval
from tidy.intervals import total as interval_total
from tidy.language import _
from tidy.measures.reported import Reported
from tidy.values import Qualifier, dimension


class NotAdditive(ValueError):
    """Raised, with the reason in the reader's language, where figures must not be added."""


@dataclass(frozen=True, slots=True)
class Total:
    """A sum: the printed values added, its bounds, and of how many reporters it speaks."""

    value: float
    interval: Interval
    unit: str
    reported: Reported
    observation_ids: tuple[str, ...]

    @property
    def qualifier(self) -> Qualifier:
        """exact when both ends meet; at_least when no part falls below its printed value."""
        if self.interval.is_point:
            return "exact"
        if self.interval.low >= self.value:
            return "at_least"
        return "at_most" if self.interval.high <= self.value and self.interval.low == 0 else "approx"


def intervals(table: pd.DataFrame) -> list[Interval]:
    """Return the interval of each row of a tidy table."""
    return [Interval.of(low, high) for low, high in zip(table["low"], table["high"], strict=True)]


def total(table: pd.DataFrame, indicators: pd.DataFrame, expected: int | None = None) -> Total:
    """Add one indicator's figures of one measure, period and unit over reporters that do not nest.

    ``table`` holds observations, already cut to reporters that do not contain each other
    (:func:`without_nested`); ``indicators`` is the indicator table; ``expected`` how many
    reporters should have reported. Raises :class:`NotAdditive`.
    """
    refuse(table, indicators)
    return Total(
        value=float(table["value"].sum()),
        interval=interval_total(intervals(table)),
        unit=str(table["unit"].iloc[0]) if len(table) else "",
        reported=Reported(table["reporter_id"].nunique(), expected),
        observation_ids=tuple(table["observation_id"]),
    )


def refuse(table: pd.DataFrame, indicators: pd.DataFrame) -> None:
    """Raise :class:`NotAdditive` unless the rows of ``table`` may be added."""
    additive = set(indicators.loc[indicators["additive"], "indicator_id"])
    rules = [
        (not set(table["indicator_id"]) <= additive, _("该指标不可相加")),
        (table["indicator_id"].nunique() > 1, _("不同指标不可相加")),
        (table["measure"].nunique() > 1, _("时点数、时期数、累计数、计划数不可相加")),
        (table["period"].nunique() > 1, _("不同时期的数不可相加")),
        (table["unit"].map(dimension).nunique() > 1, _("单位不同，不可相加")),
        (table["reporter_id"].duplicated().any(), _("同一单位有几个数，不可相加")),
    ]
    for wrong, reason in rules:
        if wrong:
            raise NotAdditive(reason)


def without_nested(table: pd.DataFrame, reporters: pd.DataFrame) -> pd.DataFrame:
    """Drop the rows of a reporter that another reporter in ``table`` contains.

    A federation contains what stands below it by ``parent_id`` and by area code, so a city's
    own total stays and its counties' and pilots' figures leave.
    """
    here = reporters[reporters["reporter_id"].isin(table["reporter_id"])]
    inner = {row.reporter_id for row in here.itertuples() if containers(row.reporter_id, here, reporters)}
    return table[~table["reporter_id"].isin(inner)]


def containers(reporter_id: str, among: pd.DataFrame, reporters: pd.DataFrame) -> set[str]:
    """Return the reporters of ``among`` that contain ``reporter_id``."""
    parents = dict(zip(reporters["reporter_id"], reporters["parent_id"], strict=True))
    row = reporters[reporters["reporter_id"] == reporter_id].iloc[0]
    above, seen = str(parents.get(reporter_id, "")), set()
    while above and above not in seen:
        seen.add(above)
        above = str(parents.get(above, ""))
    federations = among[(among["kind"] == "federation") & (among["reporter_id"] != reporter_id)]
    by_area = {f.reporter_id for f in federations.itertuples() if _contains(f, row)}
    return (seen & set(among["reporter_id"])) | by_area


def _contains(federation: object, other: pd.Series) -> bool:
    """True when the federation's area holds the other's: 33|00|00 holds 3304|81."""
    area, place = str(getattr(federation, "area_code", "")), str(other["area_code"])
    prefix = area.removesuffix("00").removesuffix("00")
    if not prefix or not place.startswith(prefix):
        return False
    return place != area or other["kind"] == "pilot"
