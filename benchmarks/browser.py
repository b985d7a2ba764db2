"""A real headless Chromium, and how long it takes from a click until what changed has been painted."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

from playwright.sync_api import Page, TimeoutError, sync_playwright

PATIENCE = 60_000.0  # ms; a wait that takes longer is written down as this
# Notes when marks of a chart or a printed table were first and last drawn; a frame later they are painted.
WATCH = """
(() => {
  const bench = window.bench = {pressed: 0, first: 0, last: 0};
  const shown = '.js-plotly-plot, table.three-line, [data-testid="stDataFrame"]';
  const marks = '.js-plotly-plot .main-svg, table.three-line, [data-testid="stDataFrame"]';
  const within = (node, what) => {
    const element = node.nodeType === 1 ? node : node.parentElement;
    return !!element && (!!element.closest(what) || (node.nodeType === 1 && !!node.querySelector(what)));
  };
  const inside = node => (node.nodeType === 1 ? node : node.parentElement)?.closest(shown);
  const changed = one => inside(one.target) || [...one.addedNodes].some(node => within(node, shown));
  const drawn = one => one.attributeName === 'd' || [...one.addedNodes].some(node => within(node, marks));
  const painted = first => requestAnimationFrame(() => requestAnimationFrame(() => {
    bench.last = performance.now();
    if (first) bench.first = bench.first || bench.last;
  }));
  const look = changes => {
    if (!bench.pressed || !changes.some(changed)) return;
    painted(!bench.first && changes.some(one => drawn(one) && changed(one)));
  };
  const begin = () => new MutationObserver(look).observe(
    document.documentElement, {subtree: true, childList: true, attributes: true, characterData: true});
  document.documentElement ? begin() : document.addEventListener('readystatechange', begin, {once: true});
  document.addEventListener('pointerdown', () => {
    if (bench.armed) { bench.pressed = performance.now(); bench.armed = false; }
  }, true);
})();
"""
ARM = "() => Object.assign(window.bench, {armed: true, pressed: 0, first: 0, last: 0})"
SETTLED = """() => {
  const now = performance.now(), app = document.querySelector('[data-testid="stApp"]');
  const idle = app && app.dataset.testScriptState === 'notRunning';
  if (idle && bench.pressed && !bench.first && now - bench.pressed > 4000) return [0, 0];
  return idle && bench.first > 0 && now - bench.last > 250 ? [bench.first - bench.pressed, bench.last - bench.pressed] : null;
}"""


@contextlib.contextmanager
def chromium() -> Iterator[Any]:
    """One browser, started once."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


def fresh(browser: Any, url: str) -> Page:
    """Open an address in a new window that watches what is painted."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="zh-CN")
    page: Page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(url)
    settle(page)
    return page


def settle(page: Page, seconds: float = 90) -> None:
    """Wait until the script has ended and a chart or table stands there."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=seconds * 1000)
    page.wait_for_selector(".js-plotly-plot .main-svg, table.three-line", timeout=seconds * 1000)
    page.wait_for_timeout(300)


def click(page: Page, press: Callable[[], None]) -> tuple[float, float] | None:
    """Press something and return ms until the first and the last change of a chart or table were painted.

    None where nothing changed (the chosen city has no figure of this indicator).
    """
    page.evaluate(ARM)
    press()
    try:
        first, last = page.wait_for_function(SETTLED, polling=50, timeout=PATIENCE).json_value()
    except TimeoutError:
        return PATIENCE, PATIENCE
    return (float(first), float(last)) if last else None
