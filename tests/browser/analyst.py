"""What an analyst does on the pages, as functions that the tests share."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from tests.browser.conftest import App
from tests.browser.steps import assert_sound, open_page, settle

ME, OTHER = "王芳", "李强"


def person(browser: Any, app: App, path: str, name: str = ME) -> Any:
    """Open a page as somebody who gives their name."""
    page = open_page(browser, app.url + path)
    page.get_by_label("您的姓名").fill(name)
    page.get_by_role("button", name="确定").click()
    settle(page)
    return page


def go(page: Any, app: App, path: str) -> None:
    page.goto(app.url + path)
    settle(page)


def refresh(page: Any) -> None:
    page.reload()
    settle(page)
    assert_sound(page)


def press(page: Any, name: str) -> None:
    page.get_by_role("button", name=name).first.click()
    settle(page)


def drop(page: Any, files: dict[str, bytes]) -> None:
    """Drop files and wait for nothing."""
    payloads = [{"name": n, "mimeType": "application/octet-stream", "buffer": c} for n, c in files.items()]
    page.locator("input[type=file]").first.set_input_files(payloads)


def upload(page: Any, files: dict[str, bytes]) -> None:
    drop(page, files)
    page.get_by_text("本次：").wait_for(timeout=120_000)
    settle(page)


def choose_draft(page: Any, app: App, store: Any, name: str, step: str) -> None:
    go(page, app, f"/upload?draft={draft_of(store, name).id}&step={step}")


def draft_of(store: Any, name: str) -> Any:
    return next(draft for draft in store.drafts() if draft.file_name == name)


def saved(page: Any) -> None:
    """Leave the field that was typed in, so that the page takes it."""
    page.keyboard.press("Tab")
    settle(page)


def download(page: Any, name: str) -> tuple[str, bytes]:
    """Press a download button; return the file's name and content."""
    with page.expect_download(timeout=120_000) as found:
        page.get_by_role("button", name=name).first.click()
    return found.value.suggested_filename, Path(found.value.path()).read_bytes()


def pick(page: Any, label: str, text: str) -> None:
    box = page.get_by_role("combobox", name=label).last
    box.click()
    box.fill(text)
    page.get_by_role("option", name=text).first.click()
    settle(page)


def workbook(lines: list[list[object]], *, merge: str = "") -> bytes:
    book = Workbook()
    sheet = book.active
    for line in lines:
        sheet.append(line)
    if merge:
        sheet.merge_cells(merge)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def publish(page: Any, store: Any) -> int:
    """Press 立即发布 and wait until it is said; return the number of the release."""
    number = len(store.releases()) + 1
    press(page, "立即发布")
    page.get_by_text(f"已发布第 {number} 批").wait_for()
    return number


def members_of(first: str, members: int, second: str) -> bytes:
    """A plain return of two pilots with two indicators."""
    head = ["填报单位", "工会会员数", "基层工会数"]
    return workbook([["2019年会员统计"], head, [first, members, 12], [second, 300, 7]])


def awkward() -> dict[str, bytes]:
    """A merged two-line head with 万人, a GBK text with words where a figure should be, an unknown name; a report."""
    insurance = workbook(
        [
            ["2019年嘉兴市医疗互助"],
            ["填报单位", "医疗互助"],
            ["", "医疗互助参保人数（万人）"],
            ["嘉兴市总工会", "55万余人"],
        ],
        merge="A2:A3",
    )
    members = "2019年会员统计,,\n填报单位,工会会员数（人）,基层工会数（个）\n云栖小镇,八百多（待核）,20\n".encode("gbk")
    strange = members_of("梦想小镇新址", 1200, "湖滨商圈")
    report = "2019年，信息港小镇建立基层工会31个。".encode()
    return {"嘉兴.xlsx": insurance, "云栖.csv": members, "梦想.xlsx": strange, "报告.txt": report}
