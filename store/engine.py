"""Running the queries on DuckDB: one read-only connection a derived file, one cursor a call."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa

from store import parquet
from store.base import TABLES, Filters
from store.compiled import Compiled
from store.errors import translate

Settings = dict[str, str | bool | int | float | list[str]]
SETTINGS: Settings = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
# A layer's cube holds what is added and, negative, what is replaced; sums of both are exact, being decimals.
CUBE_OF_BOTH = "SELECT * FROM base.{name} UNION ALL SELECT * FROM layer.{name}"
# Pages ask small tables for single texts, which Arrow's columns make anew each time: a quarter of a page's time.
TEXT = pd.StringDtype("python", na_value=np.nan)
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
        self.connection = duckdb.connect(config=config)
        try:
            self._attach(files)
        except duckdb.Error as error:
            raise translate(error) or parquet.damaged(self.name) from error

    def _attach(self, files: Sequence[Path]) -> None:
        """Let the queries' table names stand for the tables of the files, the last file's first."""
        for name, path in zip(("base", "layer"), files, strict=False):
            self.connection.execute(f"ATTACH '{quoted(path)}' AS {name} (READ_ONLY)")
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
        """Return the figures that pass ``filters``."""
        return self._run(self._compiled.query("select", filters, columns, self.layered))

    def aggregate(self, filters: Filters, by: Sequence[str]) -> pd.DataFrame:
        """Return count and sums by group."""
        return self._run(self._compiled.query("aggregate", filters, by, self.layered))

    def reference(self, name: str) -> pd.DataFrame:
        """Return a reference table as this vintage knows it."""
        return self._run(f"SELECT * FROM reference_{name}")

    def _run(self, query: str) -> pd.DataFrame:
        try:
            return as_frame(self.connection.cursor().sql(query).to_arrow_table())
        except duckdb.Error as error:
            raise translate(error) or parquet.damaged(self.name) from error

    def close(self) -> None:
        """Close the file; cursors still running keep it open until they end."""
        self.connection.close()


def quoted(path: Path) -> str:
    """Return a path as it stands between quotes in SQL."""
    return str(path).replace("'", "''")


def as_frame(table: pa.Table) -> pd.DataFrame:
    """Return an engine's answer as pandas: enums as texts, exact sums as floats, missing texts as ``""``."""
    fields = zip(table.schema, table.columns, strict=True)
    return pd.DataFrame({field.name: _column(field, values) for field, values in fields})


def _column(field: pa.Field, values: pa.ChunkedArray) -> pd.Series:
    if _is_text(field.type):
        return pd.Series(_texts(values), dtype=TEXT)
    found = values.to_pandas()
    if pa.types.is_decimal(field.type):  # a count that an engine summed in a wider type has no decimals
        return found.astype(float if field.type.scale else "int64")
    return found.astype("Int64") if field.name == "year" else found  # empty where the source states no period


def _texts(values: pa.ChunkedArray) -> np.ndarray[Any, np.dtype[np.object_]]:
    """The texts of a column, each word one object however often it stands there: a tenth of the memory."""
    encoded = values.combine_chunks()
    encoded = encoded if pa.types.is_dictionary(encoded.type) else encoded.dictionary_encode()
    words = np.array([*encoded.dictionary.to_pylist(), ""], dtype=object)
    found: np.ndarray[Any, np.dtype[np.object_]] = words[encoded.indices.fill_null(len(words) - 1).to_numpy()]
    return found


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_dictionary(kind) or pa.types.is_string(kind) or pa.types.is_large_string(kind))
