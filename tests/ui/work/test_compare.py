"""The comparison with what is published, figure by figure."""

from __future__ import annotations

import pandas as pd
import pytest

from ui.work import compare


def figures(*rows: tuple[str, str, float], source: str = "s1", unit: str = "人") -> pd.DataFrame:
    made = [
        {"observation_id": f"{source}-{n}", "reporter_id": who, "indicator_id": "members", "period": period, "measure": "stock",
         "scope": "", "value": value, "low": value, "high": value, "unit": unit, "qualifier": "exact",
         "as_printed": f"{value:g}", "source_id": source, "locator": f"S!B{n}"}
        for n, (who, period, value) in enumerate(rows)
    ]  # fmt: skip
    return pd.DataFrame(made)


def kinds(fresh: pd.DataFrame, published: pd.DataFrame, replaced: tuple[str, ...] = ()) -> dict[tuple[str, str], str]:
    found = compare.compare(fresh, published, replaced)
    return {(row.reporter_id, row.period): row.kind for row in found.itertuples()}


def test_each_kind_is_told() -> None:
    published = figures(("a", "2018", 100), ("b", "2018", 50), ("c", "2018", 7))
    fresh = figures(("a", "2018", 110), ("b", "2018", 50), ("d", "2018", 5), source="s2")
    told = {("a", "2018"): "changed", ("b", "2018"): "unchanged", ("d", "2018"): "new"}
    assert kinds(fresh, published) == told
    assert kinds(fresh, published, ("s1",)) == told | {("c", "2018"): "withdrawn"}


@pytest.mark.parametrize(("now", "jumps"), [(199, False), (201, True), (49, True), (51, False)])
def test_a_leap_against_the_year_before_is_flagged(now: float, jumps: bool) -> None:
    found = compare.compare(figures(("a", "2019", now), source="s2"), figures(("a", "2018", 100)))
    assert bool(found["jump"].iloc[0]) is jumps
    assert (("jump", "members") in compare.groups(found)) is jumps


def test_rates_leap_by_points() -> None:
    published = figures(("a", "2018", 40), unit="%")
    assert not compare.compare(figures(("a", "2019", 59), source="s2", unit="%"), published)["jump"].any()
    assert compare.compare(figures(("a", "2019", 61), source="s2", unit="%"), published)["jump"].all()


def test_two_figures_of_one_key_do_not_multiply() -> None:
    published = figures(("a", "2018", 1), ("a", "2018", 2))
    found = compare.compare(figures(("a", "2018", 1), ("a", "2018", 3), source="s2"), published)
    assert sorted(found["kind"]) == ["changed", "unchanged"]


@pytest.mark.parametrize(
    ("period", "before"),
    [
        ("2019", "2018"),
        ("2019-H1", "2018-H1"),
        ("2019-12-31", "2018-12-31"),
        ("", ""),
        ("../2019", ""),
        ("2013/2018", ""),
    ],
)
def test_the_year_before(period: str, before: str) -> None:
    assert compare.year_before(period) == before
