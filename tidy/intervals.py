"""Intervals: what a bounded figure can be, and arithmetic that keeps both ends honest."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from ``low`` to ``high``; infinite where the figure sets no limit.

    An open end is not itself a possible value (超过300 excludes 300).
    """

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False

    @classmethod
    def of(cls, low: float | None, high: float | None) -> Self:
        """Build from table cells, where empty (``None`` or NaN) means no limit."""
        start = -math.inf if low is None or math.isnan(low) else float(low)
        end = math.inf if high is None or math.isnan(high) else float(high)
        return cls(start, end, math.isinf(start), math.isinf(end))

    @property
    def is_point(self) -> bool:
        """True when only one value is possible."""
        return self.low == self.high

    def __contains__(self, number: float) -> bool:
        above = number > self.low or (number == self.low and not self.low_open)
        below = number < self.high or (number == self.high and not self.high_open)
        return above and below

    def __add__(self, other: Interval) -> Interval:
        return Interval(
            self.low + other.low,
            self.high + other.high,
            self.low_open or other.low_open,
            self.high_open or other.high_open,
        )

    def __sub__(self, other: Interval) -> Interval:
        return self + Interval(-other.high, -other.low, other.high_open, other.low_open)

    def overlaps(self, other: Interval) -> bool:
        """True when some value is possible for both."""
        return not (self.below(other) or other.below(self))

    def below(self, other: Interval) -> bool:
        """True when every value here is less than every value of ``other``.

        >>> Interval(0, 300).below(Interval(300, 400, low_open=True))
        True
        """
        if self.high == other.low:
            return self.high_open or other.low_open
        return self.high < other.low

    def ratio(self, other: Interval, scale: float = 100.0) -> Interval:
        """Return ``scale × self ÷ other`` for two non-negative intervals; no limit where other can be 0."""
        low = 0.0 if math.isinf(other.high) else scale * self.low / other.high if other.high else 0.0
        high = math.inf if other.low <= 0 or math.isinf(self.high) else scale * self.high / other.low
        return Interval(
            low, high, self.low_open or other.high_open, self.high_open or other.low_open or math.isinf(high)
        )


ZERO = Interval(0.0, 0.0)


def total(intervals: list[Interval]) -> Interval:
    """Return the interval of the sum of one value from each; zero for none.

    >>> total([Interval(490000, 500000), Interval(20, 20)])
    Interval(low=490020.0, high=500020.0, low_open=False, high_open=False)
    """
    return sum(intervals, ZERO)
