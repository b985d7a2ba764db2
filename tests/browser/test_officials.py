"""What an official does beside reading: go down the map, keep a view, declare a target, put the welcome away."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.browser.conftest import App
from tests.browser.steps import assert_sound, open_page, settle

pytestmark = pytest.mark.browser


def opened(page: Any) -> Any:
    """Open the saved views; a name is asked once, then they are opened again."""
    page.get_by_role("button", name="常用视图").click()
    box = page.get_by_role("dialog")
    box.get_by_label("您的姓名").fill("王芳")
    box.get_by_role("button", name="确定").click()
    box.wait_for(state="detached")
    settle(page)
    page.get_by_role("button", name="常用视图").click()
    return box


def test_from_the_province_to_a_city_s_counties_and_back(browser: Any, app: App) -> None:
    page = open_page(browser, f"{app.url}/overview?lang=zh")
    chart = page.locator('[class*="st-key-exhibit_overview_map"]')
    chart.scroll_into_view_if_needed()
    chart.locator("text").filter(has_text="温州").first.click(force=True)
    drawer = page.get_by_role("dialog")
    drawer.get_by_text("温州市：23 个试点").wait_for()
    settle(page)
    assert drawer.get_by_role("link").count() == 23
    drawer.get_by_role("button", name="地图下钻：温州市各县（市、区）").click()
    drawer.wait_for(state="detached")
    settle(page)
    assert_sound(page)
    assert "level_map=county" in page.url
    assert "温州市" in page.get_by_test_id("stMain").inner_text()
    page.context.close()


def test_a_number_of_pilots_opens_the_pilots(browser: Any, app: App) -> None:
    page = open_page(browser, f"{app.url}/overview?lang=en&city=湖州市")
    page.locator('[class*="st-key-where_overview_cities"]').get_by_role("button").click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_role("link").first.wait_for()
    settle(page)
    assert drawer.get_by_role("link").count() == 5
    assert re.search(r"place \d+-\d+", drawer.inner_text())
    page.context.close()


def test_a_view_is_kept_under_a_name_and_opened_again(browser: Any, app: App) -> None:
    page = open_page(browser, f"{app.url}/builder?lang=zh&rows=pilot_type&indicators=union_members&sort=down")
    table = page.locator("table.three-line").inner_text()
    box = opened(page)
    name = box.get_by_label("把现在的画面存成")
    name.fill("会员按类型")
    name.press("Enter")
    box.get_by_role("button", name="保存").click()
    link = box.get_by_role("link", name="会员按类型")
    link.wait_for()
    other = open_page(browser, f"{app.url}/overview?lang=zh")
    other.get_by_role("button", name="常用视图").click()
    other.get_by_role("dialog").get_by_role("link", name="会员按类型").click()
    other.locator("table.three-line").wait_for()
    settle(other)
    assert other.locator("table.three-line").inner_text() == table
    page.context.close()
    other.context.close()


def test_the_welcome_stays_away_on_this_computer(browser: Any, app: App) -> None:
    page = open_page(browser, f"{app.url}/overview?lang=zh")
    page.get_by_role("button", name="知道了").click()
    page.get_by_text("第一次使用").wait_for(state="detached")
    settle(page)
    page.goto(f"{app.url}/overview?lang=zh")
    settle(page)
    assert page.get_by_text("第一次使用").count() == 0
    page.context.close()


def pick(page: Any, key: str, name: str) -> None:
    """Choose in a list what begins with ``name``."""
    page.locator(f".st-key-{key} input").first.click()
    page.get_by_role("option").filter(has_text=re.compile(f"^{name}")).click()
    page.keyboard.press("Escape")
    settle(page)


def test_what_is_chosen_stays_chosen_when_its_words_change(browser: Any, app: App) -> None:
    """The browser names a choice by its words: the count in an indicator's changes with each filter, all with the language."""
    page = open_page(browser, f"{app.url}/coverage?lang=zh")
    shown = page.locator(".st-key-page_coverage_indicator input")
    pick(page, "page_coverage_indicator", "入会率")
    page.get_by_role("radio", name="排名").or_(page.get_by_role("button", name="排名")).first.click()
    settle(page)
    for city in ("杭州市", "嘉兴市", "湖州市"):
        pick(page, "filter_city", city)
        chart = page.locator(".js-plotly-plot .gtitle").first
        assert shown.input_value().startswith("入会率")
        assert "indicator=membership_rate&view=ranking" in page.url
        assert chart.text_content().startswith("入会率")
    page.get_by_role("radio", name="English").or_(page.get_by_role("button", name="English")).first.click()
    settle(page)
    pick(page, "filter_city", "Quzhou")
    assert_sound(page)
    assert shown.input_value().startswith("Membership rate")
    assert "indicator=membership_rate&view=ranking" in page.url
    assert page.evaluate("new URLSearchParams(location.search).get('city')") == "杭州市~嘉兴市~湖州市~衢州市"
    page.context.close()
