"""Every page opens in a real browser, in both languages and themes, with nothing from outside or grave to axe-core."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import PICTURES, App
from tests.browser.steps import PAGES, assert_sound, marks, open_page, settle

pytestmark = pytest.mark.browser


# The framework's own page list puts section heads into <ul>, which no setting of ours can mend.
CONTEXT = {"exclude": [['[data-testid="stSidebarNav"]']]}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa"]}


@pytest.mark.parametrize(("lang", "dark"), [("zh", False), ("en", True)], ids=["zh-light", "en-dark"])
@pytest.mark.parametrize("name", PAGES)
def test_page_opens(browser: Any, app: App, name: str, lang: str, dark: bool) -> None:
    page = open_page(browser, f"{app.url}/{name}?lang={lang}", dark=dark)
    assert_sound(page)
    title = page.locator("h1").inner_text()
    assert bool(re.search(r"[\u4e00-\u9fff]", title)) == (lang == "zh")
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(PICTURES / f"{name}-{lang}.png"))
    assert grave(page) == []
    page.context.close()


def grave(page: Any) -> list[tuple[str, list[str]]]:
    """What axe-core finds serious or critical."""
    found = Axe().run(page, context=CONTEXT, options=RULES).response["violations"]
    serious = [one for one in found if one["impact"] in ("serious", "critical")]
    return [(one["id"], [node["html"][:160] for node in one["nodes"]][:4]) for one in serious]


def test_overview_paints_its_charts(browser: Any, app: App) -> None:
    page = open_page(browser, f"{app.url}/overview", height=4200)
    page.wait_for_selector(".barlayer .point path")
    assert marks(page, "bars") >= 8
    assert marks(page, "areas") >= 11
    text = page.locator('[data-testid="stMain"]').inner_text()
    for figure in ("83 个", "28.5%", "≥ 49万人", "1,419.61万元"):
        assert figure in text
    page.context.close()


def test_filters_follow_from_page_to_page(browser: Any, app: App) -> None:
    page = open_page(browser, f"{app.url}/coverage?city=温州市")
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="会员").click()
    page.wait_for_url("**/membership*")
    settle(page)
    assert "温州市" in page.locator('[data-testid="stMultiSelect"]').first.inner_text()
    page.wait_for_url("**city=*")
    page.context.close()


@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_is_wider_than_the_window(browser: Any, app: App, width: int) -> None:
    page = open_page(browser, f"{app.url}/overview", width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


CUT = """[...document.querySelectorAll('[data-testid="stMetric"] *')]
    .filter(one => one.scrollWidth > one.clientWidth + 1 && one.clientWidth).map(one => one.textContent)"""


@pytest.mark.parametrize("width", [1080, 390])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_count_is_cut(browser: Any, app: App, lang: str, width: int) -> None:
    page = open_page(browser, f"{app.url}/quality?lang={lang}", width=width)
    assert page.get_by_test_id("stMetric").count() == 4
    assert page.evaluate(CUT) == []
    page.context.close()
