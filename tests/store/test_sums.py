"""Sums of one indicator in memory are those of the database, group for group, in its order and to the last digit."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import Store, cache, open_store, sums
from store.base import CUBE, Filters
from store.engine import DuckEngine
from tests.store.conftest import figures, write_data

CITIES = ("嘉兴市", "杭州市", "")
COLUMNS = st.lists(st.sampled_from(CUBE), min_size=1, max_size=4, unique=True)


def some(dice: random.Random, count: int) -> pd.DataFrame:
    """Figures of three indicators, many of them with open bounds, some huge."""

    def one(indicator: str) -> tuple[str, ...]:
        huge = dice.choice(["", "123456789"]) if indicator == "benefit" else ""
        printed = f"{huge}{dice.randint(1, 99)}.{dice.randint(1, 9)}元{dice.choice(['', '以上'])}"
        when = dice.choice(["2016", "2017", "2018-H1", ""])
        return f"r{dice.randint(1, 3)}", indicator, when, dice.choice(["stock", "flow"]), printed

    return figures(*(one(dice.choice(["members", "rate", "benefit"])) for _ in range(count)))


@pytest.fixture(scope="module", params=["one file", "a layer over it"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> DuckEngine:
    """An engine of a store as shipped, and of one with a release over it that replaces figures and takes some back."""
    dice, folder = random.Random(3), tmp_path_factory.mktemp("sums")
    store = open_store(str(folder / "store"), data=write_data(folder / "data", some(dice, 300)))
    if request.param == "a layer over it":
        gone = store.observations(indicators=["rate"]).head(30)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(cache, "LAYER_FROM_ROWS", 1)
            patch.setattr(cache, "LAYER_SHARE", 10)
            store.publish(some(dice, 40), by="t", note="n", withdrawn_figures=gone)
    found = store.reader.at()
    assert isinstance(found, DuckEngine)
    assert found.layered == (request.param != "one file")
    return found


def asked_of_the_database(engine: DuckEngine, filters: Filters, by: list[str]) -> pd.DataFrame:
    return engine._run(engine._compiled.query("aggregate", filters, by, engine.layered))


@settings(max_examples=60, deadline=None)
@given(
    by=COLUMNS,
    indicator=st.sampled_from(["members", "rate", "benefit", "nobody's"]),
    wanted=st.fixed_dictionaries({}, optional={
        "cities": st.lists(st.sampled_from(CITIES), max_size=2).map(tuple),
        "years": st.lists(st.integers(2015, 2018), max_size=3).map(tuple),
        "measures": st.sampled_from([("stock",), ("flow",), ("stock", "flow"), ("it's",)]),
        "types": st.sampled_from([("园区",), ("特色小镇", "园区"), ()]),
    }),
)  # fmt: skip
def test_the_same_answer(engine: DuckEngine, by: list[str], indicator: str, wanted: dict[str, tuple[str, ...]]) -> None:
    filters = Filters(indicators=(indicator,), **wanted)  # type: ignore[arg-type]
    assert sums.suits(filters, by)
    found = engine.aggregate(filters, by)
    pd.testing.assert_frame_equal(found, asked_of_the_database(engine, filters, by))


def test_what_the_part_of_one_indicator_cannot_answer_the_database_does() -> None:
    one = Filters(indicators=("members",))
    assert sums.suits(one, ["city", "year"])
    assert not sums.suits(one, [])
    assert not sums.suits(one, ["city", "city"])
    assert not sums.suits(one, ["reporter_id"])
    assert not sums.suits(Filters(), ["city"])
    assert not sums.suits(Filters(indicators=("members", "rate")), ["city"])
    assert not sums.suits(Filters(indicators=("members",), newest=()), ["city"])
    assert not sums.suits(Filters(indicators=("members",), reporters=("r1",)), ["city"])


@pytest.mark.parametrize(("largest", "fits"), [("4000000000000", True), ("5000000000000", False), ("-1e25", False)])
def test_sums_that_64_bits_might_not_hold_are_left_to_the_database(largest: str, fits: bool) -> None:
    columns = {name: pa.array(["a"]) for name in CUBE} | {name: pa.array([1]) for name in sums.COUNTS}
    exact = pa.array([Decimal(largest)], type=pa.decimal128(38, 6))
    found = sums.part(pa.table({**columns, "year": pa.array([2017]), **dict.fromkeys(("value", "low", "high"), exact)}))
    assert (found is not None) == fits


def test_a_release_is_seen(tmp_path: Path) -> None:
    store: Store = open_store(str(tmp_path / "store"), data=write_data(tmp_path / "data", figures(("r1", "members", "2017", "stock", "5人"))))  # fmt: skip
    assert store.aggregate(["year"], indicators=["members"])["value"].tolist() == [5]
    store.publish(figures(("r1", "members", "2017", "stock", "7人")), by="t", note="n")
    assert store.aggregate(["year"], indicators=["members"])["value"].tolist() == [7]
