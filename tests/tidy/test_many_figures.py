"""What is worked out of many figures at once is what would be worked out one by one, or from fewer figures."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from tidy import exhibits
from tidy.exhibit import Exhibit, FigureMeta
from tidy.exhibits import fewer
from tidy.exhibits.completeness import completeness_by_area
from tidy.intervals import Interval
from tidy.measures import rank_ranges, recompute, without_nested

NUMBERS = st.one_of(st.integers(0, 6).map(float), st.just(float("nan")))
SPANS = st.tuples(NUMBERS, NUMBERS).map(lambda pair: pair if not pair[0] > pair[1] else pair[::-1])


@given(st.lists(SPANS, max_size=12), st.booleans())
def test_ranks_count_who_is_certainly_ahead_and_behind(spans: list[tuple[float, float]], highest: bool) -> None:
    table = pd.DataFrame(spans, columns=["low", "high"], dtype=float)
    found = rank_ranges(table, highest_first=highest)
    every = [Interval.of(low, high) for low, high in spans]
    for place, mine in enumerate(every):
        others = [one for at, one in enumerate(every) if at != place]
        ahead = sum(mine.below(one) if highest else one.below(mine) for one in others)
        behind = sum(one.below(mine) if highest else mine.below(one) for one in others)
        ties = sum(one.is_point and mine.is_point and one.low == mine.low for one in others)
        assert found["rank_low"].iloc[place] == 1 + ahead
        assert found["rank_high"].iloc[place] == len(every) - behind - ties


AREAS = ("", "330000", "330400", "330402", "330481", "330100")


@given(
    st.lists(
        st.tuples(st.sampled_from(("federation", "pilot", "other")), st.sampled_from(AREAS), st.integers(-1, 7)),
        max_size=8,
    ),
    st.integers(0, 255),
)
def test_who_is_inside_another_leaves(people: list[tuple[str, str, int]], here: int) -> None:
    rows = [(f"r{n}", kind, area, f"r{above}" if above >= 0 else "") for n, (kind, area, above) in enumerate(people)]
    reporters = pd.DataFrame(rows, columns=["reporter_id", "kind", "area_code", "parent_id"])
    table = reporters.loc[[n for n in range(len(rows)) if here >> n & 1], ["reporter_id"]]
    kept = set(without_nested(table, reporters)["reporter_id"])
    present = [row for row in rows if row[0] in set(table["reporter_id"])]
    wanted = {row[0] for row in present if not any(_holds(other, row, rows) for other in present)}
    assert kept == (wanted if len(present) > 1 else {row[0] for row in present})


def _holds(other: tuple[str, ...], row: tuple[str, ...], rows: list[tuple[str, ...]]) -> bool:
    parents = {one[0]: one[3] for one in rows}
    above, seen = parents.get(row[0], ""), set()
    while above and above not in seen:
        seen.add(above)
        above = parents.get(above, "")
    if other[0] in seen:
        return True
    prefix = other[2].removesuffix("00").removesuffix("00")
    by_area = other[1] == "federation" and other[0] != row[0] and prefix and row[2].startswith(prefix)
    return bool(by_area and (row[2] != other[2] or row[1] == "pilot"))


def test_a_rate_is_recomputed_only_where_each_part_is_said_once() -> None:
    indicators = pd.DataFrame([("rate", "top", "bottom"), ("top", "", ""), ("bottom", "", "")],
                              columns=["indicator_id", "numerator_id", "denominator_id"])  # fmt: skip
    said = [("a", "rate", "2018", 50.0), ("a", "top", "2018", 1.0), ("a", "bottom", "2018", 2.0),
            ("b", "rate", "2018", 50.0), ("b", "top", "2018", 1.0), ("b", "top", "2018", 3.0),
            ("b", "bottom", "2018", 2.0), ("c", "rate", "2018", 10.0), ("c", "top", "2017", 1.0)]  # fmt: skip
    table = pd.DataFrame(said, columns=["reporter_id", "indicator_id", "period", "value"])
    table = table.assign(low=table["value"], high=table["value"], measure="stock", locator="", unit="%",
                         observation_id=[f"o{n}" for n in range(len(table))])  # fmt: skip
    found = recompute(table, indicators)
    assert list(found["rate_id"]) == ["o0"]
    assert (found["low"].iloc[0], bool(found["agrees"].iloc[0])) == (50.0, True)
    assert (found["numerator_id"].iloc[0], found["denominator_id"].iloc[0]) == ("o1", "o2")


def _dots(counts: dict[str, int]) -> Exhibit:
    rows: list[dict[str, Any]] = [
        {"label": f"{name}{n}", "series": name, "value": float(n * 7 % count), "observation_ids": f"{name}-{n}"}
        for name, count in counts.items()
        for n in range(count)
    ]
    return Exhibit("dots", pd.DataFrame(rows), FigureMeta("t"))


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 3000), st.integers(1, 40))
def test_thinned_dots_keep_the_ends_and_the_middle(many: int, some: int) -> None:
    dots = _dots({"A": many, "B": some})
    thin = fewer.thinned(dots, 30)
    for name, own in dots.table.groupby("series"):
        shown = thin.table[thin.table["series"] == name]
        ordered = own["value"].sort_values()
        assert len(shown) <= 31
        assert {ordered.iloc[0], ordered.iloc[(len(ordered) - 1) // 2], ordered.iloc[-1]} <= set(shown["value"])
        if len(own) <= 30:
            assert len(shown) == len(own)
    assert bool(thin.meta.note) == (len(thin.table) < len(dots.table))


def test_a_long_ranking_shows_both_ends() -> None:
    ranking = Exhibit("ranking", pd.DataFrame({"label": [f"r{n}" for n in range(500)]}), FigureMeta("t", note="n"))
    shown = fewer.both_ends(ranking, 50)
    assert list(shown.table["label"]) == [f"r{n}" for n in (*range(50), *range(450, 500))]
    assert "500" in shown.meta.note
    short = Exhibit("ranking", ranking.table.head(100), ranking.meta)
    assert fewer.both_ends(short, 50) is short


def test_pairs_that_disagree_stand_first_and_together() -> None:
    table = pd.DataFrame({"label": np.repeat(range(100), 2), "agrees": np.repeat([n % 10 != 0 for n in range(100)], 2)})
    shown = fewer.disagreeing_first(Exhibit("pairs", table, FigureMeta("t")), 40).table
    assert list(shown["label"])[:20] == [n for n in range(0, 100, 10) for _twice in (0, 1)]
    assert len(shown) == 40


def test_completeness_by_area_counts_each_reporter_once() -> None:
    expected = pd.DataFrame({"reporter_id": ["a", "b", "c"], "city": ["杭州市", "杭州市", "宁波市"]})
    told = pd.DataFrame({"reporter_id": ["a", "a", "b", "x"], "group": ["staff", "rights", "staff", "staff"]})
    shown = completeness_by_area(told, expected, "city").table.set_index(["label", "series"])["value"]
    assert shown.loc[("杭州市（2 家）", exhibits.group_name("staff"))] == 2
    assert shown.loc[("杭州市（2 家）", exhibits.group_name("rights"))] == 1
    assert shown.loc["宁波市（1 家）"].isna().all()


REPORTER = st.tuples(st.sampled_from(["federation", "pilot"]), st.sampled_from(["330000", "330100", "330400", "330481"]),
                     st.sampled_from("abcdefgh"))  # fmt: skip


@given(st.lists(REPORTER, max_size=12, unique_by=lambda one: one[2]), st.integers(1, 6), st.integers(0, 6))
def test_the_first_reporters_are_federations_then_pilots_by_area(
    told: list[tuple[str, str, str]], most: int, filled: int
) -> None:
    room = fewer.Room(most, min(most, filled))
    table = pd.DataFrame(told + told[:3], columns=["kind", "area_code", "reporter_id"])  # somebody has several figures
    wanted = sorted(told, key=lambda one: (one[0] != "federation", *one[1:]))
    federations = sum(kind == "federation" for kind, _area, _who in told)
    shown = most if len(told) <= most else min(most, max(federations, room.filled))
    assert fewer.leading(table, room) == [who for _kind, _area, who in wanted[:shown]]
