"""Exhibits speak of how many have reported, by the data that ship with the program."""

from __future__ import annotations

import pandas as pd
import pytest

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
