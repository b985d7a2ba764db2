"""What a person does on a page, as functions the browser tests share."""

from __future__ import annotations

import time
from typing import Any

PAGES = (
    "overview", "coverage", "membership", "insurance", "assistance", "pilots", "compare", "builder", "quality",
    "dictionary",
)  # fmt: skip
PATIENCE = 60_000  # milliseconds: a machine of CI may be half as fast, and busy
# A press may start the script a moment later: only what is still for a quarter of a second has come to rest.
SETTLED = """asked => {
  const app = document.querySelector('[data-testid="stApp"]')
  const still = app?.dataset.testScriptState === 'notRunning' &&
    document.querySelector('[data-testid="stAppViewContainer"] h1') && !document.querySelector('[data-testid="stSkeleton"]')
  if (!still || window.stillFor?.asked !== asked) window.stillFor = {asked, since: performance.now()}
  return still && performance.now() - window.stillFor.since >= 250
}"""


def open_page(browser: Any, url: str, *, width: int = 1440, height: int = 1400, dark: bool = False) -> Any:
    """Open an address in a fresh context and wait until the page has settled."""
    page = new_page(browser, width=width, height=height, dark=dark)
    page.goto(url)
    settle(page)
    return page


def new_page(browser: Any, *, width: int = 1440, height: int = 1400, dark: bool = False) -> Any:
    """Return an empty page in a fresh context that notes what leaves this machine and what the door's policy refuses."""
    scheme = "dark" if dark else "light"
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.outside, page.refused = [], []
    page.on("console", lambda told: page.refused.append(told.text) if "Content Security Policy" in told.text else None)
    page.on("request", lambda r: page.outside.append(r.url) if _is_outside(r.url) else None)
    return page


def _is_outside(url: str) -> bool:
    return not url.startswith(("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:"))


def settle(page: Any) -> None:
    """Wait until the script has run, nothing is about to be drawn, and it has stayed so for a moment."""
    page.wait_for_function(SETTLED, arg=time.monotonic(), polling=50, timeout=2 * PATIENCE)


def assert_sound(page: Any) -> None:
    """No exception, no error box, no request that leaves this machine, nothing that the door's policy kept away."""
    assert page.locator('[data-testid="stException"]').count() == 0
    failed = page.locator('[data-testid="stAlertContentError"]').all_inner_texts()
    assert not failed, failed
    assert (page.outside, page.refused) == ([], [])


def marks(page: Any, kind: str) -> int:
    """Number of painted marks of a plotly chart: ``bars``, ``areas``, ``points`` …"""
    selectors = {
        "bars": ".barlayer .point path",
        "areas": ".scatterlayer .js-fill",
        "points": ".scatterlayer .points path",
        "cells": ".heatmaplayer image, .heatmaplayer path",
        "texts": ".scatterlayer .text text",
    }
    return int(page.locator(selectors[kind]).count())
