"""The store at a million, ten and fifty million synthetic figures: queries, publishing, memory.

``python -m benchmarks.store_scale 1000000`` prints one line a measure. The figures are made by a
seeded generator inside DuckDB and published through the store's own objects and catalogue.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow.parquet as pq

from store import Store, open_store, parquet, releases
from store.base import StoredFile
from tidy.schema import CITIES, COLUMNS, GROUPS

INDICATORS, YEARS = 60, range(2015, 2025)
TYPES = ("特色小镇", "楼宇商圈", "园区", "其他")
Row = dict[str, Any]


def run(rows: int = 1_000_000) -> list[Row]:
    """Make a store of ``rows`` figures in a process of its own and measure it."""
    with tempfile.TemporaryDirectory() as folder:
        store = _store(Path(folder), rows)
        seconds, _nothing = _timed(store.load_id)
        found = [_row(rows, "first derived file built", seconds, "s")]
        found += _queries(store, rows) + _publishing(store, rows) + [_memory(folder, rows)]
        store.close()
    return found


def _store(folder: Path, rows: int) -> Store:
    """A store whose one release holds ``rows`` figures of every reporter, indicator and year."""
    store = open_store(str(folder / "store"), data=None)
    reporters = max(1, rows // (INDICATORS * len(YEARS)))
    part = folder / "observations.parquet"
    batch = parquet.new_batch()
    _generate(part, reporters, batch)
    tables = {"observations": part, **{n: _packed(t, folder / n) for n, t in _reference(reporters).items()}}
    files = [StoredFile(name, f"{name}.parquet", *store.objects.put(path)) for name, path in tables.items()]
    count = pq.read_metadata(store.objects.local(files[0].sha256)).num_rows
    with store.catalogue.write() as connection:
        releases.add(connection, kind="publish", by="bench", note="synthetic", batch=batch, rows=count, files=files)
    return store


def _generate(part: Path, reporters: int, batch: str) -> None:
    """Write the figures: value, bounds and print of each follow from its number by a fixed hash."""
    with duckdb.connect(config={"memory_limit": "4GB", "temp_directory": str(part.parent)}) as connection:
        connection.execute(f"""
            COPY (
              SELECT 'o' || printf('%09d', r.n * {INDICATORS * len(YEARS)} + i.n * {len(YEARS)} + y.n) AS observation_id,
                'r' || r.n AS reporter_id, 'i' || i.n AS indicator_id, (y.n + {YEARS.start})::VARCHAR AS period,
                'interval' AS period_type, 'flow' AS measure, v::DOUBLE AS value, v::DOUBLE AS low,
                CASE WHEN v % 3 = 0 THEN NULL ELSE v::DOUBLE END AS high, '人' AS unit,
                CASE WHEN v % 3 = 0 THEN 'at_least' ELSE 'exact' END AS qualifier,
                v || CASE WHEN v % 3 = 0 THEN '人以上' ELSE '人' END AS as_printed, 's1' AS source_id, '1-2' AS locator,
                '' AS note, '' AS scope, '' AS same_as, '{batch}' AS batch, false AS withdrawn
              FROM range({INDICATORS}) i(n), range({reporters}) r(n), range({len(YEARS)}) y(n),
                LATERAL (SELECT hash(r.n * 7919 + i.n * 104729 + y.n) % 1000000 AS v)
              ORDER BY indicator_id, r.n % {len(CITIES)}, period
            ) TO '{part}' (FORMAT parquet, COMPRESSION zstd)""")


def _reference(reporters: int) -> dict[str, pd.DataFrame]:
    cities = list(CITIES)
    people = [(f"r{n}", f"单位{n}", "", "pilot", TYPES[n % 4], "省级", cities[n % 11], "", "", "", "", "s1", "")
              for n in range(reporters)]  # fmt: skip
    counted = [(f"i{n}", f"指标{n}", "", GROUPS[n % len(GROUPS)], "人", "flow", True, "up", "", "", None, "", "")
               for n in range(INDICATORS)]  # fmt: skip
    sources = [("s1", "合成数据", "", "2025", "workbook", "", "", "")]
    rows = {"reporters": people, "indicators": counted, "sources": sources}
    return {name: pd.DataFrame(table, columns=COLUMNS[name]) for name, table in rows.items()}


def _packed(table: pd.DataFrame, path: Path) -> Path:
    path.write_bytes(parquet.pack_reference(table))
    return path


def _queries(store: Store, rows: int) -> list[Row]:
    asked: dict[str, Callable[[], object]] = {
        "overview by group, city and year": lambda: store.aggregate(["group", "city", "year"]),
        "one indicator by type": lambda: store.aggregate(["pilot_type", "year"], indicators=["i7"]),
        "one reporter's figures": lambda: store.observations(reporters=["r11"], columns=["value", "indicator_name"]),
        "by source, not in the cube": lambda: store.aggregate(["source_id"], indicators=["i7"]),
    }
    found = [_row(rows, name, _median(question) * 1000, "ms") for name, question in asked.items()]
    plain = _pandas(store, rows)
    if plain:
        found[0] |= {"against": plain, "ratio": plain / found[0]["value"]}
    return found


def _pandas(store: Store, rows: int) -> float | None:
    """The overview as pandas' groupby on the same table in memory, in ms; too large beyond 10 million."""
    if rows > 10_000_000:
        return None
    columns = ["city", "year", "group", "value", "low", "high"]
    table = store.observations(columns=columns)
    sums = {"n": ("value", "size"), "value": ("value", "sum"), "low": ("low", "sum"), "high": ("high", "sum")}
    return _median(lambda: table.groupby(["group", "city", "year"]).agg(**sums), 5) * 1000


def _publishing(store: Store, rows: int) -> list[Row]:
    few = [f"r{n}" for n in range(10_000 // INDICATORS)]
    figures = store.observations(years=[YEARS.start], reporters=few)
    figures = figures.assign(value=figures["value"] + 1, low=figures["low"] + 1, high=figures["high"] + 1)
    begun = datetime.now(UTC)
    seconds, release = _timed(lambda: store.publish(figures, by="bench", note="corrections"))
    undone, _release = _timed(lambda: store.undo(release.id, by="bench", why="bench"))
    what = f"publish {len(figures):,} corrections"
    return [_row(rows, f"{what}, in the catalogue", (release.at - begun).total_seconds(), "s"),
            _row(rows, f"{what}, pages ready", seconds, "s"), _row(rows, "undo, pages ready", undone, "s")]  # fmt: skip


def _memory(folder: str, rows: int) -> Row:
    """The largest resident memory of a process that opens the store and asks the overview questions."""
    question = (
        "import sys; from store import open_store\n"
        "store = open_store(sys.argv[1], data=None)\n"
        "store.aggregate(['group', 'city', 'year']); store.aggregate(['source_id', 'city'])\n"
        "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    command = [sys.executable, "-c", question, f"{folder}/store"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent)
    return _row(rows, "memory of a querying process", int(answer.stdout) / 1024, "MB")


def _timed(call: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = call()
    return time.perf_counter() - start, result


def _median(call: Callable[[], object], times: int = 15) -> float:
    call()  # the first compiles the query and warms the file
    return statistics.median(_timed(call)[0] for _turn in range(times))


def _row(rows: int, name: str, value: float, unit: str) -> Row:
    return {"name": f"store {rows:,}: {name}", "value": round(value, 3), "unit": unit, "against": None, "ratio": None}


if __name__ == "__main__":
    for measured in run(int(float(sys.argv[1])) if len(sys.argv) > 1 else 1_000_000):
        print(measured)
    print("this process:", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, "MB")
