"""One DuckDB file a vintage, built from the releases' Parquet and swapped in whole.

Sorted by indicator as the Parquet is, with enum columns and the cube beside the figures: that is what
keeps filtered queries at milliseconds. When a small release comes to a large store, only a layer is built: the new
figures, the keys they replace, and the cube brought up to date.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache as remembered
from pathlib import Path

import duckdb
import ibis
import pandas as pd
import pyarrow as pa
from ibis.expr.types import Table

from store import cache, parquet, queries
from store.base import CUBE, KEY, NUMBERS, Release, Vintage
from store.compiled import literal
from store.engine import SETTINGS
from store.errors import translate
from store.objects import PART
from tidy import periods

MEMORY = "2GB"  # for building; what does not fit spills beside the file
_ENUMS = {
    "raw": (
        "indicator_id",
        "period",
        "period_type",
        "measure",
        "unit",
        "qualifier",
        "source_id",
        "scope",
        "reporter_id",
    ),
    "reporters": ("kind", "pilot_type", "pilot_level", "city"),
    "indicators": ("group",),
}
_ENUM_NAMES = frozenset(sum(_ENUMS.values(), ()))
FEW = 2000
CUBES = {"cube": queries.cube, "who": queries.who}
# By what pages ask for, so that the rest is skipped unread.
_SORTED = {"cube": "indicator_id, city", "who": "reporter_id"}
Reference = Mapping[str, pd.DataFrame]


def build(
    folder: Path, vintage: Vintage, parts: Callable[[Sequence[Release]], Sequence[Path]], reference: Reference
) -> None:
    """Build the derived file of ``vintage`` in ``folder``; ``parts`` gives the Parquet files of releases."""
    base = cache.base_for(folder, vintage)
    if base and _layer(folder, vintage, *base, parts(base[1]), reference):
        return
    with _builder(folder) as (part, connection):
        _inputs(connection, vintage.releases, parts(vintage.releases), reference)
        _figures(connection)
        for name, query in CUBES.items():
            connection.execute(f"CREATE TABLE {name} AS {_sql(query, 'figures')} ORDER BY {_SORTED[name]}")
        rows = _count(connection, "figures")
    cache.finish(part, folder, vintage.key, cache.Note(cache.named(vintage), rows))


@contextmanager
def _builder(folder: Path) -> Iterator[tuple[Path, duckdb.DuckDBPyConnection]]:
    """A new DuckDB file under a temporary name, complete on disk after the block, gone after an error."""
    part = folder / f"{uuid.uuid4().hex}{PART}"
    connection = duckdb.connect(str(part), config={**SETTINGS, "memory_limit": MEMORY})
    try:
        connection.execute("SET enable_progress_bar = false")  # it would stand between the lines of an answer
        yield part, connection
        connection.execute("CHECKPOINT")  # closing alone would keep silent about a full disk
        connection.close()
    except BaseException as error:
        connection.close()
        part.unlink(missing_ok=True)
        if isinstance(error, duckdb.Error):
            raise translate(error) or parquet.damaged(str(error)[:80]) from error
        raise
    finally:
        part.with_name(f"{part.name}.wal").unlink(missing_ok=True)


def _inputs(
    connection: duckdb.DuckDBPyConnection, believed: Sequence[Release], parts: Sequence[Path], reference: Reference
) -> None:
    """Make the tables that ``queries.believed_rows`` starts from."""
    if parts:
        connection.read_parquet([str(part) for part in parts]).create_view("raw")
    else:
        connection.from_arrow(parquet.FIGURES.empty_table()).create("nothing")
        connection.table("nothing").create_view("raw")
    texts = [text for (text,) in connection.execute("SELECT DISTINCT period FROM raw").fetchall()]
    for name, content in small_tables(believed, reference, texts).items():
        connection.from_arrow(content).create(name)


def small_tables(believed: Sequence[Release], reference: Reference, texts: Sequence[str]) -> dict[str, pa.Table]:
    """Return the small tables beside the releases' rows: which release is stronger, names, the years of ``texts``.

    Years are worked out here, once a period's text, not in every engine's SQL.
    """
    ranked = pd.DataFrame([(r.batch, r.id, n) for n, r in enumerate(believed)], columns=queries.BELIEVED.columns)
    times = [(text, periods.year_of(text), periods.last_day(text)) for text in texts]
    made = {
        "believed": _frame(queries.BELIEVED, ranked),
        "periods": _frame(queries.PERIODS, pd.DataFrame(times, columns=queries.PERIODS.columns)),
    }
    for table in (queries.REPORTERS, queries.INDICATORS):
        content = reference[table.get_name()].rename(columns=_query_names(table))
        made[table.get_name()] = _frame(table, content)
    kept = {
        f"reference_{name}": pa.Table.from_pandas(content, preserve_index=False) for name, content in reference.items()
    }
    return made | kept


def periods_of(parts: Sequence[Path]) -> list[str]:
    """Return the period texts that occur in the releases' Parquet files."""
    if not parts:
        return []
    with duckdb.connect(config={**SETTINGS, "temp_directory": ""}) as connection:
        return [
            row[0] for row in connection.read_parquet([str(p) for p in parts]).project("period").distinct().fetchall()
        ]


