"""The store at one, ten and fifty million synthetic figures: queries, publishing, memory, beside pandas.

``python -m benchmarks.store_scale 1000000`` prints one line a measure.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.rows import Row, in_turn, row
from benchmarks.synthetic import YEARS, copy_of
from store import Store, open_store

ROUNDS = 15
CORRECTED, KINDS = 10_000, 250  # figures of a release of corrections, and their indicators
INDICATOR = "union_members"
ASK = (
    "import sys; from store import open_store\n"
    "store = open_store(sys.argv[1], data=None)\n"
    "store.aggregate(['group', 'city', 'year']); store.aggregate(['source_id', 'city'])\n"
    "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
)


def run(sizes: tuple[int, ...] = (1_000_000, 10_000_000)) -> list[Row]:
    """Measure each size, and how the overview grows from the first to the last."""
    found = {rows: _at(rows) for rows in sizes}
    rows = [line for lines in found.values() for line in lines]
    first, last = (found[rows][0]["value"] for rows in (sizes[0], sizes[-1]))
    return [
        *rows,
        row(f"overview, from {sizes[0]:,} to {sizes[-1]:,}", last, "ms", f"{sizes[0]:,} figures", last / first),
    ]


def fifty_million() -> list[Row]:
    """The same at fifty million, against one million in the same run (no pandas: the table does not fit)."""
    return run((1_000_000, 50_000_000))


def _at(rows: int) -> list[Row]:
    with copy_of(rows) as folder:
        store = open_store(str(folder))
        found = [*_queries(store, rows), *_publishing(store, rows), _memory(folder, rows)]
        store.close()
    return found


def _queries(store: Store, rows: int) -> list[Row]:
    ways: dict[str, Callable[[], object]] = {
        "overview by group, city and year": lambda: store.aggregate(["group", "city", "year"]),
        "one indicator by type": lambda: store.aggregate(["pilot_type", "year"], indicators=[INDICATOR]),
        "one reporter's figures": lambda: store.observations(reporters=["r1"], columns=["value", "indicator_name"]),
        "by source, not in the cube": lambda: store.aggregate(["source_id"], indicators=[INDICATOR]),
    }
    taken = in_turn(ways, ROUNDS)
    plain = _pandas(store, rows)
    found = [row(f"store {rows:,}: {name}", seconds * 1000, "ms", rounds=ROUNDS) for name, seconds in taken.items()]
    if plain:
        overview = next(iter(taken.values()))
        found[0] |= {"against": f"pandas groupby {plain * 1000:,.0f} ms", "ratio": float(f"{overview / plain:.4g}")}
    return found


def _pandas(store: Store, rows: int) -> float | None:
    """Seconds of the overview as pandas' groupby on the same table in memory; too large beyond 10 million."""
    if rows > 10_000_000:
        return None
    table = store.observations(columns=["city", "year", "group", "value", "low", "high"])
    sums = {"n": ("value", "size"), "value": ("value", "sum"), "low": ("low", "sum"), "high": ("high", "sum")}
    return in_turn({"pandas": lambda: table.groupby(["group", "city", "year"]).agg(**sums)}, 3)["pandas"]


def _publishing(store: Store, rows: int) -> list[Row]:
    kinds = list(store.indicators()["indicator_id"])[:KINDS]
    few = [f"r{n}" for n in range(CORRECTED // KINDS)]
    figures = store.observations(years=[YEARS.start], reporters=few, indicators=kinds)
    figures = figures.assign(value=figures["value"] + 1, low=figures["low"] + 1, high=figures["high"] + 1)
    begun = datetime.now(UTC)
    seconds, release = _timed(lambda: store.publish(figures, by="bench", note="corrections"))
    undone, _release = _timed(lambda: store.undo(release.id, by="bench", why="bench"))
    what = f"store {rows:,}: publish {len(figures):,} corrections"
    return [row(f"{what}, in the catalogue", (release.at - begun).total_seconds(), "s"),
            row(f"{what}, pages ready", seconds, "s"), row(f"store {rows:,}: undo, pages ready", undone, "s")]  # fmt: skip


def _memory(folder: Path, rows: int) -> Row:
    """The largest resident memory of a process that opens the store and asks the overview questions."""
    command = [sys.executable, "-c", ASK, str(folder)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent)
    return row(f"store {rows:,}: memory of a querying process", int(answer.stdout) / 1024, "MB")


def _timed(call: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = call()
    return time.perf_counter() - start, result


if __name__ == "__main__":
    for measured in run((int(float(sys.argv[1])) if len(sys.argv) > 1 else 1_000_000,)):
        print(measured)
