"""A refresh in the middle of every step, before anything is saved: what was typed is still there."""

from __future__ import annotations

from typing import Any

import pytest

from store import open_store
from tests.browser.analyst import choose_draft, go, members_of, person, press, refresh, saved, upload
from tests.browser.conftest import App
from tests.browser.steps import settle

pytestmark = pytest.mark.browser
REPORT = "2019年，信息港小镇工会会员达到1300余人，建立基层工会31个。"


def typed(page: Any, label: str, text: str) -> None:
    """Type into a field, leave it, refresh; the text must be there."""
    page.get_by_label(label).last.fill(text)
    saved(page)
    refresh(page)
    assert page.get_by_label(label).last.input_value() == text, label


def test_a_refresh_in_the_middle_of_every_step_loses_nothing(browser: Any, own: App) -> None:
    page = person(browser, own, "/upload")
    store = open_store(str(own.folder / "store"))
    upload(page, {"梦想.xlsx": members_of("梦想小镇", 1200, "湖滨商圈"), "报告.txt": REPORT.encode()})
    refresh(page)
    assert len(store.drafts()) == 2

    choose_draft(page, own, store, "梦想.xlsx", "preview")
    page.locator('td[data-place="B3"]').click()
    settle(page)
    page.get_by_label("改为").fill("1250")
    saved(page)
    refresh(page)
    page.locator('td[data-place="B3"]').click()
    settle(page)
    assert page.get_by_label("改为").input_value() == "1250"
    press(page, "保存并重新检查")
    refresh(page)

    choose_draft(page, own, store, "报告.txt", "review")
    typed(page, "数值", "1350")
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("a")  # adopt by keyboard
    settle(page)
    refresh(page)
    page.locator("h1").click()
    page.keyboard.press("n")
    settle(page)
    page.keyboard.press("x")
    settle(page)
    refresh(page)
    page.get_by_text("审读 ✓").wait_for()

    go(page, own, "/review")
    press(page, "汇成一批（2 份）")
    refresh(page)
    typed(page, "发布说明", "二〇一九年年报")
    press(page, "保存说明")
    refresh(page)
    assert page.get_by_label("发布说明").input_value() == "二〇一九年年报"
    press(page, "立即发布")
    page.get_by_text("已发布第 2 批").wait_for()
    found = store.observations(years=[2019])
    assert {1250.0, 1350.0} <= set(found["value"])

    go(page, own, "/review?part=history")
    press(page, "撤销这一批")
    page.get_by_label("撤销理由").fill("试报")
    saved(page)
    refresh(page)
    press(page, "撤销这一批")
    assert page.get_by_label("撤销理由").input_value() == "试报"
    go(page, own, "/upload?part=correct")
    typed(page, "改为（按原文写法", "99")
    go(page, own, "/upload?part=register")
    typed(page, "单位全称", "天子岭新镇")
    go(page, own, "/upload?part=forms")
    typed(page, "统计时期", "2018-H1")