def _query_names(table: Table) -> dict[str, str]:
    """``name`` of a reporter and of an indicator cannot both be called so in one answer."""
    prefix = table.get_name().removesuffix("s")
    return {"name": f"{prefix}_name", "name_en": f"{prefix}_name_en"}


def _frame(table: Table, frame: pd.DataFrame) -> pa.Table:
    schema = table.schema().to_pyarrow()
    return pa.Table.from_pandas(frame.reindex(columns=list(table.columns)), schema, preserve_index=False)


@remembered
def _sql(query: Callable[..., Table], *arguments: str) -> str:
    return str(ibis.to_sql(query(*arguments), dialect="duckdb"))


def _figures(connection: duckdb.DuckDBPyConnection) -> None:
    """Make ``figures`` from the inputs: the believed rows with enums for the columns of few words.

    Each release comes sorted by indicator, city and period, so its row groups keep narrow zone maps
    without a second sort, which at fifty million rows would take longer than all the rest. DuckDB takes the
    believed rows for few; left to choose, it would look the small tables up in them, not the other way round:
    three times as long, and the order gone.
    """
    for home, names in _ENUMS.items():
        for name in names:
            words = f'SELECT DISTINCT "{name}" FROM {home} WHERE "{name}" IS NOT NULL ORDER BY 1'
            connection.execute(f'CREATE TYPE "e_{name}" AS ENUM ({words})')
    enums = ", ".join(f'"{name}"::"e_{name}" AS "{name}"' for names in _ENUMS.values() for name in names)
    connection.execute("SET disabled_optimizers = 'build_side_probe_side'")
    connection.execute(f"CREATE TABLE figures AS SELECT * REPLACE ({enums}) FROM ({_sql(queries.believed_rows)})")
    connection.execute("RESET disabled_optimizers")
    connection.execute("DROP VIEW raw")


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(row[0]) if row else 0


class _Reclassified(Exception):
    """A layer is not enough: figures below have to move to another city, type or group."""


def _layer(
    folder: Path, vintage: Vintage, below: str, newer: Sequence[Release], parts: Sequence[Path], reference: Reference
) -> bool:
    """Build only what ``newer`` releases change over the file ``below``; False where that is not enough."""
    try:
        with _builder(folder) as (part, connection):
            connection.execute(f"ATTACH {literal(str(cache.path_of(folder, below)))} AS base (READ_ONLY)")
            _inputs(connection, newer, parts, reference)
            if _reclassified(connection):
                raise _Reclassified
            _new_and_gone(connection)
            _replaced(connection)
            for name in CUBES:
                connection.execute(f"CREATE TEMP TABLE changes_{name} AS " + _changes(name))
                connection.execute(f"CREATE TABLE {name} AS " + _in_words_below(connection, f"changes_{name}"))
    except _Reclassified:
        return False
    cache.finish(part, folder, vintage.key, cache.Note(cache.named(vintage), 0, below))
    return True


def _reclassified(connection: duckdb.DuckDBPyConnection) -> bool:
    """True where a release moved a known reporter or indicator to another city, type or group."""
    moved = """
        SELECT 1 FROM base.reporters b JOIN reporters n USING (reporter_id)
        WHERE (b.kind, b.pilot_type, b.pilot_level, b.city) <> (n.kind, n.pilot_type, n.pilot_level, n.city)
        UNION ALL SELECT 1 FROM base.indicators b JOIN indicators n USING (indicator_id) WHERE b."group" <> n."group"
        LIMIT 1"""
    return connection.execute(moved).fetchone() is not None


