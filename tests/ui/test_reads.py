"""Figures of an indicator that has too many for one frame: the same ones in the same order, asked for once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pandas as pd
import pytest
import streamlit as st

from benchmarks import synthetic
from tidy.exhibits import fewer
from tidy.schema import GROUPS
from ui import cached, reads
from ui.choice import Choice

ROOM = fewer.Room(3, 2)
PLACES = (
    Choice(), Choice(cities=("嘉兴市",)), Choice(cities=("嘉兴市", "杭州市")), Choice(types=("特色小镇",)), Choice(levels=("省级",)),
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def many() -> Iterator[None]:
    """The shipped figures beside made-up ones of a dozen reporters in ten years; each indicator counts as large."""
    with synthetic.copy_made(30_000) as store, pytest.MonkeyPatch.context() as patch:
        patch.setenv("PILOTS_STORE", str(store))
        patch.setattr(reads, "FEW", 0)
        st.cache_resource.clear()
        yield
    st.cache_resource.clear()


def whole(choice: Choice, indicator_id: str) -> pd.DataFrame:
    """An indicator's figures of a choice, straight from the store."""
    asked = cached.store().observations(indicators=[indicator_id], columns=reads.NEEDED, **choice.filters())
    return cached.plain(asked).reset_index(drop=True)


def whole_results(figures: pd.DataFrame) -> pd.DataFrame:
    """What can stand in a line over time: no targets, no parts."""
    return figures[(figures["measure"] != "target") & (figures["scope"] == "")]


def test_the_first_few_are_those_that_the_store_has_in_its_order() -> None:
    compared = set()
    choices = [*PLACES, *(Choice(years=(year,)) for year in cached.years()[:4])]
    for choice, indicator_id in product(choices, list(reads.indicator_counts(Choice(), GROUPS))[:8]):
        everything = whole(choice, indicator_id)
        results = whole_results(everything)
        found, shown, everybody = reads.few(choice, indicator_id, ROOM)
        who = fewer.leading(results, ROOM)
        assert (shown, everybody) == (len(who), results["reporter_id"].nunique())
        if everybody > ROOM.most:
            compared.add(choice)
            own = everything[everything["reporter_id"].isin(who)]
            also = everything["observation_id"].isin(set(own["same_as"]) - {""} - set(own["observation_id"]))
            told = pd.concat([own, everything[also]])
            pd.testing.assert_frame_equal(found.reset_index(drop=True), told.reset_index(drop=True))
    assert len(compared) >= 5
    assert any(choice.years for choice in compared)


def test_whoever_narrows_to_a_city_asks_the_store_nothing_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    counts = reads.indicator_counts(Choice(), GROUPS)
    crowded = next(one for one in counts if reads.few(Choice(), one, ROOM)[2] > ROOM.most)
    everybody = whole_results(whole(Choice(), crowded)).groupby("city")["reporter_id"].nunique()
    cities = everybody[everybody > 1].index
    assert len(cities) > 1
    asked: list[object] = []
    monkeypatch.setattr(reads, "store", lambda: asked.append(1) or cached.store())
    for city in cities:
        found, _shown, count = reads.few(Choice(cities=(city,)), crowded, fewer.Room(1, 1))
        assert (count, set(found["city"])) == (everybody[city], {city})
    assert not asked


def test_who_has_reported_is_what_the_store_counts_and_asked_once_for_all_years(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    years = cached.years()
    reads.reported(Choice(years=years[:1]))
    asked: list[object] = []
    for place, chosen in product(PLACES, ((), years[:1], years[1:2], years[:3])):
        choice = replace(place, years=chosen)
        wanted = cached.store().aggregate(["reporter_id", "group"], kinds=["pilot"], **choice.filters())
        if chosen:
            monkeypatch.setattr(reads, "store", lambda: asked.append(1) or cached.store())
        told = reads.reported(choice)
        monkeypatch.undo()
        assert sorted(told.itertuples(index=False)) == sorted(
            wanted[["reporter_id", "group", "n"]].itertuples(index=False)
        )
    assert not asked
