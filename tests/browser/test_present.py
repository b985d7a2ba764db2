"""A meeting as it goes: keys, numbers that open, nothing that changes; a wall that renews itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from store import open_store
from tests.browser.conftest import App, served
from tests.browser.steps import PATIENCE, _is_outside, open_page, settle
from tidy.schema import OBSERVATION_COLUMNS

pytestmark = pytest.mark.browser
SHOWN = ".stage-shown"


def stage(browser: Any, url: str, width: int = 1280, height: int = 720) -> Any:
    """Open the address of a show and wait until its first slide stands."""
    page = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN").new_page()
    page.set_default_timeout(PATIENCE)
    page.outside, page.faults = [], []
    page.on("request", lambda r: page.outside.append(r.url) if _is_outside(r.url) else None)
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.goto(url)
    page.wait_for_selector(SHOWN)
    return page


def at(page: Any) -> str:
    """The number of the slide that is shown, as the stage says it to a screen reader."""
    return str(page.locator(".stage-said").inner_text()).split(" / ")[0]


def texts(page: Any) -> list[str]:
    """The words of every slide, shown or waiting, without the figures that are drawn when needed."""
    return list(page.locator(".stage-slide > h1, .stage-card, .stage-foot, .stage-number").all_text_contents())


def press(page: Any, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def publish_change(app: App) -> None:
    """Publish 25% where the shipped figures have about 20%, as somebody else does during the meeting."""
    beside = open_store(str(app.folder / "store"))
    found = beside.observations(indicators=["unorganised_pilot_share"], reporters=["zhejiang-federation"])
    row = found[[*OBSERVATION_COLUMNS, "scope", "same_as"]]
    beside.publish(
        row.assign(value=25.0, low=25.0, high=25.0, as_printed="25%", qualifier="exact"), by="王芳", note="核对后更正"
    )


def test_figures_are_drawn_behind_the_door_that_make_run_opens(browser: Any, app: App) -> None:
    """The policy of the door lets plotly's script run, which the stage puts into the page, and nothing else inline."""
    page = stage(browser, f"{app.url}/present?story=overview&view=show")
    for _slide in range(4):
        press(page, "ArrowRight")
        page.wait_for_timeout(300)
    page.locator(".stage .main-svg").first.wait_for(state="attached")
    assert page.faults == []
    page.evaluate(
        "document.head.append(Object.assign(document.createElement('script'), {textContent: 'window.evil = 1'}))"
    )
    assert page.evaluate("window.evil === undefined")
    page.context.close()


def test_keys_walk_through_the_story(browser: Any, app: App) -> None:
    page = stage(browser, f"{app.url}/present?story=overview&view=show")
    steps = [
        ("ArrowRight", "2"),
        (" ", "3"),
        ("ArrowLeft", "2"),
        ("PageDown", "3"),
        ("PageUp", "2"),
        ("Home", "1"),
        ("ArrowLeft", "1"),
    ]
    for key, slide in steps:
        press(page, key)
        assert at(page) == slide, key
    press(page, "1", "1", "Enter")
    assert at(page) == "11"
    press(page, "End")
    last = page.locator(".stage-slide").count()
    assert at(page) == str(last)
    press(page, "ArrowRight")
    assert at(page) == str(last)
    assert page.outside == []
    assert page.faults == []
    page.context.close()


def test_panels_open_and_escape_closes_then_leaves(browser: Any, app: App) -> None:
    page = stage(browser, f"{app.url}/present?story=overview&view=show")
    press(page, "ArrowRight", "p")
    assert "先说明数据时期" in page.locator(".stage-notes.stage-open").inner_text()
    press(page, "b")
    assert page.locator(".stage-black.stage-open").is_visible()
    press(page, "b", "o")
    assert page.locator(".stage-pages.stage-open button").count() == page.locator(".stage-slide").count()
    press(page, "Escape")
    assert page.locator(".stage-open").count() == 0
    press(page, "f")
    page.wait_for_function("() => document.fullscreenElement?.classList.contains('stage')")
    press(page, "f")
    page.wait_for_function("() => !document.fullscreenElement")
    press(page, "Escape")
    page.wait_for_selector(".stage", state="detached")
    settle(page)
    assert "view=" not in page.url
    assert page.get_by_role("button", name="开始放映").is_visible()
    page.context.close()


def test_a_press_on_start_begins_the_show(browser: Any, app: App) -> None:
    page = open_page(browser, f"{app.url}/present?story=insurance")
    page.get_by_role("button", name="开始放映").click()
    page.wait_for_selector(SHOWN)
    assert "职工医疗互助" in page.locator(f"{SHOWN} h1").inner_text()
    box = page.locator(".stage").bounding_box()
    assert (box["width"], box["height"]) == (1440, 1400)
    page.wait_for_url("**view=show*")
    page.context.close()


def test_a_number_opens_its_drawer_with_the_server_gone(browser: Any, tmp_path: Path) -> None:
    with served(tmp_path) as app:
        page = stage(browser, f"{app.url}/present?story=overview&view=show")
    page.get_by_text("Connection error").wait_for(state="attached")  # Streamlit says so beneath the stage
    press(page, "ArrowRight")
    page.get_by_role("button", name="约 20%").click()
    drawer = page.locator(".stage-drawer.stage-open").inner_text()
    for said in ("未建工会试点占比", "浙江省总工会", "近20%", "字符 3746–3750", "浙江工运"):
        assert said in drawer
    press(page, "Escape", "ArrowRight")
    page.wait_for_selector(f"{SHOWN} .barlayer .point path")
    press(page, "d")
    assert "出处" in page.locator(".stage-drawer.stage-open").inner_text()
    press(page, "Escape", "End")
    assert at(page) == str(page.locator(".stage-slide").count())
    assert page.faults == []
    page.context.close()


