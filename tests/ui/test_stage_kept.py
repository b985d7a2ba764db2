"""A show that nobody saved survives a reload, figures of pages join it, and a forged address opens nothing."""

from __future__ import annotations

import base64
import json
import zlib
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.test_pages import own_store, run, sound  # noqa: F401 - the store of the pages' tests
from ui.choice import Choice
from ui.stage import kept
from ui.stage.arrangement import Arrangement, planned

ROOT = Path(__file__).resolve().parent.parent.parent
SLIDES = (planned({"text": ["第一条", "第二条"], "title": "开场"}), planned({"builder": "by_city", "with": {"indicator_id": "union_members"}}, Choice(years=(2018,))))  # fmt: skip
SHOW = Arrangement("basket", "我的演示", "副题", SLIDES)


def test_an_arrangement_comes_back_from_its_address() -> None:
    text = kept.text(SHOW)
    assert kept.arrangement("basket", text) == SHOW
    assert kept.arrangement("overview", text) is None
    assert len(kept.text(Arrangement("basket", "x", slides=SLIDES * 10))) < 2000


def packed(value: object) -> str:
    return base64.urlsafe_b64encode(zlib.compress(json.dumps(value).encode())).decode()


@pytest.mark.parametrize("text", [
    "", "x", "%00", "A" * 5000, packed([]), packed({"name": "basket", "slides": 5}), packed({"name": "basket", "slides": [{"declared": 5}]}),
    packed({"name": "basket", "slides": [{"declared": {"builder": "os.system", "with": {}}}]}), packed({"name": "basket", "slides": [{"declared": {"text": 7}}]}),
    packed({"name": "basket", "slides": [{"declared": {"builder": "by_city", "with": [1]}}]}),
    base64.urlsafe_b64encode(zlib.compress(b"[" * 5_000_000)).decode(), packed({"name": "basket", "slides": [{"declared": {"text": []}}] * 500}),
])  # fmt: skip
def test_a_forged_arrangement_is_none(text: str) -> None:
    assert kept.arrangement("basket", text) is None


def address(app: AppTest) -> dict[str, str]:
    """What the page has put into its address."""
    bound = app.session_state["_bound"]
    return {bound[key]: app.session_state[key] for key in ("page_present_story", "page_present_arranged")}


def titles(app: AppTest) -> list[str]:
    return [button.label.partition("　")[2] for button in app.button if str(button.key).startswith("stage_go_")]


def test_changes_stand_in_the_address_and_a_reload_finds_them() -> None:
    app = run("present", story="insurance")
    before = titles(app)
    app.button(key="stage_delete").click().run()
    sound(app)
    again = run("present", **address(app))
    sound(again)
    assert titles(again) == before[1:]
    again.button(key="stage_delete").click().run()
    assert titles(again) == before[2:]


def test_a_figure_of_a_page_joins_the_show() -> None:
    app = run("insurance")
    for key in ("insurance_city", "insurance_type"):
        app.session_state[f"download_{key}"] = True  # its menu is filled when it is open
    app.run()
    taken = [button for button in app.button if str(button.key).startswith("stage_take_")]
    assert len(taken) >= 2
    title = app.session_state["_page_exhibits"]
    first = str(taken[0].key).removeprefix("stage_take_")
    taken[0].click().run()
    sound(app)
    app.switch_page("pages/present.py").run()
    sound(app)
    assert titles(app) == [title[first].meta.title]
    assert titles(run("present", **address(app))) == titles(app)


def test_a_link_for_the_wall_opens_the_wall() -> None:
    app = run("present", theme="wall")
    sound(app)
    assert app.session_state["page_present_view"] == "wall"
