"""One archive with everything that cannot be made again: the catalogue as portable rows, the objects as they are.

The rows are JSON, so an archive of an embedded store restores into a server and back.
"""

from __future__ import annotations

import hashlib
import json
import os
import uuid
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from store import audit, tables
from store.catalogue import HEAD, Catalogue
from store.errors import NotFound, StoreDamaged, clearly
from store.objects import PART, Objects, sync_folder
from tidy.language import _

MANIFEST, ROWS = "manifest.json", "catalogue.json"
Rows = dict[str, list[dict[str, Any]]]
APPEND_ONLY = ("releases", "withdrawals", "release_files", "audit")


def write(catalogue: Catalogue, objects: Objects, path: Path) -> int:
    """Write the archive beside ``path`` and rename it there when it is whole; return its file count."""
    with catalogue.read() as connection:
        rows = _rows(connection)
    names = sorted(
        {f["sha256"] for f in rows["release_files"]}
        | {d["sha256"] for d in rows["drafts"]} - {""}
        | audit.earlier_logs(line["detail"] for line in rows["audit"] if line["action"] == "restore")
    )
    content = json.dumps(rows, ensure_ascii=False, sort_keys=True).encode()
    manifest = {"schema": HEAD, "catalogue": hashlib.sha256(content).hexdigest(), "objects": names}
    part = path.with_name(f"{path.name}.{uuid.uuid4().hex}{PART}")
    with clearly():
        try:
            with part.open("wb") as file:
                _fill(file, manifest, content, objects, names)
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, path)
            sync_folder(path.absolute().parent)
        finally:
            part.unlink(missing_ok=True)
    return len(names)


def _fill(file: Any, manifest: dict[str, Any], content: bytes, objects: Objects, names: list[str]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(ROWS, content, zipfile.ZIP_DEFLATED)
        for name in names:
            archive.write(objects.local(name), f"objects/{name}")
        archive.writestr(MANIFEST, json.dumps(manifest))


def _rows(connection: Connection) -> Rows:
    """Every table's rows over one connection, so in one consistent view."""
    return {
        table.name: [dict(row._mapping) for row in connection.execute(sa.select(table).order_by(*table.primary_key))]
        for table in tables.metadata.sorted_tables
    }


def read(catalogue: Catalogue, objects: Objects, path: Path, *, by: str) -> list[int]:
    """Check the whole archive, then put back its objects and, in one transaction, its rows.

    Returns the numbers of the releases that came after the backup and are gone with this. Raises
    ``NotFound`` and ``StoreDamaged``; either leaves the store as it was.
    """
    with _opened(path) as (archive, rows, names):
        for name in names:
            objects.put(archive.read(f"objects/{name}"))
    with catalogue.write() as connection:
        before = _rows(connection)
        kept = {row["batch"] for row in rows["releases"]}
        gone = [row["id"] for row in before["releases"] if row["batch"] not in kept]
        said = {"releases": len(rows["releases"]), "gone": gone, **_earlier(before, rows, objects)}
        _replace_rows(connection, rows)
        audit.append(connection, "restore", by, said)
    return gone


def _earlier(before: Rows, rows: Rows, objects: Objects) -> dict[str, Any]:
    """Keep the log that a restore replaces: it goes on where the archive's is its beginning, else it becomes an object.

    Changes ``rows["audit"]`` in the first case; returns what the line about the restore says of the second.
    """
    log, archived = before["audit"], rows["audit"]
    if [line["hash"] for line in log[: len(archived)]] == [line["hash"] for line in archived]:
        rows["audit"] = log
        return {}
    if not log:
        return {}
    content = json.dumps(before, ensure_ascii=False, sort_keys=True, default=str).encode()
    return {"earlier_log": objects.put(content)[0], "earlier_lines": len(log), "earlier_hash": log[-1]["hash"]}


def check(path: Path) -> None:
    """Raise ``NotFound`` or ``StoreDamaged`` unless every byte of the archive is as it was written."""
    with _opened(path):
        pass


@contextmanager
def _opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, Rows, list[str]]]:
    if not path.exists():
        raise NotFound(_("没有备份文件 {path}").format(path=path.name))
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive, *_checked(archive)
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError, zlib.error) as error:
        raise _damaged(path) from error


def _checked(archive: zipfile.ZipFile) -> tuple[Rows, list[str]]:
    """Return rows and object names; raise ``ValueError`` where any byte differs from the manifest."""
    manifest = json.loads(archive.read(MANIFEST))
    expected = {ROWS: manifest["catalogue"], **{f"objects/{name}": name for name in manifest["objects"]}}
    for member, sha256 in expected.items():
        if _digest(archive, member) != sha256:
            raise ValueError(member)
    if manifest["schema"] > HEAD:
        raise StoreDamaged(_("备份来自更新版本的程序 → 请先升级程序"))
    return json.loads(archive.read(ROWS)), manifest["objects"]


def _digest(archive: zipfile.ZipFile, member: str) -> str:
    found = hashlib.sha256()
    with archive.open(member) as file:
        while piece := file.read(1 << 20):
            found.update(piece)
    return found.hexdigest()


def _damaged(path: Path) -> StoreDamaged:
    return StoreDamaged(_("备份文件 {path} 已损坏，未恢复任何内容 → 请换一份备份").format(path=path.name))


def _replace_rows(connection: Connection, rows: Rows) -> None:
    with _history_unlocked(connection):
        for table in reversed(tables.metadata.sorted_tables):
            connection.execute(table.delete())
        for table in tables.metadata.sorted_tables:
            if rows[table.name]:
                connection.execute(table.insert(), rows[table.name])
    if connection.dialect.name == "postgresql":  # numbers go on after the highest that was restored
        for name in ("releases", "reviews", "views"):
            connection.execute(sa.text(
                f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), coalesce(max(id), 0) + 1, false) FROM {name}"
            ))  # fmt: skip


@contextmanager
def _history_unlocked(connection: Connection) -> Iterator[None]:
    """Lift the append-only triggers inside the transaction that puts a whole history back."""
    if connection.dialect.name == "postgresql":
        _each(connection, [f"ALTER TABLE {name} DISABLE TRIGGER USER" for name in APPEND_ONLY])
        yield
        _each(connection, [f"ALTER TABLE {name} ENABLE TRIGGER USER" for name in APPEND_ONLY])
        return
    guards = connection.execute(sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    _each(connection, [f"DROP TRIGGER {name}" for name, _sql in guards])
    yield
    _each(connection, [sql for _name, sql in guards])


def _each(connection: Connection, statements: list[str]) -> None:
    for statement in statements:
        connection.execute(sa.text(statement))