def _new_and_gone(connection: duckdb.DuckDBPyConnection) -> None:
    """Make ``newer``, the figures to add, and ``gone``, the keys that no longer count below.

    The keys take the enum types of the file below: comparing those is twenty times as fast as texts.
    """
    connection.execute("CREATE TABLE newer AS " + _sql(queries.believed_rows))
    keys = ", ".join(f'TRY_CAST("{name}" AS base."e_{name}") AS "{name}"' for name in KEY)
    connection.execute(f"CREATE TABLE gone AS SELECT DISTINCT {keys} FROM raw")
    connection.execute("DROP VIEW raw")


def _replaced(connection: duckdb.DuckDBPyConnection) -> None:
    """Make ``replaced``, the figures below that no longer count, with the columns of the cubes.

    What a reporter, an indicator and a period are comes from the small tables: six columns of all figures need not be read.
    """
    same = " AND ".join(f'f."{name}" = g."{name}"' for name in KEY)
    told = " AND ".join(_told(connection, name) for name in ("reporter_id", "indicator_id", "period"))
    own = ", ".join(f'f."{name}"' for name in (*KEY, "unit", *NUMBERS))
    near = f"SELECT {own} FROM base.figures f WHERE {told}"
    wide = f"""(SELECT * FROM near f SEMI JOIN gone g ON {same}) LEFT JOIN base.reporters USING (reporter_id)
        LEFT JOIN base.indicators USING (indicator_id) LEFT JOIN base.periods USING (period)"""
    cubes = dict.fromkeys((*CUBE, *queries.WHO))
    names = ", ".join(
        f'TRY_CAST("{name}" AS base."e_{name}") AS "{name}"' if name in _ENUM_NAMES else f'"{name}"'
        for name in (*cubes, *NUMBERS)
    )
    connection.execute(f"CREATE TEMP TABLE replaced AS WITH near AS MATERIALIZED ({near}) SELECT {names} FROM {wide}")


def _told(connection: duckdb.DuckDBPyConnection, column: str) -> str:
    """Which figures below can be replaced at all: to skip the others by what is named is faster than to look up their keys."""
    query = f'SELECT DISTINCT "{column}"::VARCHAR FROM gone WHERE "{column}" IS NOT NULL LIMIT {FEW + 1}'
    names = [name for (name,) in connection.execute(query).fetchall()]
    words = connection.execute(f'SELECT len(enum_range(NULL::base."e_{column}"))').fetchone() or (0,)
    listed = ", ".join("'" + name.replace("'", "''") + "'" for name in names)
    return f'f."{column}" IN ({listed})' if 0 < len(names) <= min(FEW, words[0] / 2) else "true"


def _changes(cube: str) -> str:
    """What a release changes in a cube: the new figures', minus the replaced figures', where the two differ."""
    names = ", ".join(f'"{name}"' for name in (CUBE if cube == "cube" else queries.WHO))
    sums = ("n", "value", "low", "low_n", "high", "high_n")
    minus = ", ".join(f'-"{name}" AS "{name}"' for name in sums)
    total = ", ".join(
        f'sum("{name}")::{"BIGINT" if name.endswith("n") else "DECIMAL(38, 6)"} AS "{name}"' for name in sums
    )
    parts = f"""SELECT {names}, {", ".join(sums)} FROM ({_sql(CUBES[cube], "newer")})
        UNION ALL SELECT {names}, {minus} FROM ({_sql(CUBES[cube], "replaced")})"""
    different = " OR ".join(f'sum("{name}") <> 0' for name in sums)
    return f"SELECT {names}, {total} FROM ({parts}) GROUP BY ALL HAVING {different}"


def _in_words_below(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    """The rows of ``table`` with the enum types of the file below, where its words suffice.

    Joined to the rows below, a column of texts would make those texts too, and every query slower.
    """
    columns = {name for (name, *_rest) in connection.execute(f"DESCRIBE {table}").fetchall()}
    cast = {name: f'TRY_CAST("{name}" AS base."e_{name}")' for name in columns & _ENUM_NAMES}
    new = ", ".join(f'count("{name}") - count({made})' for name, made in cast.items())
    unknown = connection.execute(f"SELECT {new} FROM {table}").fetchone() or ()
    kept = [f'{made} AS "{name}"' for (name, made), n in zip(cast.items(), unknown, strict=True) if not n]
    return f"SELECT * REPLACE ({', '.join(kept)}) FROM {table}" if kept else f"SELECT * FROM {table}"
