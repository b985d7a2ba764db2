"""What a person waits for, in a real browser: filter, page change, table builder, cold start; beside a plain page.

A wait ends with the frame that paints the last change of any chart or table of the page; the rows
named *first chart* end with the first.
"""

from __future__ import annotations

import contextlib
import os
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

from benchmarks import browser, serve, synthetic, wire
from benchmarks.peers import table
from benchmarks.rows import Row, quantile, row
from tests.loops import apart

SMALL, MIDDLE, LARGE = 10_000, 1_000_000, 10_000_000
SAMPLES = int(os.environ.get("BENCH_SAMPLES", "24"))
LONGEST = float(os.environ.get("BENCH_LONGEST", "120"))  # seconds a window for one kind of click, whatever is missing
ROUNDS = 3  # fresh servers of both sizes: what nobody has chosen yet is chosen anew in each
COLD_STARTS = 3
PEERS = Path(__file__).with_name("peers")
PLAIN, BARE = PEERS / "plain_page.py", PEERS / "bare_page.py"
TOURED = ("membership", "insurance", "assistance", "coverage")
Waits = list[tuple[float, float]]


def run() -> list[Row]:
    """Measure at 10 k and 10 M figures in turn, several rounds, then the plain page and ours at 1 M."""
    with browser.chromium() as chromium:
        rounds = [_work(chromium, SMALL, LARGE) for _again in range(ROUNDS)]
        rows = [one for figures in (SMALL, LARGE) for one in _rows(figures, [found[figures] for found in rounds])]
        rows += [
            _grown(what, [(found[SMALL][what], found[LARGE][what]) for found in rounds]) for what in rounds[0][SMALL]
        ]
        return rows + _cold(chromium) + _against_plain(chromium)


def _work(chromium: Any, *sizes: int) -> dict[int, dict[str, Waits]]:
    """Each kind of click, on a page of each size in turn: a machine is not as fast in one minute as in another."""
    with contextlib.ExitStack() as open_ones:
        urls = {n: open_ones.enter_context(serve.app(open_ones.enter_context(synthetic.copy_of(n)))).url for n in sizes}
        pages = {figures: browser.fresh(chromium, f"{url}/coverage") for figures, url in urls.items()}
        found = {"filter": _in_turn({figures: partial(choose, page) for figures, page in pages.items()}),
                 "page change": _in_turn({figures: partial(go, page) for figures, page in pages.items()})}  # fmt: skip
        for figures, page in pages.items():
            page.goto(f"{urls[figures]}/builder")
            browser.settle(page)
        found["table builder"] = _in_turn({figures: partial(build, page) for figures, page in pages.items()})
        for page in pages.values():
            page.context.close()
    print({what: {n: [round(last) for _first, last in told] for n, told in waits.items()} for what, waits in found.items()},
          file=sys.stderr)  # fmt: skip
    return {figures: {what: waits[figures] for what, waits in found.items()} for figures in sizes}


def _in_turn(clicks: dict[Any, Callable[[int], tuple[float, float] | None]]) -> dict[Any, Waits]:
    """Click in one window after the other, as often as wanted or as time allows; what changes nothing does not count."""
    found: dict[Any, Waits] = {window: [] for window in clicks}
    end = time.monotonic() + LONGEST * len(clicks)
    while time.monotonic() < end and (short := [one for one in clicks if len(found[one]) < SAMPLES]):
        for window in short:
            found[window] += filter(None, [clicks[window](len(found[window]))])
    return found


def choose(page: Any, _n: int = 0, label: str = "设区市") -> tuple[float, float] | None:
    """Choose one more city; empty the filter when all are chosen."""
    box = page.locator(f'[data-testid="stMultiSelect"]:has-text("{label}")').first
    box.locator("input").click()
    options = page.get_by_role("option")
    options.first.wait_for()
    if options.count() > 3:
        found = browser.click(page, options.nth(1).click)
        page.keyboard.press("Escape")
        return found
    page.keyboard.press("Escape")
    box.locator('[role="button"][title*="lear"], [aria-label*="lear"]').last.click()
    browser.settle(page)
    return None


def go(page: Any, n: int) -> tuple[float, float] | None:
    """Go to another page by the menu."""
    link = page.locator(f'[data-testid="stSidebarNav"] a[href$="/{TOURED[n % len(TOURED)]}"]')
    return browser.click(page, link.click)


def build(page: Any, n: int) -> tuple[float, float] | None:
    """Change what stands in the rows of the table; the press that counts is the one on the next option."""
    page.locator('.st-key-page_builder_rows input, .st-key-page_builder_rows [role="combobox"]').first.click()
    options = page.get_by_role("option")
    options.first.wait_for()
    return browser.click(page, options.nth((n + 1) % 3).click)


