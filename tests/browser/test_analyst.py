"""An analyst's work in a real browser: files and a report to published figures, and back."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from store import open_store
from tests.browser.analyst import (
    OTHER,
    awkward,
    choose_draft,
    draft_of,
    drop,
    go,
    members_of,
    person,
    pick,
    press,
    publish,
    refresh,
    upload,
    workbook,
)
from tests.browser.conftest import App
from tests.browser.measure import megabytes, most
from tests.browser.steps import assert_sound, open_page, settle

pytestmark = pytest.mark.browser
PUBLISHED = ("梦想小镇", "湖滨商圈")  # by one test, so that the next leaves them alone


def leading_card(page: Any) -> str:
    return str(page.locator('[class*="st-key-open_overview_4"] button').inner_text())


def mend(page: Any, app: App, store: Any) -> None:
    """Correct a cell and a name in the preview, judge the report by keyboard; refresh at every step."""
    choose_draft(page, app, store, "云栖.csv", "preview")
    page.locator('td[data-place="B3"]').click()
    settle(page)
    page.get_by_label("改为").fill("801")
    page.get_by_label("改为").press("Tab")
    settle(page)
    press(page, "保存并重新检查")
    refresh(page)
    choose_draft(page, app, store, "梦想.xlsx", "preview")
    page.locator('td[data-place="A3"]').click()
    settle(page)
    pick(page, "是指", "梦想小镇")
    press(page, "记住并重新读取")
    refresh(page)
    choose_draft(page, app, store, "报告.txt", "review")
    pick(page, "指标", "基层工会数")
    pick(page, "填报单位", "信息港小镇")
    page.locator(".st-key-reader_accept button").click()
    settle(page)
    refresh(page)


def test_three_awkward_workbooks_and_a_report_reach_the_overview_and_go_back(browser: Any, desk: App) -> None:
    page = person(browser, desk, "/upload")
    store = open_store(str(desk.folder / "store"))
    go(page, desk, "/overview")
    before = leading_card(page)
    go(page, desk, "/upload")
    upload(page, awkward())
    assert_sound(page)
    refresh(page)
    assert len(store.drafts()) == 4
    mend(page, desk, store)
    go(page, desk, "/review")
    press(page, "汇成一批")
    refresh(page)
    publish(page, store)
    assert {801.0, 1200.0, 31.0, 550_000.0} <= set(store.observations(years=[2019])["value"])
    go(page, desk, "/overview")
    assert "55" in leading_card(page)
    go(page, desk, "/review?part=history")
    press(page, "撤销这一批")
    page.get_by_label("撤销理由").fill("试报")
    page.get_by_label("撤销理由").press("Enter")
    settle(page)
    press(page, "确认撤销")
    go(page, desk, "/overview")
    assert leading_card(page) == before


def test_a_block_pasted_from_excel_keeps_every_value(browser: Any, desk: App) -> None:
    rows, columns = 200, 8
    head = ["填报单位", *(f"列{n}" for n in range(columns))]
    book = workbook([["2019年统计"], head, *([f"单位{r}", *[None] * columns] for r in range(rows))])
    page = person(browser, desk, "/upload")
    store = open_store(str(desk.folder / "store"))
    upload(page, {"空表.xlsx": book})
    choose_draft(page, desk, store, "空表.xlsx", "cells")
    block = "\n".join("\t".join(str(1000 * r + c + 1) for c in range(columns)) for r in range(rows))
    page.locator('[data-testid="stDataFrame"]').last.click(position={"x": 150, "y": 35 * 3 + 15})
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=desk.url)
    page.evaluate("text => navigator.clipboard.writeText(text)", block)
    page.keyboard.press("Control+V")
    page.get_by_text(f"保存 {rows * columns} 个改动的单元格").wait_for()
    press(page, "保存 1600 个改动的单元格")
    cells = draft_of(store, "空表.xlsx").state["decisions"]["cells"]
    assert len(cells) == rows * columns
    assert set(cells.values()) == set(block.replace("\n", "\t").split("\t"))


@pytest.fixture
def two_people(desk: App) -> Iterator[Any]:
    """The store, in which a second person has to approve for the time of a test."""
    store = open_store(str(desk.folder / "store"))
    store.remember("setting", "second_person", True, by="管理员")
    yield store
    store.remember("setting", "second_person", False, by="管理员")


def test_return_and_approval_by_a_second_person(browser: Any, desk: App, two_people: Any) -> None:
    page = person(browser, desk, "/upload")
    upload(page, {"会员.xlsx": members_of(PUBLISHED[0], 1200, PUBLISHED[1])})
    go(page, desk, "/review")
    press(page, "汇成一批")
    press(page, "提交审核")
    press(page, "通过")
    assert "不能审核自己" in page.get_by_test_id("stAlert").last.inner_text()
    other = person(browser, desk, "/review", OTHER)
    other.get_by_label("审核意见").fill("请核对单位")
    other.get_by_label("审核意见").press("Control+Enter")
    settle(other)
    press(other, "退回")
    refresh(page)
    assert page.get_by_text("请核对单位").count()
    press(page, "提交审核")
    refresh(other)
    press(other, "通过")
    refresh(page)
    publish(page, two_people)


def test_fifty_files_of_which_ten_are_broken(
    browser: Any, desk: App, record_property: Callable[[str, object], None]
) -> None:
    """None is lost, ten say why; meanwhile another page answers. Seconds and memory are told, not held."""
    store = open_store(str(desk.folder / "store"))
    pilots = store.reporters().query("kind == 'pilot' and name not in @PUBLISHED")
    names = pilots["name"].tolist()
    good = {f"好{n:02}.xlsx": members_of(names[n], 100 + n, names[40 + n]) for n in range(40)}
    bad = {f"坏{n}.xlsx": b"PK\x03\x04 nothing %d" % n for n in range(10)}
    page = person(browser, desk, "/upload")
    began, before = time.monotonic(), megabytes(desk.pid)
    with most(desk.pid) as peak:
        drop(page, {**good, **bad})
        page.get_by_text("正在读取").first.wait_for()
        asked = time.monotonic()
        meanwhile = open_page(browser, f"{desk.url}/insurance")
        answered = time.monotonic() - asked
        assert_sound(meanwhile)
        page.get_by_text("40 个读取成功，10 个未成功").wait_for(timeout=300_000)
    seconds = time.monotonic() - began
    told = f"{seconds:.1f} s, another page {answered:.1f} s, {before:.0f} MB before, {peak[0]:.0f} MB at most"
    record_property("fifty files", told)
    print("50 files:", told)
    for name in bad:
        assert page.get_by_text(name).count(), name
    meanwhile.context.close()
    go(page, desk, "/review")
    press(page, "汇成一批")
    number = publish(page, store)
    assert page.get_by_text(f"已发布第 {number} 批，160 个数").count()
    left = {draft.file_name for draft in store.drafts()}
    assert left >= set(bad)
    assert not left & set(good)
