"""The SQL of the analytic queries, compiled once a version of the program and kept beside the derived files.

ibis and its compilers take longer to import than all of the store's own code, and compiling an
expression costs more than most queries do. So a query is compiled once for each set of filters and
columns, what is wanted is put in afterwards, and the next process reads the text.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from importlib.metadata import version
from pathlib import Path
from threading import Lock
from typing import Any

from store.base import FILTER_COLUMNS, Filters
from store.objects import replace_file

_NUMBER = 987_654_321  # stands for a year in a compiled query
_HOLES = {column: _NUMBER if column == "year" else f"‹{column}›" for column in FILTER_COLUMNS.values()}


class Compiled:
    """The compiled queries of one folder of derived files; safe to share between threads and processes."""

    def __init__(self, folder: Path) -> None:
        """Read what is kept in ``folder``; nothing is written where it cannot be."""
        self._path = folder / f"queries-{_program()}.json"
        self._lock, self._known = Lock(), _read(self._path)

    def query(self, name: str, filters: Filters, columns: Sequence[str], layered: bool) -> str:
        """Return the SQL of ``queries.<name>(filters, columns, layered)`` with what is wanted filled in."""
        shape = _shape(filters)
        key = json.dumps([name, asdict(shape), list(columns), layered], ensure_ascii=False)
        found = self._known.get(key) or self._compile(key, name, shape, tuple(columns), layered)
        return _filled(found, filters)

    def _compile(self, key: str, *asked: Any) -> str:
        found = compiled(*asked)
        with self._lock:
            self._known[key] = found
            together = _read(self._path) | self._known
            with suppress(OSError):  # a folder that cannot be written to only costs the next process its time
                replace_file(self._path, json.dumps(together, ensure_ascii=False).encode())
        return found


def compiled(name: str, *arguments: Any) -> str:
    """Return the SQL of an expression of :mod:`store.queries`."""
    import ibis

    from store import queries

    return str(ibis.to_sql(getattr(queries, name)(*arguments), dialect="duckdb"))


def _program() -> str:
    """What the SQL depends on: the expressions and their compiler."""
    source = Path(__file__).with_name("queries.py").read_bytes() + Path(__file__).with_name("base.py").read_bytes()
    return hashlib.sha256(source + version("ibis-framework").encode()).hexdigest()[:16]


def _read(path: Path) -> dict[str, str]:
    try:
        known = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _shape(filters: Filters) -> Filters:
    """The same filters with a hole in the place of what is wanted; one that wants nothing stays as it is."""
    names = {name for name in FILTER_COLUMNS if getattr(filters, name)}
    holes: dict[str, Any] = {name: (_HOLES[FILTER_COLUMNS[name]],) for name in names}
    return replace(filters, **holes)


def _filled(query: str, filters: Filters) -> str:
    """The compiled query with what is wanted in its holes, in one pass, so that no value is taken for a hole."""
    wanted = {literal(_HOLES[column]): ", ".join(map(literal, values)) for column, values in filters.given() if values}
    return re.sub("|".join(wanted), lambda found: wanted[found[0]], query) if wanted else query


def literal(value: str | int) -> str:
    """Return a value as it stands in SQL."""
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"
