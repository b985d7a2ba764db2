"""Filters, groups and exact sums, against the same question asked of plain pandas."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from store import Store, WrongUse, open_store
from tests.store.conftest import figures, values, write_data
from tidy import periods
from tidy.measures import latest


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store with some hundred figures, many of them with open bounds."""
    dice = random.Random(7)
    rows = [
        (f"r{dice.randint(1, 3)}", dice.choice(["members", "rate", "benefit"]), dice.choice(["2016", "2017", "2018-H1", ""]),
         dice.choice(["stock", "flow"]), f"{dice.randint(1, 99)}.{dice.randint(1, 9)}元{dice.choice(['', '以上'])}")
        for _ in range(300)
    ]  # fmt: skip
    folder = tmp_path_factory.mktemp("many")
    return open_store(str(folder / "store"), data=write_data(folder / "data", figures(*rows)))


FILTERS = [
    {},
    {"cities": ["嘉兴市"]},
    {"indicators": ["rate", "members"], "years": [2017]},
    {"groups": "insurance", "measures": ["flow"], "reporters": ["r1", "r2"]},
    {"types": ["园区"], "levels": ["省级"], "kinds": ["pilot"], "years": [2018, 2016]},
]


def plain(store: Store, wanted: dict[str, list[object] | str]) -> pd.DataFrame:
    """The same choice made by pandas."""
    table = store.observations()
    columns = {"cities": "city", "indicators": "indicator_id", "years": "year", "groups": "group", "measures": "measure",
               "reporters": "reporter_id", "types": "pilot_type", "levels": "pilot_level", "kinds": "kind"}  # fmt: skip
    for name, wanted_values in wanted.items():
        table = table[table[columns[name]].isin([wanted_values] if isinstance(wanted_values, str) else wanted_values)]
    return table.reset_index(drop=True)


@pytest.mark.parametrize("wanted", FILTERS, ids=str)
def test_filters(many: Store, wanted: dict[str, list[object] | str]) -> None:
    expected = plain(many, wanted)
    pd.testing.assert_frame_equal(many.observations(**wanted), expected)
    assert not expected.empty


@pytest.mark.parametrize(
    "by", [["city"], ["indicator_id", "year"], ["county", "reporter_name"], ["source_id"], []], ids=str
)
@pytest.mark.parametrize("wanted", FILTERS[:3], ids=str)
def test_sums_are_exact_by_any_group(many: Store, by: list[str], wanted: dict[str, list[object] | str]) -> None:
    rows = plain(many, wanted)
    groups = rows.groupby(by, dropna=False) if by else [((), rows)]
    expected = {_key(name): _sums(group) for name, group in groups}
    answer = many.aggregate(by, **wanted)
    assert {_key(tuple(row[: len(by)])): tuple(row[len(by) :]) for row in _clean(answer)} == expected


def _key(name: object) -> tuple[object, ...]:
    return tuple(None if pd.isna(part) else part for part in (name if isinstance(name, tuple) else (name,)))


def _clean(table: pd.DataFrame) -> list[list[object]]:
    return [[None if pd.isna(cell) else cell for cell in row] for row in table.itertuples(index=False)]


def _sums(group: pd.DataFrame) -> tuple[object, ...]:
    def exact(name: str) -> float | None:
        cells = group[name]
        return None if cells.isna().any() else float(sum(Decimal(str(cell)) for cell in cells))

    return len(group), exact("value"), exact("low"), exact("high")


def test_an_empty_choice_is_no_choice_of_everything(many: Store) -> None:
    assert many.observations(cities=[]).empty
    assert many.aggregate(["city"], cities=[]).empty


def test_columns_come_as_asked(many: Store) -> None:
    table = many.observations(columns=["value", "county", "indicator_name", "year"], cities=["杭州市"])
    assert table.columns.tolist() == ["value", "county", "indicator_name", "year"]
    assert set(table["indicator_name"]) == {"会员", "入会率", "补助金"}


def test_names_are_those_of_the_reference_tables(many: Store) -> None:
    words = {"reporter_id": many.reporters(), "indicator_id": many.indicators()}
    names = {"reporter_name": "name", "county": "county", "parent_id": "parent_id", "indicator_name_en": "name_en"}
    found = many.observations(columns=["indicator_name_en", "observation_id", *names, "reporter_id", "indicator_id"])
    assert set(found["reporter_id"]) == {"r1", "r2", "r3"}
    for name, column in names.items():
        key = "indicator_id" if name.startswith("indicator") else "reporter_id"
        known = words[key].set_index(key)[column]
        assert found[name].tolist() == [known[one] for one in found[key]], name


