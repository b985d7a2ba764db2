"""Exhibits speak of how many have reported, by the data that ship with the program."""

from __future__ import annotations

import pandas as pd
import pytest

from exports.shape import headings, text_rows
from store import open_store
from tidy import exhibits
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
