"""The figures that come with the program, published as a release of their own when a store first meets them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from store import parquet, publish, releases, tables
from store.base import TABLES, Release
from store.catalogue import Catalogue
from store.errors import NotFound
from store.objects import Objects
from tidy.checks import check_observations
from tidy.language import _
from tidy.problems import DataProblems
from tidy.schema import Reference, read_table

NAMES = ("observations", *TABLES)
BY = "system"
NOTE = "随程序发布的数据"  # kept in Chinese like all data; screens may show its translation


def bring_in(catalogue: Catalogue, objects: Objects, data: Path) -> Release | None:
    """Publish the tables in ``data`` unless the store has had exactly these before.

    A newer program's tables withdraw the older ones'. Several processes may start at once: one
    publishes. Raises ``DataProblems`` naming file and line when the tables are faulty.
    """
    paths = [data / f"{name}.csv" for name in NAMES]
    for path in paths:
        if not path.exists():
            raise NotFound(_("缺少随程序发布的数据 {path} → 请重新安装程序").format(path=f"data/{path.name}"))
    files = [(path.name, path.read_bytes()) for path in paths]
    mine = frozenset(hashlib.sha256(content).hexdigest() for _name, content in files)
    with catalogue.read() as connection:
        if mine in _seen(connection):
            return None
    try:
        return _publish(catalogue, objects, data, files, mine)
    except _AlreadyThere:
        return None


class _AlreadyThere(Exception):
    """Another process published the same tables in the meantime."""


def _publish(
    catalogue: Catalogue, objects: Objects, data: Path, files: list[tuple[str, bytes]], mine: frozenset[str]
) -> Release:
    figures = read_table("observations", data)
    reference = {name: read_table(name, data) for name in TABLES}
    problems = check_observations(figures, Reference(**reference))
    if any(problem.severity == "error" for problem in problems):
        raise DataProblems(problems)

    def guard(connection: Connection) -> None:
        if mine in _seen(connection):
            raise _AlreadyThere

    older = [r.id for r in releases.every(catalogue) if r.kind == "shipped" and r.in_force]
    return publish.publish(
        catalogue, objects, parquet.clean(figures), reference, by=BY, note=NOTE, kind="shipped",
        files=files, added=reference, withdraws=older, guards=[guard],
    )  # fmt: skip


def _seen(connection: Connection) -> set[frozenset[str]]:
    """Return the fingerprints of all shipped releases: the hashes of the files they were made from."""
    f, r = tables.release_files.c, tables.releases.c
    query = sa.select(f.release_id, f.sha256).join(tables.releases, r.id == f.release_id)
    found: dict[int, set[str]] = {}
    for number, sha256 in connection.execute(query.where(r.kind == "shipped", f.role == "original")):
        found.setdefault(number, set()).add(sha256)
    return {frozenset(hashes) for hashes in found.values()}
