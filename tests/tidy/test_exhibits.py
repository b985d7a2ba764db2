"""Exhibits speak of how many have reported, by the data that ship with the program."""

from __future__ import annotations

import pandas as pd
import pytest

from exports.shape import headings, text_rows
from store import open_store
from tidy import exhibits
from tidy.exhibits import fewer
from tidy.language import using


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    """Figures, indicators and reporters of a store that holds the shipped data."""
    store = open_store(str(tmp_path_factory.mktemp("store")))
    yield store.observations(), store.indicators(), store.reporters()
    store.close()


def test_a_strip_says_how_many_of_the_group_have_reported(shipped) -> None:  # type: ignore[no-untyped-def]
    figures, indicators, reporters = shipped
    with using("zh"):
        found = exhibits.dots(figures, "organising_rate", indicators, reporters, by="city").table
    said = dict(zip(found["series"], found["reported"], strict=True))
    pilots = reporters[reporters["kind"] == "pilot"]
    for city, words in said.items():
        expected = (pilots["city"] == city).sum()
        count = figures[(figures["indicator_id"] == "organising_rate") & (figures["city"] == city)]["reporter_id"]
        assert words == f"{expected} 家中 {count.nunique()} 家填报"
    assert len(found) > pd.Series(said).size  # several figures of one city share the words


@pytest.mark.parametrize("by", ["city", "pilot_type"])
def test_dots_chosen_before_they_are_marked_are_those_thinned_afterwards(shipped, by) -> None:  # type: ignore[no-untyped-def]
    figures, indicators, reporters = shipped
    own = figures[figures["indicator_id"] == "organising_rate"]
    many = pd.concat(
        [own.assign(reporter_id=own["reporter_id"] + str(n), value=own["value"] - n % 17) for n in range(40)]
    )
    every = exhibits.dots(many, "organising_rate", indicators, reporters, by=by)
    for most in (5, 30, 1000):
        some = exhibits.dots(many, "organising_rate", indicators, reporters, by=by, most=most)
        thinned = fewer.thinned(every, most)
        pd.testing.assert_frame_equal(some.table, thinned.table)
        assert some.meta == thinned.meta
        assert (len(some.table) < len(every.table)) == (most < 1000)


def crossed(shipped, rows: str, columns: str, *ids: str):  # type: ignore[no-untyped-def]
    figures, indicators, reporters = shipped
    with using("zh"):
        wanted = figures[figures["indicator_id"].isin(ids)]
        return exhibits.crosstab(wanted, rows, columns, indicators, reporters, totals=True)


def test_a_total_row_adds_what_can_be_added(shipped) -> None:  # type: ignore[no-untyped-def]
    found = crossed(shipped, "city", "", "union_members")
    parts, whole = found.table.iloc[:-1], found.table.iloc[-1]
    assert whole["label"] == "合计"
    assert whole["value"] == parts["value"].sum()
    added = parts[parts["value"].notna()]["observation_ids"]
    assert {i for ids in added for i in ids.split("|")} <= set(whole["observation_ids"].split("|"))
    assert found.meta.unit == "人"


@pytest.mark.parametrize(
    ("rows", "ids", "reason"),
    [
        ("indicator_id", ("union_members", "union_organisations"), "指标不同"),
        ("period", ("insurance_enrolment",), "不同时期不相加"),
        ("measure", ("insurance_benefit", "insurance_enrolment"), "指标不同"),
    ],
)
def test_a_total_row_says_why_it_has_no_number(shipped, rows, ids, reason) -> None:  # type: ignore[no-untyped-def]
    last = crossed(shipped, rows, "", *ids).table.iloc[-1]
    assert (last["label"], last["detail"]) == ("合计", reason)
    assert last["value"] != last["value"]


def test_a_cross_table_keeps_its_columns_in_order_and_its_reasons_in_files(shipped) -> None:  # type: ignore[no-untyped-def]
    found = crossed(shipped, "city", "pilot_type", "union_members")
    assert headings(found) == ["设区市", "特色小镇", "园区", "非试点"]
    rows = {row[0]: row[1:] for row in text_rows(found)}
    assert rows["台州市"] == ["", "只有其中项", ""]
    assert rows["嘉兴市"][2] == "24.85万人"


def test_doubtful_figures_are_found_with_what_they_are_held_against(shipped) -> None:  # type: ignore[no-untyped-def]
    figures, indicators, _reporters = shipped
    with using("zh"):
        found = exhibits.anomalies(figures, indicators).table
    said = {(row.label, row.printed): row for row in found.itertuples()}
    assert said["武义经济开发区", "107%"].why == "超过上限 100"
    leap = said["嘉兴市总工会", "37万人"]
    assert leap.why == "是2014年的 2.1 倍"
    assert len(leap.observation_ids.split("|")) == 2


def test_a_rate_at_odds_with_its_parts_and_a_far_outlier_are_asked_about(shipped) -> None:  # type: ignore[no-untyped-def]
    figures, indicators, _reporters = shipped
    one = figures[figures["indicator_id"] == "union_members"].iloc[[0]]
    many = pd.concat([one] * 9, ignore_index=True).assign(
        reporter_id=[f"r{n}" for n in range(9)], observation_id=[f"o{n}" for n in range(9)], kind="pilot", scope="",
        value=[100.0, 110, 120, 130, 140, 150, 160, 170, 99_000],
    )  # fmt: skip
    with using("zh"):
        found = exhibits.anomalies(many, indicators).table
        few = exhibits.anomalies(many.iloc[2:], indicators).table
    assert list(found["observation_ids"]) == ["o8"]
    assert few.empty  # seven reporters are too few to call one of them far


def test_the_calendar_counts_by_year_and_keeps_the_silent(shipped) -> None:  # type: ignore[no-untyped-def]
    figures, _indicators, reporters = shipped
    pilots = reporters[reporters["kind"] == "pilot"]
    with using("zh"):
        found = exhibits.calendar(figures, pilots, "全部")
    own = figures[figures["reporter_id"].isin(pilots["reporter_id"])]
    assert found.table["value"].sum() == len(own)
    assert len(found.options["rows"]) == len(pilots)
    undated = found.table[found.table["series"] == "时期未注明"]["value"].sum()
    assert undated == own["year"].isna().sum()


def test_peers_give_the_rank_among_the_type_and_the_city(shipped) -> None:  # type: ignore[no-untyped-def]
    figures, indicators, reporters = shipped
    row = next(reporters.query("reporter_id == 'new-energy-town'").itertuples())
    with using("zh"):
        ranked = [exhibits.standing(figures, one, indicators) for one in figures["indicator_id"].unique()]
        found = exhibits.peers(ranked, row, indicators)
    said = {one.label: one for one in found.table.itertuples()}
    towns = figures[
        (figures["indicator_id"] == "employees") & (figures["pilot_type"] == "特色小镇") & (figures["scope"] == "")
    ]
    assert said["职工人数"].among_type.startswith(f"第1位，{towns['reporter_id'].nunique()} 家填报")
    assert said["规上企业数"].among_city == ""  # nobody else in the city has reported it
