"""A layer over a large file answers exactly as a file built anew, whatever was published and undone."""

from __future__ import annotations

import random
from pathlib import Path

import pandas as pd
import pytest

from store import Store, cache, open_store
from tests.store.conftest import figures, reporters, values, write_data

PERIODS = ("2016", "2017", "2018")
INDICATORS = ("members", "rate", "benefit")


@pytest.fixture
def layered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make layers even over the small files of a test."""
    monkeypatch.setattr(cache, "LAYER_FROM_ROWS", 1)
    monkeypatch.setattr(cache, "LAYER_SHARE", 10)


def some(dice: random.Random, name: str, n: int) -> pd.DataFrame:
    """Some figures, a few with open bounds, a few of the same key."""
    rows = [(f"r{dice.randint(1, 3)}", dice.choice(INDICATORS), dice.choice(PERIODS), dice.choice(["stock", "flow"]),
             f"{dice.randint(1, 99)}.{dice.randint(1, 9)}元{dice.choice(['', '以上'])}") for _ in range(n)]  # fmt: skip
    return figures(*rows, prefix=name)


def layers(store: Store) -> int:
    """How many files answer for what the store serves now."""
    return len(cache.files(store.location.cache, store.reader.current().key))


def same_answers(store: Store, whole: Store) -> None:
    """Every kind of question has the same answer."""
    for wanted in ({}, {"indicators": ["rate"]}, {"cities": ["嘉兴市"], "years": [2017, 2018]}):
        pd.testing.assert_frame_equal(store.observations(**wanted), whole.observations(**wanted))
        pd.testing.assert_frame_equal(store.observations(newest=(), **wanted), whole.observations(newest=(), **wanted))
        for by in (
            ["city", "year"],
            ["reporter_id", "group"],
            ["indicator_id", "measure"],
            ["source_id"],
            ["reporter_name"],
            [],
        ):
            pd.testing.assert_frame_equal(store.aggregate(by, **wanted), whole.aggregate(by, **wanted))


@pytest.mark.usefixtures("layered")
@pytest.mark.parametrize("seed", range(4))
def test_random_histories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    dice = random.Random(seed)
    data = write_data(tmp_path / "data", some(dice, "s", 40))
    store = open_store(str(tmp_path / "store"), data=data)
    store.observations()
    for turn in range(5):
        standing = [r.id for r in store.releases() if r.in_force and r.kind == "publish"]
        if standing and dice.random() < 0.3:
            store.undo(dice.choice(standing), by="甲", why="错")
        else:
            gone = store.observations().sample(2, random_state=seed)
            store.publish(some(dice, f"p{turn}-", 6), by="甲", note="又", withdrawn_figures=gone)
    published = any(r.in_force for r in store.releases() if r.kind == "publish")
    assert layers(store) == (2 if published else 1)
    monkeypatch.setattr(cache, "LAYER_FROM_ROWS", 10**9)
    store.backup(tmp_path / "b.zip")
    whole = open_store(str(tmp_path / "whole"), data=None)
    whole.restore(tmp_path / "b.zip", by="甲")
    same_answers(store, whole)
    assert layers(whole) == 1


@pytest.mark.usefixtures("layered")
def test_a_reclassified_reporter_moves_with_its_old_figures(embedded: Store) -> None:
    embedded.observations()
    moved = reporters().head(1).assign(city="宁波市")
    embedded.publish(
        figures(("r3", "members", "2019", "stock", "13人"), prefix="n"), by="甲", note="改市", reporters=moved
    )
    assert layers(embedded) == 1
    assert "shipped-1" in values(embedded, cities=["宁波市"])


@pytest.mark.usefixtures("layered")
def test_a_new_reporter_fits_into_a_layer(embedded: Store) -> None:
    embedded.observations()
    stranger = reporters().head(1).assign(reporter_id="r9", name="新单位", city="宁波市")
    embedded.publish(
        figures(("r9", "members", "2019", "stock", "7人"), prefix="n"), by="甲", note="新", reporters=stranger
    )
    assert layers(embedded) == 2
    assert embedded.observations(cities=["宁波市"])["reporter_name"].tolist() == ["新单位"]
    assert embedded.aggregate(["city"], cities=["宁波市"])["value"].tolist() == [7]


@pytest.mark.usefixtures("layered")
def test_a_layer_without_its_base_is_built_again(embedded: Store) -> None:
    embedded.observations()
    embedded.publish(figures(("r3", "members", "2019", "stock", "7人"), prefix="n"), by="甲", note="新")
    below, _top = cache.files(embedded.location.cache, embedded.reader.current().key)
    embedded.close()
    below.unlink()
    assert values(open_store(str(embedded.location.folder), data=None))["n1"] == 7
