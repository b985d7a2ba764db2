"""复制为图片 puts the figure's picture on the clipboard; where that is not allowed, the picture itself is shown."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import PICTURES, App
from tests.browser.steps import assert_sound, open_page, settle

pytestmark = pytest.mark.browser
READ = """async () => {
  const [item] = await navigator.clipboard.read();
  const bytes = new Uint8Array(await (await item.getType("image/png")).arrayBuffer());
  return [item.types[0], bytes.length, String.fromCharCode(...bytes.slice(1, 4))];
}"""


def menu(browser: Any, app: App) -> Any:
    page = open_page(browser, f"{app.url}/insurance?indicator=insurance_enrolment")
    page.locator(".st-key-download_insurance_time button").click()
    return page


def test_the_picture_is_on_the_clipboard(browser: Any, app: App) -> None:
    page = menu(browser, app)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=app.url)
    page.get_by_role("button", name="复制为图片").click()
    page.get_by_text("已复制，可直接粘贴").wait_for()
    kind, size, name = page.evaluate(READ)
    assert (kind, name) == ("image/png", "PNG")
    assert size > 10_000
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / "copy.png")
    assert_sound(page)
    page.context.close()


def test_without_leave_the_picture_is_shown(browser: Any, app: App) -> None:
    page = menu(browser, app)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.get_by_role("button", name="复制为图片").click()
    page.locator(".copy img").wait_for()
    assert page.locator(".copy img").evaluate("image => image.decode().then(() => image.naturalWidth)") > 400
    page.context.close()


def test_a_figure_joins_the_show_from_its_menu(browser: Any, app: App) -> None:
    page = menu(browser, app)
    page.get_by_role("button", name="加入演示").click()
    page.get_by_text("已加入演示（共 1 页）").wait_for()
    page.keyboard.press("Escape")  # with the menu open, the first press elsewhere only closes it
    page.locator(".st-key-get_insurance_time_csv").wait_for(state="detached")
    settle(page)
    page.get_by_role("link", name="会议演示").click()
    settle(page)
    page.get_by_text("页次（共 1 页）").wait_for()
    page.reload()
    settle(page)
    page.get_by_text("页次（共 1 页）").wait_for()
    assert_sound(page)
    page.context.close()
