"""Five stories of an official, walked in a real browser."""

from __future__ import annotations

import io
import re
from typing import Any

import pypdf
import pytest

from tests.browser.conftest import App
from tests.browser.steps import assert_sound, open_page, settle

pytestmark = pytest.mark.browser
WORDS = {
    "zh": {"where": "出处", "silent": r"83 家中 (\d+) 家没有填报", "drawer": "这个数从哪里来", "title": "组织覆盖"},
    "en": {"where": "Where from", "silent": r"(\d+) of 83 have not", "drawer": "Where this number", "title": "Organisation"},
}  # fmt: skip


def main_text(page: Any) -> str:
    return str(page.get_by_test_id("stMain").inner_text())


@pytest.mark.parametrize("lang", WORDS)
def test_who_has_the_lowest_rate_and_why(browser: Any, app: App, lang: str) -> None:
    page = open_page(browser, f"{app.url}/coverage?lang={lang}&indicator=membership_rate&view=ranking")
    assert_sound(page)
    page.get_by_role("button", name=WORDS[lang]["where"], exact=True).first.click()
    drawer = page.get_by_role("dialog")
    drawer.locator(".evidence").first.wait_for()
    said = drawer.inner_text()
    assert WORDS[lang]["drawer"] in said
    assert re.search(r"\d+(\.\d+)?%", said)
    assert "003" in said or re.search(r"\d+-\d+", said)
    page.context.close()


@pytest.mark.parametrize("lang", WORDS)
def test_trace_a_number_to_its_line(browser: Any, app: App, lang: str) -> None:
    page = open_page(browser, f"{app.url}/overview?lang={lang}")
    page.get_by_role("button", name=re.compile(r"^≥ 49(万人|0,000)")).click()
    drawer = page.get_by_role("dialog")
    drawer.locator(".evidence").first.wait_for()
    assert "49万余人" in drawer.inner_text()
    assert "5594-5599" in drawer.inner_text()
    page.context.close()


@pytest.mark.parametrize("lang", WORDS)
def test_who_has_not_reported_insurance(browser: Any, app: App, lang: str) -> None:
    page = open_page(browser, f"{app.url}/quality?lang={lang}&view=missing&group=insurance")
    found = re.search(WORDS[lang]["silent"], main_text(page))
    assert found
    assert 0 < int(found[1]) < 83
    page.context.close()


@pytest.mark.parametrize("lang", WORDS)
def test_a_link_opens_the_same_view_elsewhere(browser: Any, app: App, lang: str) -> None:
    asked = "rows=pilot_type&columns=city&indicators=union_members&city=嘉兴市"
    page = open_page(browser, f"{app.url}/builder?lang={lang}&{asked}")
    table = page.locator("table.three-line").inner_text()
    chosen = page.get_by_test_id("stMultiSelect").first.inner_text()
    assert re.search("嘉兴市|Jiaxing", chosen)
    again = open_page(browser, page.url)
    assert again.locator("table.three-line").inner_text() == table
    assert again.get_by_test_id("stMultiSelect").first.inner_text() == chosen
    page.context.close()
    again.context.close()


@pytest.mark.parametrize("lang", WORDS)
def test_print_has_text_and_page_numbers(browser: Any, app: App, lang: str) -> None:
    page = open_page(browser, f"{app.url}/coverage?lang={lang}")
    document = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    texts = [sheet.extract_text() for sheet in document.pages]
    assert WORDS[lang]["title"] in texts[0]
    assert re.search(rf"1 / {len(texts)}", texts[0])
    page.context.close()


def test_one_story_by_keyboard_alone(browser: Any, app: App) -> None:
    page = open_page(browser, f"{app.url}/overview")
    for _step in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText").startswith("≥ 49万人"):
            break
    page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog")
    drawer.locator(".evidence").first.wait_for()
    assert "49万余人" in drawer.inner_text()
    page.keyboard.press("Escape")
    drawer.wait_for(state="detached")
    settle(page)
    page.context.close()
