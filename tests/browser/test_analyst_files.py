"""Files that go out to counties and come back: forms through LibreOffice, zips, annotated workbooks, backups."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from store import open_store
from tests.browser.analyst import (
    choose_draft,
    download,
    draft_of,
    go,
    members_of,
    person,
    press,
    publish,
    saved,
    upload,
    workbook,
)
from tests.browser.conftest import App
from tests.browser.office import filled
from tests.browser.steps import assert_sound, settle

pytestmark = pytest.mark.browser
XLSX, XLS = "南湖新区", "嘉兴科技城"


def cell_of(form: Path, reporter: str, indicator: str) -> str:
    """The place ("0.D7": number of the sheet, cell) of a reporter's present figure in a form of ours."""
    for number, sheet in enumerate(load_workbook(form).worksheets):
        columns = [cell.column_letter for cell in sheet[1] if cell.value == f"{indicator}|now"]
        rows = [cell.row for cell in sheet["C"] if cell.value == reporter]
        if columns and rows:
            return f"{number}.{columns[0]}{rows[0]}"
    raise LookupError(reporter)


def test_a_form_filled_in_libreoffice_comes_back_and_is_published(browser: Any, desk: App, tmp_path: Path) -> None:
    page = person(browser, desk, "/upload?part=forms")
    page.get_by_label("统计时期").last.fill("2019")
    saved(page)
    name, form = download(page, "生成并下载")
    source = tmp_path / name
    source.write_bytes(form)
    sent = {
        f"{reporter}.{ending}": filled(
            source, {cell_of(source, reporter, "union_members"): value}, ending, tmp_path
        ).read_bytes()
        for ending, reporter, value in (("xlsx", XLSX, 4321), ("xls", XLS, 5678))
    }
    assert sent[f"{XLS}.xls"].startswith(b"\xd0\xcf\x11\xe0")
    go(page, desk, "/upload")
    upload(page, sent)
    assert_sound(page)
    store = open_store(str(desk.folder / "store"))
    assert {draft.state["kind"] for draft in store.drafts()} == {"template"}
    go(page, desk, "/review")
    press(page, "汇成一批（2 份）")
    publish(page, store)
    found = store.observations(indicators=["union_members"], years=[2019])
    assert {4321.0, 5678.0} <= set(found["value"])
    go(page, desk, "/upload?part=forms")
    page.get_by_role("radio", name="每县（市、区）一份（zip）").or_(
        page.get_by_text("每县（市、区）一份（zip）")
    ).first.click()
    settle(page)
    name, archive = download(page, "生成并下载")
    assert name.endswith(".zip")
    names = zipfile.ZipFile(io.BytesIO(archive)).namelist()
    assert len(names) == store.reporters().query("kind == 'pilot'")[["city", "county"]].drop_duplicates().shape[0]


def test_annotated_workbook_goes_out_and_the_mended_one_says_what_it_solved(browser: Any, desk: App) -> None:
    page = person(browser, desk, "/upload")
    store = open_store(str(desk.folder / "store"))
    upload(page, {"梦想.xlsx": members_of("梦想小镇", 900, "湖滨商圈"), "坏.xlsx": wrong()})
    choose_draft(page, desk, store, "坏.xlsx", "problems")
    name, annotated = download(page, "批注工作簿")
    book = load_workbook(io.BytesIO(annotated))
    assert name == "坏-批注.xlsx"
    assert "问题清单" in book.sheetnames
    book["Sheet"]["B3"].value = 801
    buffer = io.BytesIO()
    book.save(buffer)
    press(page, "重新上传")
    again = {"name": name, "mimeType": "application/octet-stream", "buffer": buffer.getvalue()}
    page.locator("input[type=file]").last.set_input_files([again])
    page.get_by_text("上次改动解决了 1 个问题").wait_for()
    assert all(draft_of(store, name).state["summary"]["ready"] for name in ("梦想.xlsx", "坏.xlsx"))
    go(page, desk, "/admin?part=store")
    press(page, "核验每个文件")
    page.get_by_text("都与写入时一致").wait_for()
    name, backup = download(page, "下载备份")
    assert "catalogue" in " ".join(zipfile.ZipFile(io.BytesIO(backup)).namelist())


def wrong() -> bytes:
    head = ["填报单位", "工会会员数", "基层工会数"]
    return workbook([["2019年会员统计"], head, ["云栖小镇", "八百多（待核）", 20]])


def test_digits_of_a_chinese_input_method_are_kept(browser: Any, desk: App) -> None:
    page = person(browser, desk, "/upload")
    store = open_store(str(desk.folder / "store"))
    upload(page, {"数字.xlsx": wrong()})
    choose_draft(page, desk, store, "数字.xlsx", "cells")
    grid = page.locator('[data-testid="stDataFrame"]').last
    grid.click(position={"x": 150, "y": 35 * 3 + 15})
    page.wait_for_timeout(500)  # the grid takes keys when it has drawn its selection
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(500)
    page.keyboard.press("Enter")
    page.locator("#portal textarea, #portal input").first.wait_for()  # the cell's own editor
    page.keyboard.press("Control+A")
    keys = page.context.new_cdp_session(page)
    for text in ("８", "８０", "８０１"):  # what an input method shows while it composes
        keys.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
    keys.send("Input.insertText", {"text": "８０１"})
    page.keyboard.press("Enter")
    page.get_by_text("保存 1 个改动的单元格").wait_for()
    page.reload()
    settle(page)
    press(page, "保存 1 个改动的单元格")
    draft = draft_of(store, "数字.xlsx")
    assert draft.state["decisions"]["cells"] == {"Sheet!B3": "８０１"}
    for _moment in range(240):  # the file is read again; on a crowded machine that takes a while
        if draft_of(store, "数字.xlsx").state["summary"]["ready"]:
            break
        page.wait_for_timeout(500)
    assert draft_of(store, "数字.xlsx").state["summary"]["ready"]
