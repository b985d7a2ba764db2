"""Charts are drawn once a figure, stay while their figures change, and never show another than the one asked for last.

Streamlit alone draws each figure twice and makes every changed chart anew, see ui/front.py.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.conftest import App
from tests.browser.steps import assert_sound, new_page, settle
from ui import front

pytestmark = pytest.mark.browser

DRAWS = "return e.react(_.current,"  # in Streamlit's chart script
COUNT = """window.draws = [...(window.draws || []), t.map(one => one.name)];
  if (window.slow) return new Promise(done => setTimeout(done, window.slow))
    .then(() => e.react(_.current, {data: t, layout: n, config: r, frames: i})); """
MARK = "document.querySelectorAll('.js-plotly-plot').forEach(one => { one.marked = true })"
FIGURES = """[...document.querySelectorAll('.js-plotly-plot')].map(one => ({
  stayed: !!one.marked, title: one.layout.title.text.split('<')[1].slice(2), height: one._fullLayout.height,
  place: one.parentElement.clientHeight, names: one.layout.yaxis.ticktext || [],
  dimmed: one.data.some(trace => trace.selectedpoints)}))"""

DOTS = """[...document.querySelectorAll('.points path')].map(
  one => ['d', 'style', 'transform', 'class'].map(name => one.getAttribute(name)))"""


@pytest.fixture
def page(browser: Any, app: App) -> Iterator[Any]:
    """A window whose charts count how often they are drawn, and take as many ms more as ``window.slow`` says."""
    page = new_page(browser, height=2000)
    page.fetched = []

    def counting(route: Any) -> None:
        script = route.fetch().text()
        page.fetched.append(route.request.url)
        time.sleep(1.5)  # the page is there before its charts
        assert script.count(DRAWS) == 1
        route.fulfill(body=script.replace(DRAWS, COUNT + DRAWS), content_type="text/javascript")

    page.route("**/PlotlyChart*.js*", counting)
    yield page
    page.context.close()


def figures(page: Any) -> list[dict[str, Any]]:
    """What the page's charts show, once nothing has been drawn for a second."""
    settle(page)
    found, seen, still = page.evaluate(FIGURES), page.evaluate("(window.draws || []).length"), 0
    end = time.monotonic() + 60
    while still < 5:
        assert time.monotonic() < end, "drawn again and again"
        page.wait_for_timeout(200)
        now, drawn = page.evaluate(FIGURES), page.evaluate("(window.draws || []).length")
        still = still + 1 if (now, drawn) == (found, seen) and now else 0
        found, seen = now, drawn
    return list(found)


def choose(page: Any, *cities: str) -> None:
    """Choose cities one after the other, as fast as a list lets somebody press."""
    page.get_by_test_id("stMultiSelect").filter(has_text="设区市").locator("input").click()
    for city in cities:
        page.get_by_role("option", name=city, exact=True).click()
    page.keyboard.press("Escape")


def test_each_figure_is_drawn_once(page: Any, app: App) -> None:
    page.goto(f"{app.url}/insurance")
    page.locator(".js-plotly-plot .main-svg:first-child").nth(2).wait_for()
    shown = figures(page)
    assert len(page.evaluate("window.draws")) == len(shown) >= 3
    assert len(page.fetched) == 1, "the largest script, once"


def test_a_chart_stays_when_its_figure_changes_and_is_drawn_once_more(page: Any, app: App) -> None:
    page.goto(f"{app.url}/membership")
    before = figures(page)
    page.evaluate(MARK)
    page.evaluate("window.draws = []")
    choose(page, "杭州市")
    after = figures(page)
    assert_sound(page)
    assert [one["stayed"] for one in after] == [True] * len(before) == [True] * 3
    assert (before[0]["names"][:2], after[0]["names"]) == (["杭州市", "温州市"], ["杭州市"])
    assert after[0]["height"] < before[0]["height"], "fewer rows, a lower chart"
    assert [one["height"] for one in after] == [one["place"] for one in after]
    assert len(page.evaluate("window.draws")) == 3


def test_the_choice_made_last_is_shown_however_fast_they_follow(page: Any, app: App) -> None:
    page.goto(f"{app.url}/membership?city=杭州市")
    figures(page)
    page.evaluate("window.slow = 400")
    choose(page, "温州市", "嘉兴市", "湖州市", "衢州市")
    shown = figures(page)
    assert shown[0]["names"] == ["杭州市", "温州市", "嘉兴市", "湖州市", "衢州市"]
    page.reload()
    assert shown == figures(page)
    assert_sound(page)


def test_a_mark_opens_its_figures_in_a_chart_that_has_changed(page: Any, app: App) -> None:
    page.goto(f"{app.url}/membership?lang=zh")
    figures(page)
    for city in ("杭州市", "温州市"):
        page.locator(".js-plotly-plot").first.locator(".barlayer .point path, .scatterlayer .points path").first.click(
            force=True
        )
        page.get_by_role("dialog").get_by_text("这个数从哪里来").wait_for()
        page.keyboard.press("Escape")
        page.get_by_role("dialog").wait_for(state="detached")
        page.evaluate(MARK)
        choose(page, city)
        assert [(one["stayed"], one["dimmed"]) for one in figures(page)] == [(True, False)] * 3
    assert_sound(page)


def test_dots_look_as_plotly_alone_draws_them(browser: Any, app: App) -> None:
    def drawn(page: Any) -> list[Any]:
        page.goto(f"{app.url}/coverage?lang=zh")
        seen = []
        for cities in ((), ("杭州市",), ("嘉兴市", "湖州市")):  # drawn anew, then fewer and more in the same place
            choose(page, *cities)
            figures(page)
            seen.append(page.evaluate(DOTS))
        return seen

    def alone(route: Any) -> None:
        script = route.fetch().text()
        for place, instead in [one for one in front.CHART if "singlePointStyle" in one[0] or "T(" in one[0]]:
            assert script.count(instead) == 1
            script = script.replace(instead, place)
        route.fulfill(body=script, content_type="text/javascript")

    ours, plotlys = new_page(browser, height=2000), new_page(browser, height=2000)
    plotlys.route("**/PlotlyChart*.js*", alone)
    shown = drawn(ours)
    assert shown == drawn(plotlys)
    assert len(shown[0]) > len(shown[2]) > len(shown[1]) > 0
    for page in (ours, plotlys):
        page.context.close()
