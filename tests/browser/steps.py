"""What a person does on a page, as functions the browser tests share."""

from __future__ import annotations

from typing import Any

PAGES = (
    "overview", "coverage", "membership", "insurance", "assistance", "pilots", "compare", "builder", "quality",
    "dictionary",
)  # fmt: skip
READY = '[data-testid="stAppViewContainer"] h1'


def open_page(browser: Any, url: str, *, width: int = 1440, height: int = 1400, dark: bool = False) -> Any:
    """Open an address in a fresh context and wait until the page has settled."""
    scheme = "dark" if dark else "light"
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, locale="zh-CN")
    page = context.new_page()
    page.outside = []
    page.on("request", lambda r: page.outside.append(r.url) if _is_outside(r.url) else None)
    page.goto(url)
    settle(page)
    return page


def _is_outside(url: str) -> bool:
    return not url.startswith(("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:"))


def settle(page: Any) -> None:
    """Wait until the script has run and nothing is stale."""
    page.wait_for_selector(READY, timeout=120_000)
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=120_000)
    page.wait_for_selector('[data-testid="stSkeleton"]', state="detached", timeout=120_000)
    page.wait_for_timeout(300)


def assert_sound(page: Any) -> None:
    """No exception, no error box, no request that leaves this machine."""
    assert page.locator('[data-testid="stException"]').count() == 0
    failed = page.locator('[data-testid="stAlertContentError"]').all_inner_texts()
    assert not failed, failed
    assert page.outside == []


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
