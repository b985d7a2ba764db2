"""Running the queries on DuckDB: one read-only connection a derived file, one cursor a call."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

import duckdb
import pandas as pd
import pyarrow as pa

from store import parquet, sums
from store.base import KEY_OF, TABLES, Filters
from store.compiled import Compiled, literal
from store.errors import translate
from store.frames import as_frame, translated

Settings = dict[str, str | bool | int | float | list[str]]
SETTINGS: Settings = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
# A layer's cube holds what is added and, negative, what is replaced; sums of both are exact, being decimals.
CUBE_OF_BOTH = "SELECT * FROM base.{name} UNION ALL SELECT * FROM layer.{name}"
PARTS = 32  # indicators of which the part of the cube is kept: 130 KB each at a million figures, 160 at ten million
MEMORY = "300MB"  # what does not fit spills; a reading process shall stay below 600 MB


class Engine(Protocol):
    """What answers the analytic queries of one vintage."""

    def observations(self, filters: Filters, columns: Sequence[str]) -> pd.DataFrame:
        """Return the figures that pass ``filters``."""

    def aggregate(self, filters: Filters, by: Sequence[str]) -> pd.DataFrame:
        """Return count and sums by group."""

    def reference(self, name: str) -> pd.DataFrame:
        """Return a reference table as this vintage knows it."""

    def close(self) -> None:
        """Give the engine's connection back."""


class DuckEngine:
    """Queries over a derived file, or a layer over one; many threads may ask at once."""

    def __init__(self, files: Sequence[Path]) -> None:
        spill = str(files[-1].parent / "spill")
        config: Settings = {**SETTINGS, "memory_limit": MEMORY, "temp_directory": spill}
        self.layered, self.name = len(files) > 1, files[-1].name
        self._compiled = Compiled(files[-1].parent)
        self._part, self._names = lru_cache(PARTS)(self._read_part), lru_cache(len(KEY_OF))(self._read_names)
        self.connection = duckdb.connect(config=config)
        try:
            self._attach(files)
        except duckdb.Error as error:
            raise translate(error) or parquet.damaged(self.name) from error

    def _attach(self, files: Sequence[Path]) -> None:
        """Let the queries' table names stand for the tables of the files, the last file's first."""
        for name, path in zip(("base", "layer"), files, strict=False):
            self.connection.execute(f"ATTACH {literal(str(path))} AS {name} (READ_ONLY)")
        top = "layer" if self.layered else "base"
        homes = dict.fromkeys(
            ("cube", "who", "reporters", "indicators", *(f"reference_{name}" for name in TABLES)), top
        )
        homes |= {"figures": "base"} | ({"newer": "layer", "gone": "layer"} if self.layered else {})
        for table, home in homes.items():
            self.connection.execute(f"CREATE VIEW {table} AS SELECT * FROM {home}.{table}")
        if self.layered:
            for name in ("cube", "who"):
                self.connection.execute(f"CREATE OR REPLACE VIEW {name} AS " + CUBE_OF_BOTH.format(name=name))
        both = " UNION ".join(
            f"SELECT * FROM {name}.periods" for name, _path in zip(("base", "layer"), files, strict=False)
        )
        self.connection.execute(f"CREATE VIEW periods AS {both}")
        self.connection.execute("SET enable_external_access = false")

    def observations(self, filters: Filters, columns: Sequence[str]) -> pd.DataFrame:
        """Return the figures that pass ``filters``; names are looked up once a reporter or indicator, not joined."""
        keys = {name: key for name, key in KEY_OF.items() if name in columns}
        asked = tuple(dict.fromkeys([*(name for name in columns if name not in keys), *keys.values()]))
        rows = self._ask(self._compiled.query("select", filters, asked, self.layered))
        for name, key in keys.items():
            rows = rows.append_column(name, translated(rows.column(key), self._names(key, name)))
        return as_frame(rows.select(list(columns)))

    def aggregate(self, filters: Filters, by: Sequence[str]) -> pd.DataFrame:
        """Return count and sums by group."""
        part = self._part(*filters.indicators or ()) if sums.suits(filters, by) else None
        return part.by(filters, by) if part else self._run(self._compiled.query("aggregate", filters, by, self.layered))

    def _read_part(self, indicator_id: str) -> sums.Part | None:
        return sums.part(self._ask(f"SELECT * FROM cube WHERE indicator_id = {literal(indicator_id)}"))

    def _read_names(self, key: str, name: str) -> dict[str, str]:
        told = self._ask(f"SELECT {key}, {name} FROM {key.removesuffix('_id')}s")
        return dict(zip(told.column(0).to_pylist(), told.column(1).to_pylist(), strict=True))

    def reference(self, name: str) -> pd.DataFrame:
        """Return a reference table as this vintage knows it."""
        return self._run(f"SELECT * FROM reference_{name}")

    def _run(self, query: str) -> pd.DataFrame:
        return as_frame(self._ask(query))

    def _ask(self, query: str) -> pa.Table:
        try:
            return self.connection.cursor().sql(query).to_arrow_table()
        except duckdb.Error as error:
            raise translate(error) or parquet.damaged(self.name) from error

    def close(self) -> None:
        """Close the file; cursors still running keep it open until they end."""
        self.connection.close()
