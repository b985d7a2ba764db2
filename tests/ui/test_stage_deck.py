"""A story becomes a deck that says everything by itself: of one vintage, in letters for a hall."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import streamlit as st

from exports import plans
from tidy import language
from tidy.schema import OBSERVATION_COLUMNS
from ui import cached
from ui.choice import Choice
from ui.stage import stories
from ui.stage.arrangement import Arrangement, planned
from ui.stage.deck import MOST_ROWS, deck, readable


@pytest.fixture(scope="module", autouse=True)
def own_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A store of its own for this module."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PILOTS_STORE", str(tmp_path_factory.mktemp("stage") / "store"))
        st.cache_resource.clear()
        yield
    st.cache_resource.clear()


def made(story: Arrangement, choice: Choice | None = None, theme: str = "light") -> dict[str, Any]:
    choice = choice or Choice()
    return deck(stories.story(story, choice), stories.evidence(story, choice), theme)


@pytest.mark.parametrize("theme", ["light", "wall"])
def test_the_deck_is_plain_data_and_complete(theme: str) -> None:
    found = json.loads(json.dumps(made(stories.ready_made("insurance", Choice()), theme=theme)))
    assert found["slides"][0]["cover"]
    assert len(found["slides"]) > 1
    for slide in found["slides"][1:]:
        assert set(slide["ids"]) <= set(found["lines"]), slide["title"]
        assert slide["cards"] or slide["figure"] or slide["table"] or slide["text"]


@pytest.mark.parametrize("name", sorted(plans.plans()))
def test_every_ready_made_story_has_slides_in_both_languages(name: str) -> None:
    for lang in language.LANGUAGES:
        with language.using(lang):
            story = stories.story(stories.ready_made(name, Choice()), Choice())
            assert story.slides
            assert story.title == plans.title_of(name)


def test_a_ready_made_story_says_what_the_export_says() -> None:
    arranged = stories.story(stories.ready_made("coverage", Choice()), Choice())
    exported = plans.build(plans.plans()["coverage"], stories.material(stories.pinned(Choice())), "coverage")
    kept = [slide for slide in exported.slides if slide.exhibit or slide.cards]
    assert [slide.title for slide in arranged.slides] == [slide.title for slide in kept]
    assert arranged.observation_ids == tuple(dict.fromkeys(one for slide in kept for one in slide.observation_ids))


def test_long_figures_are_spread_over_slides_that_can_be_read() -> None:
    story = stories.story(stories.ready_made("overview", Choice()), Choice())
    for slide in story.slides:
        parts = list(readable(slide))
        for part in parts:
            if part.exhibit and part.exhibit.kind == "bars":
                assert part.exhibit.table["label"].nunique() <= MOST_ROWS
        ids = {one for part in parts for one in part.observation_ids}
        assert ids == set(slide.observation_ids)


def test_the_drawer_tells_definition_phrase_source_and_place() -> None:
    found = made(stories.ready_made("insurance", Choice()))
    line = next(line for line in found["lines"].values() if line["printed"] == "49万余人")
    assert line["amount"] == "≥ 49万人"
    assert line["place"] == "字符 5594–5599"
    assert line["who"] == "嘉兴市总工会"
    assert all((line["definition"], line["source"], line["means"]))


def test_the_axis_keeps_its_unit() -> None:
    story = Arrangement(
        "own", "走势", slides=(planned({"builder": "over_time", "with": {"indicator_id": "insurance_enrolment"}}),)
    )
    assert "万人" in made(story)["slides"][1]["facts"]


def test_a_slide_without_data_says_so_instead_of_vanishing() -> None:
    nothing = planned(
        {"builder": "by_city", "with": {"indicator_id": "insurance_enrolment"}},
        Choice(cities=("衢州市",), years=(2013,)),
    )
    slides = made(Arrangement("own", "空", slides=(nothing,)))["slides"]
    assert len(slides) == 2
    assert "没有填报" in slides[1]["text"][0]


def test_stories_are_saved_and_deleted() -> None:
    story = replace(stories.ready_made("insurance", Choice()), title="五月例会")
    stories.save("五月例会", story, "王芳")
    assert stories.saved()["五月例会"].slides == story.slides
    stories.delete("五月例会")
    assert "五月例会" not in stories.saved()


def test_a_pinned_story_does_not_see_a_later_release() -> None:
    story = stories.ready_made("overview", Choice())
    pin = stories.pinned(Choice())
    before = made(story, pin)
    found = cached.store().observations(indicators=["unorganised_pilot_share"])
    row = found[[*OBSERVATION_COLUMNS, "scope", "same_as"]].iloc[:1]
    changed = row.assign(value=25.0, low=25.0, high=25.0, as_printed="25%", qualifier="exact")
    cached.store().publish(changed, by="王芳", note="核对后更正")
    assert made(story, pin) == before
    now = made(story)
    assert now["version"] != before["version"]
    assert "25%" in [card["text"] for slide in now["slides"] for card in slide.get("cards", [])]
