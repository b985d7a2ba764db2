"""Slides in order: moved, removed, added, given words, saved and read back."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from ui.choice import Choice
from ui.stage.arrangement import Arrangement, from_saved, narrowed, planned, to_saved

THREE = Arrangement("own", "例会", "五月", tuple(planned({"builder": name}) for name in ("by_city", "ranking", "dots")))


def builders(story: Arrangement) -> list[str]:
    return [slide.declared["builder"] for slide in story.slides]


def test_a_slide_moves_and_stays_at_the_ends() -> None:
    assert builders(THREE.moved(0, 1)) == ["ranking", "by_city", "dots"]
    assert builders(THREE.moved(2, 1)) == ["by_city", "ranking", "dots"]
    assert builders(THREE.moved(0, -1)) == ["by_city", "ranking", "dots"]


def test_a_slide_is_added_behind_the_chosen_one_and_removed() -> None:
    new = planned({"builder": "completeness"})
    assert builders(THREE.with_slide(new, 0)) == ["by_city", "completeness", "ranking", "dots"]
    assert builders(THREE.with_slide(new, -1))[0] == "completeness"
    assert builders(THREE.without(1)) == ["by_city", "dots"]


@given(place=st.integers(0, 2), by=st.integers(-4, 4))
@settings(max_examples=30, deadline=None)
def test_moving_loses_no_slide(place: int, by: int) -> None:
    assert sorted(builders(THREE.moved(place, by))) == sorted(builders(THREE))


def test_saved_stories_come_back_as_they_were() -> None:
    own = planned(
        {"builder": "by_city", "with": {"indicator_id": "new_members"}}, Choice(cities=("嘉兴市",), years=(2017,))
    )
    story = THREE.with_slide(own, 2)
    assert from_saved("own", json.loads(json.dumps(to_saved(story)))) == story


def test_braces_in_a_persons_title_mean_themselves() -> None:
    slide = planned({"builder": "by_city"}).saying(title="{重点} 工作", notes="")
    assert slide.declared["title"].format(city="嘉兴") == "{重点} 工作"
    assert "notes" not in slide.declared


def test_a_slides_own_filters_come_before_the_storys() -> None:
    shared = Choice(cities=("杭州市",), years=(2018,), as_of="2026-10-01")
    both = narrowed(shared, Choice(cities=("嘉兴市",)))
    assert (both.cities, both.years, both.as_of) == (("嘉兴市",), (2018,), "2026-10-01")
