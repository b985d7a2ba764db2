"""Honest arithmetic: bounds of sums, guards, rates, change, rank ranges, lights."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidy.intervals import Interval
from tidy.measures import (
    NotAdditive,
    change,
    difference,
    latest,
    light,
    points,
    rank_ranges,
    recompute,
    reported,
    spread,
    total,
    without_nested,
)

INDICATORS = pd.DataFrame(
    [
        ("members", True, "", ""),
        ("employees", True, "", ""),
        ("rate", False, "members", "employees"),
    ],
    columns=["indicator_id", "additive", "numerator_id", "denominator_id"],
)
REPORTERS = pd.DataFrame(
    [
        ("city", "federation", "330400", ""),
        ("county", "federation", "330481", "city"),
        ("town", "federation", "330481", "county"),
        ("pilot", "pilot", "330481", "county"),
        ("other", "pilot", "330482", ""),
        ("far", "pilot", "331002", ""),
    ],
    columns=["reporter_id", "kind", "area_code", "parent_id"],
)


def rows(*cells: tuple[str, str, str, str, float, float | None, float | None]) -> pd.DataFrame:
    """Observations from (reporter, indicator, period, measure, value, low, high)."""
    columns = ["reporter_id", "indicator_id", "period", "measure", "value", "low", "high"]
    table = pd.DataFrame(cells, columns=columns)
    table["unit"] = ["%" if i == "rate" else "人" for i in table["indicator_id"]]
    table["observation_id"] = [f"o{n}" for n in range(len(table))]
    table["locator"] = ""
    return table


def one(reporter: str, value: float, low: float | None = None, high: float | None = None, **more: str):
    indicator, period, measure = (
        more.get(k, d) for k, d in (("indicator", "members"), ("period", "2017"), ("measure", "stock"))
    )
    low = value if low is None and high is None else low
    return (
        reporter,
        indicator,
        period,
        measure,
        value,
        low,
        value if high is None and low == value else high,
    )


parts = st.lists(
    st.tuples(st.floats(0, 1e6), st.floats(0, 1e5), st.floats(0, 1), st.booleans()), min_size=1, max_size=8
)


@given(parts)
def test_a_sums_interval_holds_the_sum_of_any_values_inside_its_parts(
    drawn: list[tuple[float, float, float, bool]],
) -> None:
    table = rows(
        *[
            (f"r{n}", "members", "2017", "stock", low, low, None if unlimited else low + width)
            for n, (low, width, _where, unlimited) in enumerate(drawn)
        ]
    )
    chosen = sum(low + where * width for low, width, where, _unlimited in drawn)
    found = total(table, INDICATORS).interval
    assert found.low - 1e-6 <= chosen <= found.high + 1e-6


@pytest.mark.parametrize(
    "table",
    [
        rows(one("pilot", 95, indicator="rate"), one("far", 90, indicator="rate")),
        rows(one("pilot", 5), one("far", 5, measure="flow")),
        rows(one("pilot", 5), one("far", 5, period="2016")),
        rows(one("pilot", 5), one("far", 5, indicator="employees")),
        rows(one("pilot", 5), one("pilot", 6)),
    ],
)
def test_sums_that_mean_nothing_are_refused(table: pd.DataFrame) -> None:
    with pytest.raises(NotAdditive):
        total(table, INDICATORS)


def test_total_says_of_how_many() -> None:
    found = total(rows(one("pilot", 5), one("far", 7, 7, 10)), INDICATORS, expected=83)
    assert (found.value, found.interval.high, found.qualifier) == (12, 15, "at_least")
    assert (found.reported.count, found.reported.expected) == (2, 83)


def test_a_city_is_never_added_to_its_counties_or_pilots() -> None:
    table = rows(*[one(name, 5) for name in ("city", "county", "town", "pilot", "other", "far")])
    assert set(without_nested(table, REPORTERS)["reporter_id"]) == {"city", "far"}
    lower = table[table["reporter_id"] != "city"]
    assert set(without_nested(lower, REPORTERS)["reporter_id"]) == {"county", "other", "far"}


def test_spread_shows_printed_values_only() -> None:
    found = spread(rows(*[one(f"r{n}", v, indicator="rate") for n, v in enumerate((80, 90, 95, 99))]))
    assert found is not None
    assert (found.low, found.middle, found.high, found.count) == (80, 90, 99, 4)
    assert spread(rows().iloc[0:0]) is None


def test_recomputed_rate_stands_beside_the_printed_one() -> None:
    table = rows(
        one("pilot", 12597),
        one("pilot", 13000, indicator="employees"),
        ("pilot", "rate", "2017", "stock", 95, 95, 100),
        one("far", 50),
        one("far", 100, indicator="employees"),
        one("far", 60, indicator="rate"),
    )
    found = recompute(table, INDICATORS).set_index("reporter_id")
    assert found.loc["pilot", "low"] == pytest.approx(96.9, abs=0.01)
    assert found["agrees"].to_dict() == {"pilot": True, "far": False}


spans = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 10)), min_size=1, max_size=9)


@given(spans, st.booleans())
def test_ranks_never_contradict_intervals(drawn: list[tuple[int, int]], highest_first: bool) -> None:
    table = pd.DataFrame([(low, low + width) for low, width in drawn], columns=["low", "high"])
    ranked = rank_ranges(table, highest_first=highest_first)
    for a in ranked.itertuples():
        assert 1 <= a.rank_low <= a.rank_high <= len(table)
        for b in ranked.itertuples():
            ahead = a.low > b.high if highest_first else a.high < b.low
            if ahead:
                assert a.rank_low < b.rank_high
                assert a.rank_high < b.rank_high or a.rank_low < b.rank_low


def test_equal_figures_share_a_rank() -> None:
    ranked = rank_ranges(pd.DataFrame({"low": [5, 5, 3], "high": [5, 5, 3]}))
    assert list(zip(ranked["rank_low"], ranked["rank_high"], strict=True)) == [(1, 1), (1, 1), (3, 3)]


def pair(old: tuple, new: tuple):
    table = rows(old, new)
    return tuple(table.itertuples())


def test_year_on_year_with_an_open_end() -> None:
    found = change(*pair(one("city", 470_000, period="2016"), one("city", 490_000, 490_000, 500_000)))
    assert found is not None
    assert (found.basis, found.direction) == ("year_on_year", "up")
    assert found.percent is not None
    assert found.percent.low == pytest.approx(100 * 49 / 47 - 100)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            one("c", 1, measure="cumulative", period="../2016"),
            one("c", 2, measure="cumulative", period="../2017"),
        ),
        (one("c", 1, period=""), one("c", 2)),
        (one("c", 1, measure="target", period="2016"), one("c", 2, measure="target")),
        (one("c", 1, measure="flow", period="2016"), one("c", 2)),
    ],
)
def test_no_change_where_none_is_honest(old: tuple, new: tuple) -> None:
    assert change(*pair(old, new)) is None


def test_difference_of_cumulative_figures_is_a_flow() -> None:
    old = one("c", 100, measure="cumulative", period="2013/2016")
    new = one("c", 150, 150, 160, measure="cumulative", period="2013/2017")
    assert difference(*pair(old, new)) == Interval(50, 60)
    assert difference(*pair(new, old)) is None


def test_latest_stock_in_or_before_a_date() -> None:
    table = rows(one("c", 1, period="2015"), one("c", 2, period="2016"), one("c", 3, period=""))
    assert latest(table)["value"].tolist() == [2]
    assert latest(table, until=date(2015, 12, 31))["value"].tolist() == [1]
    assert points(table)["year"].tolist() == [2015, 2016]


END = {"": 0} | {period: day.toordinal() for period, day in
                 (("2015", date(2015, 12, 31)), ("2016", date(2016, 12, 31)), ("2016-06", date(2016, 6, 30)))}  # fmt: skip
TOLD = st.tuples(
    st.sampled_from("abcd"),
    st.sampled_from(["stock", "cumulative", "target"]),
    st.sampled_from(["", "2015", "2016", "2016-06"]),
)


@given(st.lists(TOLD, max_size=8), st.sampled_from([None, date(2016, 6, 30)]))
def test_the_latest_are_those_of_which_nobody_has_a_later_one(
    told: list[tuple[str, str, str]], until: date | None
) -> None:
    table = pd.DataFrame([(who, "members", measure, period) for who, measure, period in told],
                         columns=["reporter_id", "indicator_id", "measure", "period"])  # fmt: skip
    known = [row for row in told if row[1] != "target" and (until is None or END[row[2]] <= until.toordinal())]
    newest = [(who, measure, period) for who, measure, period in known
              if END[period] == max(END[row[2]] for row in known if row[:2] == (who, measure))]  # fmt: skip
    found = latest(table, until=until)
    assert list(zip(found["reporter_id"], found["measure"], found["period"], strict=True)) == newest


@pytest.mark.parametrize(
    ("low", "high", "state"),
    [(95, 100, "green"), (80, 80, "amber"), (10, 20, "red"), (85, 95, "straddles"), (60, None, "straddles")],
)
def test_lights(low: float, high: float | None, state: str) -> None:
    assert light(Interval.of(low, high), good=90, poor=70) == state


def test_light_where_less_is_better() -> None:
    assert light(Interval(1, 1), good=2, poor=5) == "green"
    assert light(Interval(6, 6), good=2, poor=5) == "red"


def test_reported_counts_expected_reporters_only() -> None:
    found = reported(rows(one("pilot", 1), one("stranger", 1)), REPORTERS)
    assert (found.count, found.expected) == (1, 6)
