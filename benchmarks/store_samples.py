"""Small valid figures for the store's harnesses: any number of reporters, one indicator."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from tidy.schema import COLUMNS

# Not a plain fork: of a process with threads, as tests have them, a child may inherit a lock that nobody will release.
CLEAN = multiprocessing.get_context("forkserver")
CLEAN.set_forkserver_preload(["store", "store.store", "store.derived", "store.export", "pandas"])
REPORTERS = 20


def figures(batch: str, cells: Iterable[tuple[int, int, int]]) -> pd.DataFrame:
    """Observations from (reporter number, year, value)."""
    rows = [
        (f"{batch}-{n}", f"r{reporter}", "members", str(year), "interval", "stock", value, value, value, "人", "exact",
         f"{value}人", "s1", "1-2", "")
        for n, (reporter, year, value) in enumerate(cells)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS["observations"])


def write_data(folder: Path) -> Path:
    """Write shipped tables with all reporters and one figure each, and return their folder."""
    folder.mkdir(parents=True, exist_ok=True)
    reporters = [(f"r{n}", f"单位{n}", f"Unit {n}", "pilot", "园区", "省级", "嘉兴市", "", "", "", "", "s1", "")
                 for n in range(REPORTERS)]  # fmt: skip
    indicators = [("members", "会员", "Members", "membership", "人", "stock", "true", "up", "", "", "", "", "")]
    sources = [("s1", "报告", "", "2018", "report", "", "1", "")]
    tables = {"reporters": reporters, "indicators": indicators, "sources": sources}
    for name, rows in tables.items():
        pd.DataFrame(rows, columns=COLUMNS[name]).to_csv(folder / f"{name}.csv", index=False)
    shipped = figures("shipped", [(n, 2017, n + 1) for n in range(REPORTERS)])
    shipped.to_csv(folder / "observations.csv", index=False)
    return folder
