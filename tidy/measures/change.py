"""Change between two figures, refused where the two cannot be compared."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from typing import Any, Literal

from tidy import periods
from tidy.intervals import Interval

Basis = Literal["year_on_year", "period_on_period", "since"]


@dataclass(frozen=True, slots=True)
class Change:
    """From an older to a newer figure: the difference, and the percentage where it is honest.

    ``percent`` is ``None`` for rates, whose change is in percentage points; ``basis`` says
    which comparison it is, ``since`` covering periods that are neither 同比 nor 环比.
    """

    difference: Interval
    percent: Interval | None
    basis: Basis
    in_points: bool

    @property
    def direction(self) -> Literal["up", "down", "same", "unclear"]:
        """up or down only when every possible value agrees."""
        if self.difference.low > 0 or (self.difference.low == 0 and self.difference.low_open):
            return "up"
        if self.difference.high < 0 or (self.difference.high == 0 and self.difference.high_open):
            return "down"
        return "same" if self.difference.is_point else "unclear"


def change(old: Any, new: Any) -> Change | None:
    """Return the change from ``old`` to ``new`` (rows of one reporter and indicator).

    ``None`` where nothing honest can be said: another measure or unit, an unstated period,
    a hidden figure, targets, or cumulative figures (those give :func:`difference` instead).
    """
    if old.measure != new.measure or old.unit != new.unit or not (old.period and new.period):
        return None
    if new.measure in ("cumulative", "target") or old.period == new.period or isnan(old.value + new.value):
        return None
    before, after = Interval.of(old.low, old.high), Interval.of(new.low, new.high)
    gap = after - before
    points = new.unit == "%"
    percent = None if points or before.low <= 0 else _percent(before, after)
    return Change(gap, percent, _basis(old.period, new.period), points)


def _percent(before: Interval, after: Interval) -> Interval:
    ratio = after.ratio(before)
    return Interval(ratio.low - 100, ratio.high - 100, ratio.low_open, ratio.high_open)


def _basis(old: str, new: str) -> Basis:
    first, second = periods.parse(old), periods.parse(new)
    if len(old) == len(new) and second.year - first.year == 1 and old[4:] == new[4:]:
        return "year_on_year"
    if first.start and (second.start or second.end) and (_days_between(first, second) == 1):
        return "period_on_period"
    return "since"


def _days_between(first: periods.Period, second: periods.Period) -> int:
    return (second.start - first.end).days if second.start else 0


def difference(old: Any, new: Any) -> Interval | None:
    """Return the flow between two cumulative figures, ``None`` where they are not a pair.

    Both must be cumulative, of one unit, open at the same beginning, and ``new`` end later.
    """
    if {old.measure, new.measure} != {"cumulative"} or old.unit != new.unit:
        return None
    if not (old.period and new.period):
        return None
    first, second = periods.parse(old.period), periods.parse(new.period)
    if first.start != second.start or first.end >= second.end:
        return None
    gap = Interval.of(new.low, new.high) - Interval.of(old.low, old.high)
    return Interval(max(gap.low, 0.0), gap.high, gap.low_open, gap.high_open)
