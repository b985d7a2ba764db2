"""One DuckDB file a vintage, built from the releases' Parquet and swapped in whole.

Sorted by indicator, with enum columns and the cube beside the figures: that is what keeps filtered
queries at milliseconds. The file holds nothing of its own: delete it and it is built again.
"""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import duckdb
import ibis
import pandas as pd
import pyarrow as pa
from filelock import FileLock, Timeout
from ibis.expr.types import Table

from store import parquet, queries
from store.base import Vintage
from store.errors import clearly, translate
from store.objects import PART, sync_folder
from tidy import periods

FORMAT = 1  # grows when the tables below change, so that files of an older program are not read
KEPT = 6
Settings = dict[str, str | bool | int | float | list[str]]
SETTINGS: Settings = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
_ENUMS = ("indicator_id", "period", "period_type", "measure", "unit", "qualifier", "source_id", "scope",
          "reporter_id", "kind", "pilot_type", "pilot_level", "city", "group")  # fmt: skip


def path_of(cache: Path, vintage: Vintage) -> Path:
    """Return where the derived file of a vintage belongs."""
    return cache / f"{vintage.key}-{FORMAT}.duckdb"


class Occupied(Exception):
    """Somebody else is building and the caller did not want to wait."""


@contextmanager
def turn(cache: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold the right to build in ``cache``: one builder at a time among all processes.

    Raises :class:`Occupied` when another holds it and ``wait`` is False.
    """
    with clearly():
        cache.mkdir(parents=True, exist_ok=True)
        lock = FileLock(cache / "build.lock", timeout=-1 if wait else 0)
        try:
            lock.acquire()
        except Timeout:
            raise Occupied from None
    try:
        yield
    finally:
        lock.release()


def build(path: Path, vintage: Vintage, parts: Sequence[Path], reference: Mapping[str, pd.DataFrame]) -> None:
    """Build the derived file of ``vintage`` from its releases' Parquet ``parts``, and rename it to ``path``."""
    part = path.with_name(f"{uuid.uuid4().hex}{PART}")
    try:
        with _builder(part) as connection:
            _inputs(connection, vintage, parts, reference)
            _fill(connection)
        os.replace(part, path)
        sync_folder(path.parent)
        sweep(path.parent, path)
    finally:
        for leftover in (part, part.with_name(f"{part.name}.wal")):
            leftover.unlink(missing_ok=True)


@contextmanager
def _builder(part: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect(
        str(part), config={**SETTINGS, "memory_limit": "2GB", "preserve_insertion_order": "true"}
    )
    try:
        yield connection
        connection.execute("CHECKPOINT")  # closing alone would keep silent about a full disk
    except duckdb.Error as error:
        raise translate(error) or parquet.damaged(str(error)[:80]) from error
    finally:
        connection.close()


def _inputs(
    connection: duckdb.DuckDBPyConnection,
    vintage: Vintage,
    parts: Sequence[Path],
    reference: Mapping[str, pd.DataFrame],
) -> None:
    if parts:
        connection.read_parquet([str(part) for part in parts]).create_view("raw")
    else:
        _table(connection, "nothing", parquet.FIGURES.empty_table())
        connection.table("nothing").create_view("raw")
    believed = [(r.batch, r.id, strength) for strength, r in enumerate(vintage.releases)]
    _table(connection, "believed", _frame(queries.BELIEVED, pd.DataFrame(believed, columns=queries.BELIEVED.columns)))
    for name, content in reference.items():
        _table(connection, f"reference_{name}", pa.Table.from_pandas(content, preserve_index=False))
    for table in (queries.REPORTERS, queries.INDICATORS):
        content = reference[table.get_name()].rename(columns=_query_names(table))
        _table(connection, table.get_name(), _frame(table, content))
    texts = [row[0] for row in connection.execute("SELECT DISTINCT period FROM raw").fetchall()]
    years = pd.DataFrame([(text, periods.year_of(text)) for text in texts], columns=queries.PERIODS.columns)
    _table(connection, "periods", _frame(queries.PERIODS, years))


def _query_names(table: Table) -> dict[str, str]:
    """``name`` of a reporter and of an indicator cannot both be called so in one answer."""
    prefix = table.get_name().removesuffix("s")
    return {"name": f"{prefix}_name", "name_en": f"{prefix}_name_en"}


def _frame(table: Table, frame: pd.DataFrame) -> pa.Table:
    schema = table.schema().to_pyarrow()
    return pa.Table.from_pandas(frame.reindex(columns=list(table.columns)), schema, preserve_index=False)


def _table(connection: duckdb.DuckDBPyConnection, name: str, content: pa.Table) -> None:
    connection.from_arrow(content).create(name)


@cache
def _sql(query: Callable[[], Table]) -> str:
    return str(ibis.to_sql(query(), dialect="duckdb"))


def _fill(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(f"CREATE TABLE plain AS {_sql(queries.believed_rows)}")
    for name in _ENUMS:
        words = f'SELECT DISTINCT "{name}" FROM plain WHERE "{name}" IS NOT NULL ORDER BY 1'
        connection.execute(f'CREATE TYPE "e_{name}" AS ENUM ({words})')
    enums = ", ".join(f'"{name}"::"e_{name}" AS "{name}"' for name in _ENUMS)
    order = ", ".join(f'"{name}"' for name in queries.SORTED)
    connection.execute(f"CREATE TABLE figures AS SELECT * REPLACE ({enums}) FROM plain ORDER BY {order}")
    connection.execute("DROP TABLE plain")
    connection.execute("DROP VIEW raw")
    connection.execute(f"CREATE TABLE cube AS {_sql(queries.cube)}")


def sweep(cache: Path, current: Path) -> None:
    """Delete derived files that were not used lately and leftovers of crashed builders.

    Safe beside readers: an open file stays readable until its reader closes it.
    """
    files = sorted(cache.glob("*.duckdb"), key=lambda p: p.stat().st_mtime, reverse=True)
    stale = [path for path in files[KEPT:] if path != current]
    stale += [p for p in cache.glob(f"*{PART}*") if time.time() - p.stat().st_mtime > 3600]
    for path in stale:
        path.unlink(missing_ok=True)
