"""The audit log: who did what and when, each line chained to the one before by its hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from store import clock, tables
from store.base import AuditEntry
from store.catalogue import Catalogue
from tidy.language import _

FIRST = "0" * 64
_COLUMNS = (tables.audit.c.id, tables.audit.c.at, tables.audit.c.who, tables.audit.c.action,
            tables.audit.c.detail, tables.audit.c.previous, tables.audit.c.hash)  # fmt: skip


def append(connection: Connection, action: str, who: str, detail: Mapping[str, Any]) -> AuditEntry:
    """Add a line inside the caller's write transaction, so that the act and its line are one."""
    last = connection.execute(sa.select(*_COLUMNS).order_by(tables.audit.c.id.desc()).limit(1)).first()
    number, previous, before = (last.id + 1, last.hash, last.at) if last else (1, FIRST, "")
    at = max(clock.text(clock.now()), before)  # the log never runs backwards, even when the clock does
    text = json.dumps(detail, ensure_ascii=False, sort_keys=True, default=str)
    entry = AuditEntry(number, at, who, action, text, previous, _hash(number, at, who, action, text, previous))
    connection.execute(tables.audit.insert(), {name: getattr(entry, name) for name in entry.__slots__})
    return entry


def _hash(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def log(catalogue: Catalogue, action: str, who: str, detail: Mapping[str, Any] | None = None) -> AuditEntry:
    """Record one act that changes nothing else: a sign-in, an upload, an export."""
    with catalogue.write() as connection:
        return append(connection, action, who, detail or {})


def entries(catalogue: Catalogue, limit: int | None = None) -> list[AuditEntry]:
    """Return the newest ``limit`` lines (all by default), newest first."""
    query = sa.select(*_COLUMNS).order_by(tables.audit.c.id.desc()).limit(limit)
    with catalogue.read() as connection:
        return [AuditEntry(*row) for row in connection.execute(query)]


def earlier_logs(details: Iterable[str]) -> set[str]:
    """Return the hashes of the objects in which restores have kept the log they replaced."""
    return {name for detail in details if (name := json.loads(detail).get("earlier_log"))}


def broken(catalogue: Catalogue) -> list[str]:
    """Return what is wrong with the chain, in words; an empty list when it holds."""
    previous, expected, faults = FIRST, 1, []
    for entry in reversed(entries(catalogue)):
        parts = (entry.id, entry.at, entry.who, entry.action, entry.detail, entry.previous)
        if entry.id != expected or entry.previous != previous or entry.hash != _hash(*parts):
            faults.append(_("审计日志第 {n} 条被改动或缺失").format(n=expected))
            expected = entry.id
        previous, expected = entry.hash, expected + 1
    return faults
