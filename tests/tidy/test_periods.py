"""Periods: ISO forms, containment, overlap, labels."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidy import periods
from tidy.language import using

POINTS = st.builds(
    lambda year, tail: f"{year}{tail}",
    st.integers(2000, 2030),
    st.sampled_from(["", "-H1", "-H2", "-Q3", "-02", "-12", "-08-31"]),
)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2017", date(2017, 1, 1), date(2017, 12, 31)),
        ("2018-H1", date(2018, 1, 1), date(2018, 6, 30)),
        ("2018-Q3", date(2018, 7, 1), date(2018, 9, 30)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2013/2018", date(2013, 1, 1), date(2018, 12, 31)),
        ("../2018-10", None, date(2018, 10, 31)),
    ],
)
def test_parse(text: str, start: date | None, end: date) -> None:
    period = periods.parse(text)
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize("text", ["17", "2018-13", "2018-02-30", "2018/2013", "今年", "2018/"])
def test_refused(text: str) -> None:
    assert not periods.is_valid(text)


def test_union_survey_year_runs_from_october() -> None:
    year = periods.union_year(2014)
    assert (year.start, year.end) == (date(2013, 10, 1), date(2014, 9, 30))


@given(POINTS, POINTS)
def test_overlap_is_symmetric_and_follows_from_containment(one: str, other: str) -> None:
    a, b = periods.parse(one), periods.parse(other)
    assert a.overlaps(b) == b.overlaps(a)
    if a.contains(b):
        assert a.overlaps(b)


def test_labels() -> None:
    with using("zh"):
        assert periods.label("../2018-10") == "截至2018年10月"
        assert periods.label("2018-H1") == "2018年上半年"
    with using("en"):
        assert "2018-10" in periods.label("../2018-10")
