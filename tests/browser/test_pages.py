"""Every page opens in a real browser, in both languages, with painted charts and nothing from outside."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.browser.conftest import PICTURES, App
from tests.browser.steps import PAGES, assert_sound, marks, open_page, settle

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_page_opens(browser: Any, app: App, name: str, lang: str) -> None:
    page = open_page(browser, f"{app.url}/{name}?lang={lang}")
    assert_sound(page)
    title = page.locator("h1").inner_text()
    assert bool(re.search(r"[\u4e00-\u9fff]", title)) == (lang == "zh")
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(PICTURES / f"{name}-{lang}.png"))
    page.context.close()


def test_overview_paints_its_charts(browser: Any, app: App) -> None:
    page = open_page(browser, f"{app.url}/overview", height=4200)
    page.wait_for_selector(".barlayer .point path")
    assert marks(page, "bars") >= 8
    assert marks(page, "areas") >= 11
    text = page.locator('[data-testid="stMain"]').inner_text()
    for figure in ("83 个", "28.5%", "≥ 49万人", "1,419.61万元"):
        assert figure in text
    page.context.close()


def test_a_number_opens_its_printed_line(browser: Any, app: App) -> None:
    page = open_page(browser, f"{app.url}/overview")
    page.get_by_role("button", name="≥ 49万人").click()
    drawer = page.get_by_role("dialog")
    drawer.locator(".evidence").first.wait_for()
    assert "49万余人" in drawer.inner_text()
    assert "5594-5599" in drawer.inner_text()
    page.context.close()


def test_the_address_reproduces_the_view(browser: Any, app: App) -> None:
    page = open_page(browser, f"{app.url}/insurance?city=嘉兴市&indicator=insurance_enrolment&view=ranking")
    assert "嘉兴市" in page.locator('[data-testid="stMultiSelect"]').first.inner_text()
    again = open_page(browser, page.url)
    assert again.locator("h1").inner_text() == page.locator("h1").inner_text()
    assert "嘉兴市" in again.locator('[data-testid="stMultiSelect"]').first.inner_text()
    again.context.close()
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
