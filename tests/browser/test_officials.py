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
