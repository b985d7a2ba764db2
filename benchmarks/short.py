"""Ratios that hold on a busy machine, in seconds: calls counted, bytes counted, medians side by side.

Counts are the same on every machine; times are processor times of this process, each against its floor
in the same round, and their budgets leave room for twice what was measured.
"""

from __future__ import annotations

import cProfile
import pstats
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.figures_speed import text_of
from benchmarks.loader_speed import bare_expat, grid, layout, write_big
from benchmarks.rows import Row, row
from benchmarks.synthetic import copy_made
from store import Store, open_store

ROUNDS = 5
FIGURES = (3_000, 60_000)


def run() -> list[Row]:
    """Measure everything of the short list."""
    return [*_loader(), *_reports(), *_store()]


def _in_turn(ways: Mapping[str, Callable[[], Any]]) -> dict[str, float]:
    """Median processor seconds of each way, in turn; another process on the machine does not count."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(ROUNDS + 1):
        for name, way in ways.items():
            started = time.process_time()
            way()
            if turn:
                taken[name].append(time.process_time() - started)
    return {name: statistics.median(samples) for name, samples in taken.items()}


def _loader() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book.xlsx"
        write_big(book, 3_000)
        taken = _in_turn(
            {"expat": lambda: bare_expat(book), "cells": lambda: grid(book), "layout": lambda: layout(book)}
        )
    return [row(f"workbook of 3,000 rows: {name}", taken[name] * 1000, "ms", "bare expat pass", taken[name] / taken["expat"], ROUNDS)
            for name in ("cells", "layout")]  # fmt: skip


def _reports() -> list[Row]:
    from loaders.figures.find import find
    from tidy.numerals import scan

    short, long = text_of(20_000, 0.67), text_of(200_000, 0.67)
    taken = _in_turn(
        {"scan": lambda: list(scan(long)), "short": lambda: list(find(short)), "long": lambda: list(find(long))}
    )
    return [row("report of 200 KB: figures", taken["long"] * 1000, "ms", "numerals.scan", taken["long"] / taken["scan"], ROUNDS),
            row("report ten times as long", taken["long"] * 1000, "ms", "20 KB", taken["long"] / taken["short"], ROUNDS)]  # fmt: skip


def _store() -> list[Row]:
    with copy_made(FIGURES[0]) as few, copy_made(FIGURES[1]) as many:
        small, large = open_store(str(few), data=None), open_store(str(many), data=None)
        calls = {store: _calls(lambda s=store: s.aggregate(["city", "year"])) for store in (small, large)}
        table = large.observations(columns=["city", "year", "group", "value"])
        taken = _in_turn({"ours": lambda: _overview(large), "pandas": lambda: _groupby(table)})
        small.close()
        large.close()
    return [row("overview of 60,000 figures: calls", calls[large], "calls", "3,000 figures", calls[large] / calls[small]),
            row("overview of 60,000 figures", taken["ours"] * 1000, "ms", "pandas groupby", taken["ours"] / taken["pandas"], ROUNDS)]  # fmt: skip


def _overview(store: Store) -> pd.DataFrame:
    return store.aggregate(["group", "city", "year"])


def _groupby(table: pd.DataFrame) -> pd.DataFrame:
    return table.groupby(["group", "city", "year"]).agg(n=("value", "size"), value=("value", "sum"))


def _calls(work: Callable[[], Any]) -> int:
    """How many function calls a piece of work makes, once it is warm: the same on every machine."""
    work()
    profile = cProfile.Profile()
    profile.runcall(work)
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]
