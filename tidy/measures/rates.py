"""Rates over a group: ratio of sums, or the spread; never a mean of rates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from tidy.intervals import Interval
from tidy.measures.totals import Total


@dataclass(frozen=True, slots=True)
class Spread:
    """Lowest, middle and highest printed value of ``count`` reporters."""

    low: float
    middle: float
    high: float
    count: int
    observation_ids: tuple[str, ...]


def lower_median(values: Sequence[float]) -> float:
    """Return the middle value, of an even number the lower one: a value that somebody printed, not one between two."""
    return sorted(values)[(len(values) - 1) // 2]


def spread(table: pd.DataFrame) -> Spread | None:
    """Return the spread of the printed values, ``None`` where none is shown; the middle is :func:`lower_median`."""
    values = [float(value) for value in table["value"].dropna().tolist()]
    if not values:
        return None
    return Spread(min(values), lower_median(values), max(values), len(values), tuple(table["observation_id"].tolist()))


def rate_of_sums(numerator: Total, denominator: Total) -> Interval:
    """Return the percentage interval of one sum over another."""
    return numerator.interval.ratio(denominator.interval)


def _with_parts(indicators: pd.DataFrame) -> pd.DataFrame:
    return indicators[(indicators["numerator_id"] != "") & (indicators["denominator_id"] != "")]


def recomputed_from(indicators: pd.DataFrame) -> tuple[str, ...]:
    """Return the indicators that :func:`recompute` reads: the rates that have parts, and the parts."""
    rates = _with_parts(indicators)
    return tuple(sorted({*rates["indicator_id"], *rates["numerator_id"], *rates["denominator_id"]}))


def recompute(table: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    """Return each printed rate beside the rate recomputed from its parts.

    One row for each printed rate whose reporter reported numerator and denominator for the
    same period: ``rate_id, reporter_id, indicator_id, period, printed_value, printed_low,
    printed_high, low, high, agrees, numerator_id, denominator_id`` (ids of observations).
    ``agrees`` is true where the two intervals, the recomputed one widened by half a unit of
    the printed rate's last place, share a value.
    """
    rates = _with_parts(indicators)
    results = table[(table["measure"] != "target") & table["value"].notna()]
    rows = []
    for rate in rates.itertuples():
        tops, bottoms = (_alone(results, part) for part in (rate.numerator_id, rate.denominator_id))
        for printed in results[results["indicator_id"] == rate.indicator_id].itertuples():
            place = (printed.reporter_id, printed.period)
            if place in tops and place in bottoms:
                rows.append(_compared(printed, tops[place], bottoms[place]))
    return pd.DataFrame(rows, columns=_COLUMNS)


_COLUMNS = [
    "rate_id", "reporter_id", "indicator_id", "period", "printed_value", "printed_low", "printed_high",
    "low", "high", "agrees", "numerator_id", "denominator_id",
]  # fmt: skip


def _alone(results: pd.DataFrame, indicator_id: str) -> dict[tuple[str, str], Any]:
    """An indicator's figures by reporter and period, where there is only one."""
    own = results[results["indicator_id"] == indicator_id].drop_duplicates(["reporter_id", "period"], keep=False)
    return {(row.reporter_id, row.period): row for row in own.itertuples()}


def _compared(printed: object, top: Any, bottom: Any) -> tuple[object, ...]:
    row: dict[str, object] = {name: getattr(printed, name) for name in ("value", "low", "high", "locator")}
    value = float(str(row["value"]))
    computed = Interval.of(top.low, top.high).ratio(Interval.of(bottom.low, bottom.high))
    said = Interval.of(getattr(printed, "low", None), getattr(printed, "high", None))
    half = half_place(value)
    widened = Interval(computed.low - half, computed.high + half)
    return (
        getattr(printed, "observation_id", ""), getattr(printed, "reporter_id", ""),
        getattr(printed, "indicator_id", ""), getattr(printed, "period", ""), value, said.low, said.high,
        computed.low, computed.high, widened.overlaps(said), top.observation_id, bottom.observation_id,
    )  # fmt: skip


def half_place(value: float) -> float:
    """Return half a unit in the last decimal place that ``value`` shows: 95.6 → 0.05, 95 → 0.5."""
    _whole, _dot, decimals = f"{value:.10g}".partition(".")
    return float(0.5 * 10 ** -len(decimals))
