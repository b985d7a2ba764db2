"""Declared stories: builders found by name, repeated pages, honest omissions, arrangement, evidence."""

from __future__ import annotations

import tomllib
from typing import Any

import pandas as pd
import pytest

from exports import boundaries, plans
from exports import evidence as proof
from exports.choices import choose_indicators, printed_counts
from exports.story import of_exhibits
from tests.exports import made
from tidy.exhibit import Exhibit
from tidy.language import using
from tidy.schema import CITIES, DATA

STORIES = ("overview", "city", "coverage", "insurance", "assistance", "yearly")


def figure(number: int, indicator: str, group: str, value: float, **more: Any) -> dict[str, Any]:
    """One observation as the store gives it."""
    base = {
        "observation_id": f"o{number}", "reporter_id": "jiaxing", "indicator_id": indicator, "period": "2017", "period_type": "interval",
        "measure": "stock", "value": value, "low": value, "high": value, "unit": "人", "qualifier": "exact", "as_printed": f"{value:g}人",
        "source_id": "s1", "locator": "1-5", "note": "", "scope": "", "same_as": "", "kind": "federation", "pilot_type": "非试点",
        "pilot_level": "", "city": "嘉兴市", "group": group, "year": 2017, "reporter_name": "某市总工会", "reporter_name_en": "A federation",
        "county": "", "area_code": "330400", "parent_id": "", "indicator_name": indicator, "indicator_name_en": indicator, "additive": True,
    }  # fmt: skip
    return {**base, **more}


def reporter(name: str, kind: str, city: str, area: str, pilot_type: str = "非试点") -> dict[str, str]:
    """One reporter's row."""
    return {"reporter_id": name, "name": name, "name_en": name, "kind": kind, "pilot_type": pilot_type, "pilot_level": "", "city": city,
            "county": "", "area_code": area, "parent_id": "", "aliases": "", "source_id": "s1", "locator": ""}  # fmt: skip


@pytest.fixture
def material() -> plans.Material:
    """A small province: one city's federation over three years, three pilots."""
    names = ("indicator_id", "name", "name_en", "group", "unit", "measure", "additive", "direction", "numerator_id", "denominator_id",
             "maximum", "definition", "definition_en")  # fmt: skip
    indicators = pd.DataFrame(
        [("members", "会员数", "Members", "membership", "人", "stock", True, "up", "", "", None, "定义", "Definition"),
         ("enrolled", "参保人数", "Enrolled", "insurance", "人", "stock", True, "up", "", "", None, "", ""),
         ("pilots", "试点数", "Pilots", "pilot_count", "个", "stock", True, "none", "", "", None, "", "")], columns=list(names))  # fmt: skip
    figures = pd.DataFrame(
        [figure(n, "enrolled", "insurance", 100 + n, period=str(2014 + n), year=2014 + n) for n in range(3)]
        + [figure(10 + n, "members", "membership", 50 + n, reporter_id=f"p{n}", kind="pilot", pilot_type="园区", city=city,
                  area_code=CITIES[city], reporter_name=f"试点{n}") for n, city in enumerate(["杭州市", "宁波市", "嘉兴市"])]
        + [figure(20, "pilots", "pilot_count", 22, unit="个", scope="新业态：园区", reporter_id="province", area_code="330000")]
    )  # fmt: skip
    reporters = pd.DataFrame(
        [reporter("jiaxing", "federation", "嘉兴市", "330400"), reporter("province", "federation", "", "330000")]
        + [
            reporter(f"p{n}", "pilot", city, CITIES[city], "园区")
            for n, city in enumerate(["杭州市", "宁波市", "嘉兴市"])
        ]
    )
    sources = pd.DataFrame([("s1", "甲志", "甲社", "2018", "report", "", "", "")],
                           columns=["source_id", "title", "publisher", "date", "kind", "sha256", "pages", "note"])  # fmt: skip
    return plans.Material(figures, indicators, reporters, proof.table(figures, indicators, sources), sources)