def test_a_bar_opens_its_drawer(browser: Any, app: App) -> None:
    page = stage(browser, f"{app.url}/present?story=overview&view=show")
    press(page, "8", "Enter")
    page.wait_for_selector(f"{SHOWN} .barlayer .point path")
    bar = page.locator(f"{SHOWN} .barlayer .point path").first.bounding_box()
    page.mouse.click(bar["x"] + bar["width"] / 2, bar["y"] + bar["height"] / 2)
    drawer = page.locator(".stage-drawer.stage-open")
    drawer.wait_for()
    assert "黄龙国际商务中心" in drawer.inner_text()  # a pilot of Hangzhou, the first bar
    page.context.close()


def test_a_release_renews_a_wall_by_itself_and_a_show_only_on_reload(browser: Any, own: App) -> None:
    wall = stage(browser, f"{own.url}/present?story=overview&view=wall&seconds=5", width=1920, height=1080)
    assert wall.locator(".stage").get_attribute("data-theme") == "wall"
    assert any("约 20%" in text for text in texts(wall))
    page = stage(browser, f"{own.url}/present?story=overview&view=show")
    before = texts(page)
    publish_change(own)
    wall.wait_for_function(
        "() => document.querySelector('.stage-canvas').textContent.includes('25%')", timeout=2 * PATIENCE
    )
    assert wall.locator(".stage").count() == 1
    assert wall.faults == []
    press(page, "ArrowRight", "ArrowRight", "ArrowLeft")
    assert "约 20%" in page.locator(SHOWN).inner_text()
    assert texts(page) == before
    page.reload()
    page.wait_for_selector(SHOWN)
    press(page, "ArrowRight")
    assert "25%" in page.locator(SHOWN).inner_text()
    assert "第 2 批" in page.locator(SHOWN).inner_text()
    wall.context.close()
    page.context.close()


def test_auto_play_turns_the_slides_and_stops_at_the_last(browser: Any, app: App) -> None:
    page = stage(browser, f"{app.url}/present?story=insurance&view=show&seconds=5&run=auto")
    page.wait_for_function("() => document.querySelector('.stage-said').textContent.startsWith('2 ')")
    press(page, "End")
    stopped = "() => document.querySelector('.stage-bar [aria-pressed]').getAttribute('aria-pressed') === 'false'"
    page.wait_for_function(stopped)
    assert at(page) == str(page.locator(".stage-slide").count())
    press(page, "l", "a")
    page.wait_for_function("() => document.querySelector('.stage-said').textContent.startsWith('1 ')")
    page.context.close()


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1024, 768), (390, 844)])
def test_every_slide_fits_its_screen(browser: Any, app: App, width: int, height: int) -> None:
    page = stage(browser, f"{app.url}/present?story=overview&view=show", width, height)
    for _slide in range(page.locator(".stage-slide").count()):
        box = page.locator(f"{SHOWN} .stage-body").bounding_box()
        figures = page.locator(f"{SHOWN} .stage-figure .main-svg").all()
        for figure in figures[:1]:
            drawn = figure.bounding_box()
            assert drawn["x"] >= -1
            assert drawn["x"] + drawn["width"] <= width + 1
            assert drawn["y"] + drawn["height"] <= box["y"] + box["height"] + 2
        press(page, "ArrowRight")
    page.context.close()


def test_a_story_is_arranged_saved_and_shown(browser: Any, app: App) -> None:
    page = open_page(browser, f"{app.url}/present?story=insurance")
    count = page.locator('[class*="st-key-stage_go_"]').count()
    first = page.locator('[class*="st-key-stage_go_0"]').inner_text()
    page.get_by_role("button", name="后移").click()
    settle(page)
    assert page.locator('[class*="st-key-stage_go_1"]').inner_text().split("　")[1] == first.split("　")[1]
    page.get_by_role("button", name="移除").click()
    settle(page)
    page.get_by_role("button", name="保存为").click()
    page.get_by_label("专题名称").fill("五月例会")
    page.get_by_label("专题名称").press("Tab")
    settle(page)
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_url("**story=own*")
    again = stage(browser, page.url + "&view=show")
    assert again.locator(".stage-slide").count() == count  # the cover, and one slide less
    again.context.close()
    page.context.close()


STARTS = {"pptx": b"PK", "docx": b"PK", "xlsx": b"PK", "html": b"<!doctype html>", "pdf": b"%PDF"}


@pytest.mark.parametrize(("place", "button"), [("present?story=insurance", "下载整个专题"), ("insurance", "下载本页")])
def test_whole_story_and_whole_page_are_files(browser: Any, app: App, place: str, button: str) -> None:
    page = open_page(browser, f"{app.url}/{place}")
    page.get_by_role("button", name=button).click()
    for ending, start in STARTS.items():
        with page.expect_download(timeout=120_000) as found:
            page.get_by_role("button", name=f"{ending.upper()} ·").click()
        assert found.value.suggested_filename.endswith(f".{ending}")
        assert Path(found.value.path()).read_bytes().startswith(start)
    page.context.close()
