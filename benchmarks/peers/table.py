"""The synthetic figures as the peers read them: one plain table as Parquet, DuckDB file or indexed SQLite file."""

from __future__ import annotations

import sqlite3
import subprocess
from pathlib import Path

import duckdb

from benchmarks.synthetic import KEPT, RECIPE, store_of
from store import open_store

COLUMNS = ("indicator_id", "city", "year", "pilot_type", "reporter_id", "group", "value", "low", "high", "unit",
           "qualifier", "as_printed", "period", "measure", "source_id")  # fmt: skip
INDICATOR = "union_members"
TYPE = "园区"
SQL = ("SELECT city, year, count(*) AS n, sum(value) AS value FROM figures "
       "WHERE indicator_id = '{indicator}' AND pilot_type = '{type}' GROUP BY city, year")  # fmt: skip


def parquet(rows: int) -> Path:
    """Return the figures as one Parquet file, made when it is not there."""
    path = KEPT / f"table-{rows}-{RECIPE}.parquet"
    if not path.exists():
        store = open_store(str(store_of(rows)))
        store.observations(columns=list(COLUMNS)).to_parquet(path, index=False)
        store.close()
    return path


def duck(rows: int, superset: Path) -> Path:
    """Return them as a DuckDB file, written by the DuckDB that Superset has."""
    path = KEPT / f"table-{rows}-{RECIPE}.duckdb"
    if not path.exists():
        code = (
            "import duckdb, sys; duckdb.connect(sys.argv[1]).execute(f\"CREATE TABLE figures AS FROM '{sys.argv[2]}'\")"
        )
        subprocess.run([str(superset), "-c", code, str(path), str(parquet(rows))], check=True)
    return path


def sqlite(rows: int) -> Path:
    """Return them as an SQLite file with the index that the group-by wants."""
    path = KEPT / f"table-{rows}-{RECIPE}.db"
    if not path.exists():
        part = path.with_suffix(".part")
        part.unlink(missing_ok=True)
        with sqlite3.connect(part) as database:
            named = ", ".join(f'"{name}"' for name in COLUMNS)
            database.execute(f"CREATE TABLE figures ({named})")
            found = duckdb.connect().execute(f"SELECT {named} FROM '{parquet(rows)}'")
            marks = ", ".join("?" * len(COLUMNS))
            while batch := found.fetchmany(100_000):
                database.executemany(f"INSERT INTO figures VALUES ({marks})", batch)
            database.execute("CREATE INDEX by_indicator ON figures (indicator_id, pilot_type, city, year, value)")
            database.execute("ANALYZE")
        part.rename(path)
    return path
