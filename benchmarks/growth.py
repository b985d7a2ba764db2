"""Does cost grow with the data? Loaders, store, pages and exports at 1×, 10× and 100×, with the fitted exponent.

Exponent 1 is linear in the data, 0 does not grow. Each size is asked in turn, round after round.
"""

from __future__ import annotations

import asyncio
import itertools
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks import deck, serve, synthetic, wire
from benchmarks.figures_speed import text_of
from benchmarks.loader_speed import tidy_table, write_big
from benchmarks.rows import Row, exponent, in_turn, row
from store import open_store
from tidy.schema import CITIES

ROUNDS = 3
FIGURES = (100_000, 1_000_000, 10_000_000)
Ways = Mapping[int, Callable[[], Any]]


def run(figures: tuple[int, ...] = FIGURES) -> list[Row]:
    """Measure the four layers."""
    return [*_loaders(), *_reports(), *_store(figures), *_pages(figures), *_exports()]


def fitted(name: str, of: str, ways: Ways, rounds: int = ROUNDS) -> list[Row]:
    """Return a row a size, and the exponent over them."""
    taken = in_turn({str(size): way for size, way in ways.items()}, rounds)
    sizes, costs = list(ways), list(taken.values())
    rows = [row(f"{name}: {size:,} {of}", cost * 1000, "ms", f"{sizes[0]:,}", cost / costs[0], rounds)
            for size, cost in zip(sizes, costs, strict=True)]  # fmt: skip
    return [
        *rows,
        row(f"{name}: exponent", exponent(sizes, costs), "", f"{sizes[0]:,} to {sizes[-1]:,} {of}", rounds=rounds),
    ]


def _loaders() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        paths = {rows: Path(folder) / f"{rows}.xlsx" for rows in (500, 5_000, 50_000)}
        for rows, path in paths.items():
            write_big(path, rows)
        return fitted("loaders, workbook to tidy", "rows", {n: lambda p=p: tidy_table(p) for n, p in paths.items()}, 1)


def _reports() -> list[Row]:
    from loaders.figures.find import find

    texts = {size: text_of(size, 0.67) for size in (10_000, 100_000, 1_000_000)}
    return fitted("loaders, figures of a report", "bytes", {n: lambda t=t: list(find(t)) for n, t in texts.items()})


def _store(figures: tuple[int, ...]) -> list[Row]:
    stores = {rows: open_store(str(synthetic.store_of(rows)), data=None) for rows in figures}
    ask = {n: lambda s=s: s.aggregate(["group", "city", "year"]) for n, s in stores.items()}
    return fitted("store, overview", "figures", ask, 9)


def _pages(figures: tuple[int, ...]) -> list[Row]:
    """A page's whole run over the WebSocket, its filter changed each time, so that nothing comes from a cache."""
    with ExitStack() as running:
        loop = running.enter_context(asyncio.Runner())
        windows = {rows: _window(running, loop, rows) for rows in figures}
        rows = []
        for page in ("overview", "coverage"):
            for window in windows.values():
                window.chosen.clear()
                loop.run(window.open(page))
            turns = {n: _turn(loop, window) for n, window in windows.items()}
            rows += fitted(f"page {page}, a filter changed", "figures", turns, 9)
        return rows


def _window(running: ExitStack, loop: asyncio.Runner, rows: int) -> wire.Window:
    server = running.enter_context(serve.app(running.enter_context(synthetic.copy_of(rows))))
    opened = wire.window(server.url, 0)
    window = loop.run(opened.__aenter__())
    running.callback(lambda: loop.run(opened.__aexit__(None, None, None)))
    loop.run(window.open())
    return window


def _turn(loop: asyncio.Runner, window: wire.Window) -> Callable[[], Any]:
    cities = itertools.cycle(CITIES)
    return lambda: loop.run(window.choose("filter_city", [next(cities)]))


def _exports() -> list[Row]:
    from exports import pptx, xlsx

    evidence = deck.evidence(200)
    stories = {slides: deck.story(slides) for slides in (2, 20, 200)}
    decks = {n: lambda s=s: pptx.write(s, evidence) for n, s in stories.items()}
    books = {n: lambda s=s: xlsx.write(s, evidence) for n, s in stories.items()}
    return fitted("exports, deck", "slides", decks, 1) + fitted("exports, workbook", "sheets", books, 1)