def _rows(figures: int, rounds: list[dict[str, Waits]]) -> list[Row]:
    said = f"{figures:,} figures"
    rows = []
    for what in rounds[0]:
        waits = [one for found in rounds for one in found[what]]
        first, last = [one for one, _last in waits], [one for _first, one in waits]
        rows += [row(f"{what}, {said}: p50", quantile(last, 0.5), "ms", rounds=len(waits)),
                 row(f"{what}, {said}: p95", quantile(last, 0.95), "ms", rounds=len(waits)),
                 row(f"{what}, {said}: first chart, p95", quantile(first, 0.95), "ms", rounds=len(waits))]  # fmt: skip
    return rows


def _grown(what: str, rounds: list[tuple[Waits, Waits]]) -> Row:
    """The median of the rounds: each compares what was clicked in turn within one or two minutes."""
    tails = [[quantile([last for _first, last in waits], 0.95) for waits in both] for both in rounds]
    ratio = statistics.median(many / few for few, many in tails)
    many = statistics.median(many for _few, many in tails)
    return row(f"{what}: p95 at {LARGE:,} to {SMALL:,}", many, "ms", f"{SMALL:,} figures", ratio, ROUNDS)


def _cold(chromium: Any) -> list[Row]:
    """From starting the server until the first visitor sees a chart; the plain page in turn."""
    ours, plain = [], []
    with synthetic.copy_of(SMALL) as store:
        for _again in range(COLD_STARTS):
            ours.append(_first_chart(chromium, serve.app(store)))
            plain.append(_first_chart(chromium, serve.peer(PLAIN, BENCH_TABLE=str(table.parquet(SMALL)))))
    mine, theirs = statistics.median(ours), statistics.median(plain)
    said = "cold start of the server to the first chart"
    return [row(f"{said}, plain pandas page", theirs, "s", rounds=COLD_STARTS),
            row(said, mine, "s", "plain pandas page", mine / theirs, COLD_STARTS)]  # fmt: skip


def _first_chart(chromium: Any, serving: contextlib.AbstractContextManager[serve.Server]) -> float:
    """Return seconds."""
    started = time.perf_counter()
    with serving as server:
        page = chromium.new_context(viewport={"width": 1440, "height": 1000}, locale="zh-CN").new_page()
        page.goto(server.url)
        page.wait_for_selector(".js-plotly-plot .main-svg", timeout=90_000)
        taken = time.perf_counter() - started
        page.context.close()
    return taken


def _against_plain(chromium: Any) -> list[Row]:
    """A filter on the plain page and on ours, at a million figures, and on a page without any: the floor; in turn."""
    with (
        synthetic.copy_of(MIDDLE) as store,
        serve.app(store) as ours,
        serve.peer(PLAIN, BENCH_TABLE=str(table.parquet(MIDDLE))) as plain,
        serve.peer(BARE) as bare,
    ):
        windows = {"ours": partial(choose, browser.fresh(chromium, f"{ours.url}/coverage")),
                   "plain": partial(choose, browser.fresh(chromium, plain.url), label="City"),
                   "bare": partial(choose, browser.fresh(chromium, bare.url), label="City")}  # fmt: skip
        waits = _in_turn(windows)
        answers, again = apart(_answers(ours.url, plain.url))
    found = {name: [last for _first, last in taken] for name, taken in waits.items()}
    print({name: [round(one) for one in taken] for name, taken in found.items()}, file=sys.stderr)
    rows = [
        row(
            f"filter, {MIDDLE:,} figures, plain pandas page: {said}",
            quantile(found["plain"], share),
            "ms",
            rounds=SAMPLES,
        )
        for said, share in (("p50", 0.5), ("p95", 0.95))
    ]
    asked = f"filter, {MIDDLE:,} figures"
    pairs = {f"{asked}, the server alone": answers, f"{asked}, the server alone, choices made before": again,
             asked: (found["ours"], found["plain"]),
             f"{asked}, floor: a Streamlit page without any": (found["bare"], found["plain"])}  # fmt: skip
    return rows + [_beside(f"{name}: {said}", share, *pair) for name, pair in pairs.items()
                   for said, share in (("p50", 0.5), ("p95", 0.95))]  # fmt: skip


def _beside(name: str, share: float, ours: list[float], plain: list[float]) -> Row:
    mine, theirs = quantile(ours, share), quantile(plain, share)
    return row(name, mine, "ms", f"plain pandas page {theirs:,.0f} ms", mine / theirs, len(ours))


async def _answers(ours: str, plain: str) -> list[tuple[list[float], list[float]]]:
    """Return ms from asking for other cities until the last message of the answer, in turn, without a browser.

    First choices that nobody has made yet, then the same ones again.
    """
    taken: list[tuple[list[float], list[float]]] = [([], []), ([], [])]
    async with wire.window(ours, 0) as mine, wire.window(plain, 1) as theirs:
        await mine.open("coverage")
        await theirs.open()
        for waits, n in product(taken, range(SAMPLES)):
            for window, key, found in zip((mine, theirs), ("filter_city", "city"), waits, strict=True):
                cities = window.options[key]
                chosen = [cities[n % len(cities)], cities[(n + 1 + n // len(cities)) % len(cities)]]
                found.append((await window.choose(key, chosen)).seconds * 1000)
    return taken
