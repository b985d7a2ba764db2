"""Every download of a figure's menu gives a sound file that holds the figures on screen."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import App
from tests.browser.steps import open_page, settle

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def files(browser: Any, app: App, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of the insurance chart's menu by their ending."""
    page = open_page(browser, f"{app.url}/insurance?indicator=insurance_enrolment")
    folder = tmp_path_factory.mktemp("downloads")
    page.locator(".st-key-download_insurance_time button").click()
    found = {}
    for ending in ("CSV", "XLSX", "PPTX", "PNG", "SVG"):
        with page.expect_download() as started:
            page.get_by_role("button", name=ending, exact=True).last.click()
        path = Path(folder, ending.lower())
        started.value.save_as(path)
        found[ending.lower()] = path.read_bytes()
    page.context.close()
    return found


def test_csv_opens_in_excel_as_utf8(files: dict[str, bytes]) -> None:
    text = files["csv"].decode("utf-8")
    assert text.startswith("\ufeff")
    assert "49万余人" in text


def test_workbook_has_a_chart_and_the_printed_phrase(files: dict[str, bytes]) -> None:
    names = zipfile.ZipFile(io.BytesIO(files["xlsx"])).namelist()
    assert any(name.startswith("xl/charts/chart") for name in names)


def test_slides_have_a_native_chart_with_its_workbook(files: dict[str, bytes]) -> None:
    names = zipfile.ZipFile(io.BytesIO(files["pptx"])).namelist()
    assert any(name.startswith("ppt/charts/chart") for name in names)
    assert any(name.startswith("ppt/embeddings/") for name in names)


def test_pictures(files: dict[str, bytes]) -> None:
    assert files["png"].startswith(b"\x89PNG")
    assert b"<svg" in files["svg"][:400]


def test_a_page_link_works_while_a_menu_is_open(browser: Any, app: App) -> None:
    page = open_page(browser, f"{app.url}/coverage")
    page.get_by_role("button", name="下载", exact=True).first.click()
    page.get_by_role("button", name="XLSX", exact=True).wait_for()
    page.wait_for_selector('[data-testid="stSidebarNav"][data-st-overlay-root]')
    page.get_by_role("link", name="医疗互助").click()
    page.wait_for_url("**/insurance*")
    settle(page)
    assert page.locator("h1").inner_text() == "医疗互助"
    page.context.close()
