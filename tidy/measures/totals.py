"""Sums with bounds, and the guards that refuse a sum that would mean nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from tidy.intervals import Interval
from tidy.intervals import total as interval_total
from tidy.language import _
from tidy.measures.reported import Reported
from tidy.measures.series import tuples
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
        """How the sum is to be read."""
        return qualifier(self.interval, self.value)


def qualifier(span: Interval, value: float) -> Qualifier:
    """exact when both ends meet; at_least when no part falls below its printed value."""
    if span.is_point:
        return "exact"
    if span.low >= value:
        return "at_least"
    return "at_most" if span.high <= value and span.low == 0 else "approx"


def intervals(table: pd.DataFrame) -> list[Interval]:
    """Return the interval of each row of a tidy table."""
    return [Interval.of(low, high) for low, high in tuples(table, "low", "high")]


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
        observation_ids=tuple(table["observation_id"].tolist()),
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
    if len(table) < 2:
        return table
    asked = set(table["reporter_id"].tolist())
    here = [_Place(*row) for row in tuples(reporters, "reporter_id", "kind", "area_code") if row[0] in asked]
    known = {place.reporter_id for place in here}
    parents = dict(tuples(reporters, "reporter_id", "parent_id"))
    areas = _Areas([place for place in here if place.kind == "federation"])
    inner = {one.reporter_id for one in here if _above(one.reporter_id, parents) & known or areas.hold(one)}
    return table[~table["reporter_id"].isin(inner)] if inner else table


class _Place(NamedTuple):
    """A reporter and where it is."""

    reporter_id: str
    kind: str
    area_code: str


def _above(reporter_id: str, parents: Mapping[str, str]) -> set[str]:
    """Everyone above a reporter by ``parent_id``."""
    above, seen = str(parents.get(reporter_id, "")), set[str]()
    while above and above not in seen:
        seen.add(above)
        above = str(parents.get(above, ""))
    return seen


class _Areas:
    """The areas of federations: 33|00|00 holds 3304|81, whoever asks; its own area it holds for pilots only."""

    def __init__(self, federations: Sequence[_Place]) -> None:
        self.owners: dict[str, list[tuple[str, str]]] = {}
        for one in federations:
            area = one.area_code
            self.owners.setdefault(area.removesuffix("00").removesuffix("00"), []).append((area, one.reporter_id))
        self.owners.pop("", None)

    def hold(self, reporter: _Place) -> bool:
        """True when another federation's area holds the reporter's."""
        place = reporter.area_code
        owners = (one for end in range(1, len(place) + 1) for one in self.owners.get(place[:end], ()))
        return any(
            owner != reporter.reporter_id and (place != area or reporter.kind == "pilot") for area, owner in owners
        )
