"""Ranks that say no more than the intervals allow."""

from __future__ import annotations

import pandas as pd

from tidy.intervals import Interval


def rank_ranges(table: pd.DataFrame, *, highest_first: bool = True) -> pd.DataFrame:
    """Return ``table`` with the columns ``rank_low`` and ``rank_high`` (1 is first).

    A row's best rank is one more than the rows that are certainly ahead of it, its worst the
    number of rows less those certainly behind: 第3–5位 where intervals overlap. Exactly equal
    figures share their rank.
    """
    spans = [Interval.of(low, high) for low, high in zip(table["low"], table["high"], strict=True)]
    ahead = [[_ahead(other, mine, highest_first) for other in spans] for mine in spans]
    behind = [[_ahead(mine, other, highest_first) for other in spans] for mine in spans]
    equal = [sum(_same_point(mine, other) for other in spans if other is not mine) for mine in spans]
    result = table.copy()
    result["rank_low"] = [1 + sum(row) for row in ahead]
    result["rank_high"] = [len(spans) - sum(row) - ties for row, ties in zip(behind, equal, strict=True)]
    return result


def _ahead(one: Interval, other: Interval, highest_first: bool) -> bool:
    return other.below(one) if highest_first else one.below(other)


def _same_point(one: Interval, other: Interval) -> bool:
    return one.is_point and other.is_point and one.low == other.low