def test_unknown_columns_and_filters_are_named(many: Store) -> None:
    with pytest.raises(WrongUse, match="nonsense"):
        many.observations(columns=["nonsense"])
    with pytest.raises(WrongUse, match="nonsense"):
        many.aggregate(["nonsense"])
    with pytest.raises(TypeError, match="nonsense"):
        many.observations(nonsense=["x"])


def test_quotes_in_a_choice_are_only_text(many: Store) -> None:
    assert many.observations(cities=["' OR 1=1 --"]).empty
    assert many.observations(reporters=['"; DROP TABLE figures; --']).empty
    assert len(many.observations()) == 300


def test_missing_texts_are_empty_and_missing_bounds_none(store: Store) -> None:
    table = store.observations()
    assert table["scope"].eq("").all()
    assert table.loc[table["observation_id"] == "shipped-4", "high"].tolist() == [100.0]
    assert pd.isna(table.loc[table["period"] == "", "year"]).all()
    assert values(store, ids=["shipped-2"]) == {"shipped-2": 490000.0}


def test_reference_tables_keep_their_types(store: Store) -> None:
    table = store.indicators().set_index("indicator_id")
    assert table["additive"].to_dict() == {"members": True, "rate": False, "benefit": True}
    assert table.loc["rate", "maximum"] == 100
    assert store.sources()["title"].tolist() == ["报告"]


@pytest.mark.parametrize("by", [(), ("year",), ("city", "period")], ids=str)
@pytest.mark.parametrize("wanted", FILTERS[:3], ids=str)
def test_the_newest_are_enough_for_the_latest(
    many: Store, by: tuple[str, ...], wanted: dict[str, list[object] | str]
) -> None:
    found, everything = many.observations(newest=by, **wanted), plain(many, wanted)
    series = ["reporter_id", "indicator_id", "measure", "unit", "scope", *by]
    ends = everything["period"].map(periods.last_day)
    last = ends.groupby([everything[name] for name in series], dropna=False).transform("max")
    pd.testing.assert_frame_equal(found, everything[ends == last].reset_index(drop=True))


def test_what_only_repeats_another_figure_hides_no_older_one(tmp_path: Path) -> None:
    rows = [("r1", "members", "2016", "stock", "1人"), ("r1", "members", "2017", "stock", "2人"),
            ("r1", "members", "2018", "stock", "3人"), ("r1", "members", "2015", "stock", "3人")]  # fmt: skip
    said = figures(*rows).assign(scope="", same_as=["", "", "o4", ""])
    store = open_store(str(tmp_path / "store"), data=write_data(tmp_path / "data", said))
    kept = store.observations(newest=(), indicators=["members"])
    assert sorted(kept["observation_id"]) == ["o2", "o3", "o4"]  # the last plain one, the repetition, what it repeats
    full = store.observations(indicators=["members"])
    assert list(_latest(kept)) == list(_latest(full)) == ["o2"]


def _latest(table: pd.DataFrame) -> pd.Series:
    own = table[~table["same_as"].isin(table["observation_id"])]
    return latest(own)["observation_id"]


def test_figures_of_one_indicator_lie_together(tmp_path: Path) -> None:
    """What a page asks of an indicator is read from one place of the file, however large it is."""
    rows = [(f"r{n}", name, "2018", "stock", "9人") for n in range(1, 4001) for name in ("members", "rate", "benefit")]
    store = open_store(str(tmp_path / "store"), data=write_data(tmp_path / "data", figures(*rows), count=4000))
    assert len(store.observations()) == len(rows)
    (derived,) = store.location.cache.glob("*.duckdb")
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{derived}' AS kept (READ_ONLY)")
        apart = connection.execute("""SELECT indicator_id FROM (SELECT *, rowid AS place FROM kept.figures)
            GROUP BY 1 HAVING max(place) - min(place) + 1 <> count(*)""").fetchall()
    assert apart == []


def test_who_reported_what_is_counted_by_reporter(many: Store) -> None:
    found = many.aggregate(["reporter_id", "group"], years=[2017, 2018])
    table = plain(many, {"years": [2017, 2018]})
    wanted = table.groupby(["reporter_id", "group"]).size()
    assert found.set_index(["reporter_id", "group"])["n"].to_dict() == wanted.to_dict()


def test_a_wanted_value_is_a_value_whatever_it_says(many: Store) -> None:
    """Queries are compiled with holes for what is wanted; nothing that is asked for is read as SQL or as a hole."""
    for evil in ("'", "') OR 1=1 --", "‹city›", "'‹pilot_type›'", "x'‹pilot_type›'y", "987654321", "\\"):
        assert many.observations(cities=[evil], types=["园区", evil], years=[2017]).empty
        assert len(many.observations(cities=["嘉兴市", evil])) == len(many.observations(cities=["嘉兴市"]))
    assert many.observations(years=[987654321]).empty