def test_the_ready_made_stories_are_declared_in_order() -> None:
    assert tuple(plans.plans()) == STORIES


@pytest.mark.parametrize("name", STORIES)
def test_a_ready_made_story_speaks_both_languages_and_names_known_builders(name: str) -> None:
    plan = plans.plans()[name]
    for entry in (plan["title"], plan["subtitle"]):
        assert set(entry) == {"zh", "en"}
    assert {slide["builder"] for slide in plan["slides"] if "builder" in slide} <= set(plans.BUILDERS)


@pytest.mark.parametrize("name", STORIES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_ready_made_stories_are_built_from_what_there_is(name: str, language: str, material: plans.Material) -> None:
    with using(language):
        story = plans.build(plans.plans()[name], material, name)
    assert story.slides
    assert all(shown.meta.source == "甲志" for shown in story.exhibits)


def test_pages_without_figures_are_named_not_dropped_silently(material: plans.Material) -> None:
    story = plans.build(plans.plans()["coverage"], material)
    assert story.slides[-1].title == "未列出的页"
    assert "组织覆盖：主要数字" in story.slides[-1].text


def test_one_page_a_city_or_only_one_city(material: plans.Material) -> None:
    every = plans.build(plans.plans()["city"], material)
    assert [slide.title for slide in every.slides[:-1]] == ["杭州市", "宁波市", "嘉兴市"]
    one = plans.build(plans.plans()["city"], material.of_city("嘉兴市"))
    assert [slide.title for slide in one.slides] == ["嘉兴市"]
    assert one.slides[0].cards[0].label == "某市总工会 · 参保人数"


def test_a_plan_is_a_toml_file_anyone_can_write(material: plans.Material) -> None:
    plan = tomllib.loads(
        'title = "我的"\n[[slides]]\nbuilder = "ranking"\nwith = { indicator_id = "members" }\ntitle = "前三"\n'
    )
    (slide,) = plans.build(plan, material).slides
    assert slide.title == "前三"
    assert isinstance(slide.exhibit, Exhibit)
    assert len(slide.exhibit.table) == 3


def test_an_unknown_builder_is_an_error(material: plans.Material) -> None:
    with pytest.raises(KeyError):
        plans.build({"title": "x", "slides": [{"builder": "nothing"}]}, material)


def test_the_best_reported_indicators_come_first(material: plans.Material) -> None:
    found = choose_indicators(material.figures, material.indicators, most=1)
    assert [row.indicator_id for row in found] == ["members"]
    dated = choose_indicators(material.figures, material.indicators, most=3, dated=True)
    assert [row.indicator_id for row in dated] == ["enrolled"]


def test_printed_counts_of_pilot_types_are_found_by_scope(material: plans.Material) -> None:
    assert printed_counts(material) == {"园区": (22, "o20")}


def test_slides_can_be_arranged() -> None:
    story = made.story()
    assert [slide.title for slide in story.arranged((2, 0)).slides] == [story.slides[2].title, story.slides[0].title]
    assert of_exhibits(made.exhibit("bars")).title == made.META.title


def test_plain_observations_become_evidence(material: plans.Material) -> None:
    ready = proof.ready(material.figures)
    assert proof.ready(ready) is ready
    assert ready.loc["o0", "reporter"] == "某市总工会"


@pytest.mark.skipif(not (DATA / "boundaries" / "cities.geojson").exists(), reason="data/boundaries is absent")
def test_boundaries_lie_on_the_map_and_old_counties_find_their_place() -> None:
    assert {area.code for area in boundaries.areas("city")} == set(CITIES.values())
    for area in boundaries.areas("county"):
        assert all(
            -0.01 <= y <= 1.01 and -0.01 <= x <= boundaries.width("county") + 0.01
            for ring in area.rings
            for x, y in ring
        )
    assert boundaries.drawn_as("330110", "county") == ("330110", "330113")  # 余杭区 was divided
    assert boundaries.drawn_as("330104", "county") == ()  # 江干区 was merged with others
