"""Running the queries on DuckDB: one read-only connection a derived file, one cursor a call."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import duckdb
import ibis
import pandas as pd
import pyarrow as pa

from store import derived, parquet, queries
from store.base import FILTER_COLUMNS, TABLES, Filters
from store.derived import SETTINGS, Settings, quoted
from store.errors import translate

_NUMBER = 987_654_321  # stands for a year in a compiled query
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
            for name in derived.CUBES:
                self.connection.execute(f"CREATE OR REPLACE VIEW {name} AS " + derived.CUBE_OF_BOTH.format(name=name))
        both = " UNION ".join(
            f"SELECT * FROM {name}.periods" for name, _path in zip(("base", "layer"), files, strict=False)
        )
        self.connection.execute(f"CREATE VIEW periods AS {both}")
        self.connection.execute("SET enable_external_access = false")

    def observations(self, filters: Filters, columns: Sequence[str]) -> pd.DataFrame:
        """Return the figures that pass ``filters``."""
        return self._run(_select(_shape(filters), tuple(columns), self.layered), filters)

    def aggregate(self, filters: Filters, by: Sequence[str]) -> pd.DataFrame:
        """Return count and sums by group."""
        return self._run(_aggregate(_shape(filters), tuple(by), self.layered), filters)

    def reference(self, name: str) -> pd.DataFrame:
        """Return a reference table as this vintage knows it."""
        return self._run(f"SELECT * FROM reference_{name}")

    def _run(self, query: str, filters: Filters = Filters()) -> pd.DataFrame:  # noqa: B008 (frozen)
        try:
            return as_frame(self.connection.cursor().sql(_filled(query, filters)).to_arrow_table())
        except duckdb.Error as error:
            raise translate(error) or parquet.damaged(self.name) from error

    def close(self) -> None:
        """Close the file; cursors still running keep it open until they end."""
        self.connection.close()


# Compiling an expression costs more than most queries do, and pages ask the same of other cities again
# and again. So a query is compiled once for each set of filters, and what is wanted is put in afterwards.
_HOLES = {column: _NUMBER if column == "year" else f"‹{column}›" for column in FILTER_COLUMNS.values()}


def _shape(filters: Filters) -> Filters:
    """The same filters with a hole in the place of what is wanted; one that wants nothing stays as it is."""
    names = {name for name in FILTER_COLUMNS if getattr(filters, name)}
    holes: dict[str, Any] = {name: (_HOLES[FILTER_COLUMNS[name]],) for name in names}
    return replace(filters, **holes)


def _filled(query: str, filters: Filters) -> str:
    """The compiled query with what is wanted in its holes, in one pass, so that no value is taken for a hole."""
    wanted = {
        _literal(_HOLES[column]): ", ".join(map(_literal, values)) for column, values in filters.given() if values
    }
    return re.sub("|".join(wanted), lambda found: wanted[found[0]], query) if wanted else query


def _literal(value: str | int) -> str:
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


@lru_cache(maxsize=1024)
def _select(filters: Filters, columns: tuple[str, ...], layered: bool) -> str:
    return str(ibis.to_sql(queries.select(filters, columns, layered), dialect="duckdb"))


@lru_cache(maxsize=1024)
def _aggregate(filters: Filters, by: tuple[str, ...], layered: bool) -> str:
    return str(ibis.to_sql(queries.aggregate(filters, by, layered), dialect="duckdb"))


def as_frame(table: pa.Table) -> pd.DataFrame:
    """Return an engine's answer as pandas: enums as texts, exact sums as floats, missing texts as ``""``."""
    fields = [pa.field(f.name, pa.string() if _is_text(f.type) else f.type) for f in table.schema]
    frame: pd.DataFrame = table.cast(pa.schema(fields)).to_pandas()
    for field in fields:
        if pa.types.is_decimal(field.type):  # a count that an engine summed in a wider type has no decimals
            frame[field.name] = frame[field.name].astype(float if field.type.scale else "int64")
        elif pa.types.is_string(field.type):
            known = frame[field.name].astype("str").fillna("")
            frame[field.name] = (
                known if len(known) else pd.Series([], dtype="str")
            )  # pandas merges no text without chunks
        elif field.name == "year":  # empty where the source states no period
            frame[field.name] = frame[field.name].astype("Int64")
    return frame


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_dictionary(kind) or pa.types.is_string(kind) or pa.types.is_large_string(kind))
