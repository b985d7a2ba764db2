"""The shipped tables: sound by the schema's checks, whole, bilingual, and right in known places."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest

from tidy.checks import check_observations
from tidy.checks.identities import load_identities, verdict
from tidy.schema import CITIES, COLUMNS, DATA, DIRECTIONS, GROUPS, MEASURES, PILOT_LEVELS, read_reference, read_table

OBSERVATIONS = read_table("observations")
REFERENCE = read_reference()
REPORTERS, INDICATORS, SOURCES = REFERENCE.reporters, REFERENCE.indicators, REFERENCE.sources
PILOTS = REPORTERS[REPORTERS["kind"] == "pilot"]


def plain(name: str) -> pd.DataFrame:
    """A table of data/ that the schema does not type."""
    return pd.read_csv(DATA / f"{name}.csv", dtype=str, keep_default_na=False)


def row(observation_id: str) -> pd.Series:
    """One observation."""
    return OBSERVATIONS.set_index("observation_id").loc[observation_id]


def test_no_check_finds_fault() -> None:
    assert [str(problem) for problem in check_observations(OBSERVATIONS, REFERENCE)] == []


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_contract_columns_come_first_and_in_order(name: str) -> None:
    header = (DATA / f"{name}.csv").read_text(encoding="utf-8").splitlines()[0].split(",")

    assert tuple(header[: len(COLUMNS[name])]) == COLUMNS[name]


@pytest.mark.parametrize(
    ("table", "key"),
    [
        (OBSERVATIONS, "observation_id"),
        (REPORTERS, "reporter_id"),
        (INDICATORS, "indicator_id"),
        (SOURCES, "source_id"),
        (plain("identities"), "identity_id"),
        (plain("contradictions"), "contradiction_id"),
        (plain("known_errors"), "error_id"),
    ],
)
def test_ids_are_unique_and_ascii(table: pd.DataFrame, key: str) -> None:
    assert table[key].is_unique
    assert table[key].map(str.isascii).all()


def test_there_are_83_pilots_in_ten_cities() -> None:
    assert len(PILOTS) == 83
    assert Counter(PILOTS["city"]) == {
        "温州市": 23, "杭州市": 18, "嘉兴市": 9, "金华市": 9, "宁波市": 6, "台州市": 6, "湖州市": 5,
        "舟山市": 4, "衢州市": 2, "丽水市": 1,
    }  # fmt: skip


def test_types_are_judged_one_by_one_with_their_basis() -> None:
    assert Counter(PILOTS["pilot_type"]) == {"特色小镇": 36, "园区": 26, "楼宇商圈": 17, "其他": 4}
    assert (PILOTS["type_basis"] != "").all()
    assert (REPORTERS.loc[REPORTERS["kind"] != "pilot", "pilot_type"] == "非试点").all()
    assert set(REPORTERS["pilot_level"]) <= set(PILOT_LEVELS)


def test_area_codes_belong_to_their_city() -> None:
    inside = REPORTERS[REPORTERS["city"].isin(CITIES)]

    assert (inside["area_code"].str[:4] == inside["city"].map(CITIES).str[:4]).all()
    assert (PILOTS["area_code"].str[4:] != "00").all()
    assert (PILOTS["area_code_today"].str.fullmatch(r"33\d{4}")).all()


def test_parents_lead_to_a_top_without_circles() -> None:
    parents = dict(zip(REPORTERS["reporter_id"], REPORTERS["parent_id"], strict=True))
    for reporter in parents:
        seen = []
        while reporter:
            assert reporter in parents
            assert reporter not in seen
            seen.append(reporter)
            reporter = parents[reporter]


def test_a_name_means_one_reporter() -> None:
    owners: dict[str, set[str]] = {}
    for one in REPORTERS.itertuples():
        for name in {one.name, *filter(None, one.aliases.split("|"))}:
            owners.setdefault(name, set()).add(one.reporter_id)

    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


def test_each_indicator_is_used_by_a_figure_or_by_a_rate() -> None:
    rates = set(INDICATORS["numerator_id"]) | set(INDICATORS["denominator_id"])

    assert set(INDICATORS["indicator_id"]) - set(OBSERVATIONS["indicator_id"]) - rates == set()
    assert rates - {""} <= set(INDICATORS["indicator_id"])


def test_indicators_speak_the_words_of_the_schema() -> None:
    assert set(INDICATORS["group"]) == set(GROUPS)
    assert set(INDICATORS["measure"]) <= set(MEASURES)
    assert set(INDICATORS["direction"]) <= set(DIRECTIONS)
    assert not INDICATORS.loc[INDICATORS["unit"] == "%", "additive"].any()


def test_names_and_aliases_of_indicators_mean_one_thing() -> None:
    names = [name for one in INDICATORS.itertuples() for name in {one.name, *filter(None, one.aliases.split("|"))}]

    assert [name for name, times in Counter(names).items() if times > 1] == []


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("reporters", ["name", "name_en"]),
        ("indicators", ["name", "name_en", "definition", "definition_en"]),
        ("identities", ["name", "name_en"]),
        ("contradictions", ["title", "title_en", "difference", "difference_en"]),
        ("known_errors", ["reason", "reason_en"]),
    ],
)
def test_bilingual_fields_are_filled(name: str, columns: list[str]) -> None:
    assert (plain(name)[columns] != "").all().all()


def test_repetitions_point_to_an_observation_that_is_no_repetition() -> None:
    same = OBSERVATIONS.set_index("observation_id")["same_as"]
    same = same[same != ""]

    assert set(same) <= set(OBSERVATIONS["observation_id"])
    assert not set(same) & set(same.index)


def test_references_to_observations_resolve() -> None:
    known = set(OBSERVATIONS["observation_id"])

    assert {one for ids in plain("contradictions")["observation_ids"] for one in ids.split("|")} <= known
    for identity in load_identities(DATA / "identities.csv"):
        assert set(identity.observation_ids) <= known, identity.identity_id


def test_the_identities_that_fail_are_the_known_ones() -> None:
    found = {
        one.identity_id: verdict(one, OBSERVATIONS, REPORTERS).status
        for one in load_identities(DATA / "identities.csv")
    }

    assert {name for name, status in found.items() if status == "fails"} == {
        "pilots-judged-3281", "pilots-judged-3291", "pilots-judged-3299", "wulin-single", "beauty-iso-producing",
        "qiantang-event", "qiantang-funds", "huanglong-single", "taishun-masters-three", "new-energy-organising",
        "new-energy-covered", "copy-453", "haining-pledges", "haining-firms",
    }  # fmt: skip
    assert {name for name, status in found.items() if status == "cannot_tell"} == {"crystal-members", "taishun-works"}


def test_jiaxing_insurance_has_a_row_a_year() -> None:
    chosen = OBSERVATIONS[
        (OBSERVATIONS["indicator_id"] == "insurance_enrolment") & (OBSERVATIONS["reporter_id"] == "jiaxing-federation")
    ].set_index("period")

    assert chosen["value"].to_dict() == {"2014": 180000, "2015": 370000, "2016": 470000, "2017": 490000}
    assert chosen["qualifier"].to_dict() == dict.fromkeys(("2014", "2015", "2016"), "exact") | {"2017": "at_least"}


@pytest.mark.parametrize(
    ("observation_id", "expected"),
    [
        ("003-58463", ("new-energy-town", "union_members", 12597, "人", "stock", "")),
        ("003-58333", ("new-energy-town", "employees", 13000, "人", "stock", "")),
        ("003-58474", ("new-energy-town", "membership_rate", 95, "%", "stock", "")),
        (
            "003-69533",
            ("wuyi-economic-development-zone", "insurance_enrolment", 6595, "人", "stock", ""),
        ),
        (
            "003-69545",
            ("wuyi-economic-development-zone", "insurance_task_rate", 107, "%", "stock", ""),
        ),
        ("004-2490", ("haining-federation", "insurance_benefit", 14196100, "元", "cumulative", "2014/2018")),
        ("003-30845", ("qiantang-smart-city", "organising_rate", 95, "%", "stock", "")),
        ("003-30845-2", ("qiantang-smart-city", "membership_rate", 95, "%", "stock", "")),
        ("003-21303", ("pujiang-crystal-industrial-park", "wage_arrears_cases", 0, "件", "stock", "")),
        ("001-818", ("nanhu-federation", "fitness_equipment", 20, "套", "stock", "")),
    ],
)
def test_known_figures(observation_id: str, expected: tuple[str, str, float, str, str, str]) -> None:
    found = row(observation_id)

    assert tuple(found[["reporter_id", "indicator_id", "value", "unit", "measure", "period"]]) == expected
