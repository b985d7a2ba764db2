"""One group-by at a million figures, asked in turn: our store and our whole page, pandas, Datasette, Superset.

The work: count and sum of one indicator of one type of pilot, by city and year. Datasette and Superset
answer JSON over HTTP; our store answers in process, as the pages ask it, from the indicator's rows of the
kept cube in memory (rows, no answers; Superset's cache of answers is off); *our page* is the whole page over
the WebSocket, drawn anew for another type each time.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pandas as pd

from benchmarks import serve, synthetic, wire
from benchmarks.peers import datasette, superset, table
from benchmarks.rows import Row, compared, in_turn, row
from store import open_store
from tidy.schema import CITIES
from ui.cached import PATIENCE

FIGURES, ROUNDS = 1_000_000, 15


def run(figures: int = FIGURES) -> list[Row]:
    """Ask everybody in turn; ratios are to our store, in process."""
    with ExitStack() as running:
        folder = running.enter_context(synthetic.copy_of(figures))
        ways: dict[str, Callable[[], Any]] = {"our store": _ours(folder), "pandas, table in memory": _pandas(figures)}
        missing = []
        for name, peer in (("Datasette JSON", datasette.served), ("Superset chart data", superset.served)):
            try:
                ways[name] = running.enter_context(peer(figures)).ask  # type: ignore[attr-defined]
            except (superset.Unavailable, OSError, RuntimeError) as error:
                print(f"{name}: {error}", file=sys.stderr)
                missing.append(name)
        ways["our page"] = running.enter_context(_page(folder))
        taken = in_turn(ways, ROUNDS)
    rows = compared("group-by of 1 M", taken, "our store", rounds=ROUNDS)
    if "Superset chart data" in missing:
        recorded = superset.RECORDED[1]
        rows.append(
            row(
                "group-by of 1 M: Superset chart data, recorded beforehand",
                recorded,
                "ms",
                "our store",
                recorded / taken["our store"] / 1000,
            )
        )
    return rows


def _ours(folder: Any) -> Callable[[], Any]:
    store = open_store(str(folder))
    store.reader.patience = PATIENCE
    return lambda: store.aggregate(["city", "year"], indicators=[table.INDICATOR], types=[table.TYPE])


def _pandas(figures: int) -> Callable[[], Any]:
    frame = pd.read_parquet(table.parquet(figures))

    def grouped() -> Any:
        some = frame[(frame["indicator_id"] == table.INDICATOR) & (frame["pilot_type"] == table.TYPE)]
        return some.groupby(["city", "year"])["value"].agg(["size", "sum"])

    return grouped


@contextmanager
def _page(folder: Any) -> Iterator[Callable[[], Any]]:
    """The page of members, its filter changed at each call."""
    cities = itertools.cycle(CITIES)
    with serve.app(folder) as server, asyncio.Runner() as loop:
        opened = wire.window(server.url, 0)
        window = loop.run(opened.__aenter__())
        loop.run(window.open("membership"))
        try:
            yield lambda: loop.run(window.choose("filter_city", [next(cities)]))
        finally:
            loop.run(opened.__aexit__(None, None, None))
