"""Stores of any number of synthetic figures with the shape of the shipped ones, kept under ``var/bench``.

The shipped release comes first; then one release holds every shipped indicator, ten years and as many
made-up reporters as are wanted, with the shipped cities, counties, types and levels. Each value, bound
and print follows from its number by a fixed hash, so the same ``rows`` give the same figures.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq

from store import open_store, parquet, releases
from store.base import TABLES, StoredFile
from tidy.schema import CITIES, read_table

KEPT = Path(__file__).resolve().parent.parent / "var" / "bench"
RECIPE = 1  # grows when the generator changes, so that no older store is measured
YEARS = range(2015, 2025)
TYPES = ("特色小镇", "楼宇商圈", "园区", "其他")
LEVELS = ("省级", "市级", "县级", "市县级")


def store_of(rows: int) -> Path:
    """Return the folder of the store of about ``rows`` figures, made when it is not there; never write to it.

    It is brought up to date first: a newer program's tables and derived files are made here once, not in every copy.
    """
    folder = KEPT / f"figures-{rows}-{RECIPE}"
    if not folder.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=KEPT) as name:
            _make(Path(name) / "store", rows)
            os.replace(Path(name) / "store", folder)
    _up_to_date(folder)
    return folder


def _up_to_date(folder: Path) -> None:
    store = open_store(str(folder))
    store.aggregate(["year"])
    store.close()


@contextmanager
def copy_made(rows: int) -> Iterator[Path]:
    """A small store made for the occasion and not kept: for tests."""
    with tempfile.TemporaryDirectory() as name:
        _make(Path(name) / "store", rows)
        yield Path(name) / "store"


@contextmanager
def copy_of(rows: int) -> Iterator[Path]:
    """A copy of that store which may be written to; the immutable figures are linked, not copied.

    Without ``rows`` an empty folder, in which the program makes its store of the shipped figures.
    """
    with tempfile.TemporaryDirectory(dir=KEPT if KEPT.exists() else None) as name:
        copy = Path(name) / "store"
        if rows:
            shutil.copytree(store_of(rows), copy, copy_function=_link_or_copy)
        yield copy


def _link_or_copy(source: str, target: str) -> None:
    small = os.path.getsize(source) < 1 << 22
    shutil.copy2(source, target) if small else os.link(source, target)


def _make(folder: Path, rows: int) -> None:
    store = open_store(str(folder))
    known = {name: read_table(name) for name in TABLES}
    kinds = known["indicators"]
    reporters = max(1, round(rows / (len(kinds) * len(YEARS))))
    made = known | {"reporters": pd.concat([known["reporters"], _reporters(known["reporters"], reporters)])}
    part, batch = folder / "observations.parquet", parquet.new_batch()
    _generate(part, kinds, reporters, batch)
    count = pq.read_metadata(part).num_rows
    packed = {name: _packed(table, folder / name) for name, table in made.items()}
    paths = {"observations": part} | packed
    files = [StoredFile(name, f"{name}.parquet", *store.objects.put(path)) for name, path in paths.items()]
    with store.catalogue.write() as connection:
        releases.add(connection, kind="publish", by="bench", note="synthetic", batch=batch, rows=count, files=files)
    store.close()
    _up_to_date(folder)


def _packed(table: pd.DataFrame, path: Path) -> Path:
    path.write_bytes(parquet.pack_reference(table))
    return path


def _reporters(shipped: pd.DataFrame, count: int) -> pd.DataFrame:
    """Pilots named by number, each in the county of a shipped one (every city has some)."""
    places = shipped[shipped["city"].isin(list(CITIES)) & (shipped["area_code"] != "")]
    here = [places.iloc[n % len(places)] for n in range(count)]
    return pd.DataFrame({
        "reporter_id": [f"r{n}" for n in range(count)], "name": [f"合成单位{n}" for n in range(count)],
        "name_en": [f"Synthetic {n}" for n in range(count)], "kind": "pilot",
        "pilot_type": [TYPES[n % 4] for n in range(count)], "pilot_level": [LEVELS[n // 4 % 4] for n in range(count)],
        "city": [one["city"] for one in here], "county": [one["county"] for one in here],
        "area_code": [one["area_code"] for one in here], "parent_id": "", "aliases": "",
        "source_id": shipped["source_id"].iloc[0], "locator": "1-2",
    })  # fmt: skip


def _generate(part: Path, kinds: pd.DataFrame, reporters: int, batch: str) -> None:
    """Write the figures inside DuckDB, sorted as the store sorts them."""
    numbered = kinds.assign(n=range(len(kinds)))[["n", "indicator_id", "unit", "measure", "maximum"]]  # noqa: F841 (read by DuckDB)
    source = read_table("sources")["source_id"].iloc[0]
    settings = {"memory_limit": "4GB", "temp_directory": str(part.parent)}
    with duckdb.connect(config=settings) as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute(f"""
            COPY (
              SELECT 'o' || printf('%09d', (r.n * {len(kinds)} + i.n) * {len(YEARS)} + y.n) AS observation_id,
                'r' || r.n AS reporter_id, i.indicator_id, (y.n + {YEARS.start})::VARCHAR AS period,
                'interval' AS period_type, i.measure, v::DOUBLE AS value, v::DOUBLE AS low,
                CASE WHEN v % 6 = 0 THEN NULL ELSE v::DOUBLE END AS high, i.unit,
                CASE WHEN v % 6 = 0 THEN 'at_least' ELSE 'exact' END AS qualifier,
                v || i.unit || CASE WHEN v % 6 = 0 THEN '以上' ELSE '' END AS as_printed, '{source}' AS source_id,
                '1-2' AS locator, '' AS note, '' AS scope, '' AS same_as, '{batch}' AS batch, false AS withdrawn
              FROM numbered i, range({reporters}) r(n), range({len(YEARS)}) y(n),
                LATERAL (SELECT hash(r.n * 7919 + i.n * 104729 + y.n)
                  % CASE WHEN i.unit = '%' OR i.maximum IS NOT NULL THEN 100 ELSE 100000 END AS v)
              ORDER BY i.indicator_id, r.n % {len(CITIES)}, period
            ) TO '{part}' (FORMAT parquet, COMPRESSION zstd)""")
