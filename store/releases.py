"""Releases: publishing, undoing, and which of them are believed at a given moment."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from store import audit, clock, tables
from store.base import AsOf, Release, ReleaseKind, StoredFile, Vintage
from store.catalogue import Catalogue
from store.errors import NotFound, WrongUse
from tidy.language import _

_R = tables.releases.c


def every(catalogue: Catalogue) -> list[Release]:
    """Return all releases, oldest first, each marked whether it is still in force."""
    with catalogue.read() as connection:
        return read_all(connection)


def read_all(connection: Connection) -> list[Release]:
    """Return all releases over an open connection, oldest first."""
    taken: dict[int, list[int]] = {}
    for row in connection.execute(sa.select(tables.withdrawals)):
        taken.setdefault(row.release_id, []).append(row.withdrawn_id)
    files = tables.release_files.c
    hashes = sa.select(files.release_id, files.sha256).where(files.role == "observations")
    by_release = {row.release_id: row.sha256 for row in connection.execute(hashes)}
    rows = connection.execute(sa.select(tables.releases).order_by(_R.id))
    return _marked([_release(row, tuple(taken.get(row.id, ())), by_release.get(row.id, "")) for row in rows])


def _release(row: Row[tuple[object, ...]], withdraws: tuple[int, ...], sha256: str) -> Release:
    return Release(
        id=row.id, kind=row.kind, at=clock.read(row.at), known_from=clock.read(row.known_from), by=row.by,
        note=row.note, rows=row.rows, batch=row.batch, withdraws=withdraws, sha256=sha256,
    )  # fmt: skip


def _marked(releases: Sequence[Release]) -> list[Release]:
    gone = withdrawn(releases)
    return [replace(release, in_force=release.id not in gone) for release in releases]


def withdrawn(releases: Sequence[Release]) -> set[int]:
    """Return the numbers of the releases that others have withdrawn.

    Read from the newest back: an undo that was itself undone withdraws nothing.
    """
    gone: set[int] = set()
    for release in sorted(releases, key=lambda r: r.id, reverse=True):
        if release.id not in gone:
            gone.update(release.withdraws)
    return gone


def vintage(releases: Sequence[Release], as_of: AsOf = None) -> Vintage:
    """Return the releases believed at ``as_of`` (a date, a moment, a release number; None: now).

    Weakest first: what the program ships gives way to everything an office has published.
    """
    known = [release for release in releases if is_known(release, as_of)]
    gone = withdrawn(known)
    believed = [release for release in known if release.id not in gone and release.sha256]
    believed.sort(key=lambda r: (r.kind != "shipped", r.known_from, r.id))
    name = "|".join(f"{release.id}:{release.sha256}" for release in believed)
    return Vintage(tuple(believed), hashlib.sha256(name.encode()).hexdigest()[:16])


def is_known(release: Release, as_of: AsOf = None) -> bool:
    """Tell whether readers know a release at ``as_of`` (None: now); one under embargo they do not."""
    if isinstance(as_of, int):
        return release.id <= as_of
    if as_of is None:  # a release without embargo is known at once, even if the clock has gone back since
        return release.known_from <= max(clock.now(), release.at)
    return release.known_from <= clock.moment(as_of)


def load_id(connection: Connection) -> str:
    """Return ``number of releases known now - name of the last``: changes with each, and when an
    embargo ends; two histories of equal length (after a restore) differ too."""
    now = clock.text(clock.now())
    known = sa.or_(_R.known_from <= now, _R.known_from == _R.at)
    order = (_R.known_from.desc(), _R.id.desc())
    last = sa.select(_R.batch).where(known).order_by(*order).limit(1).scalar_subquery()
    count, batch = connection.execute(sa.select(sa.func.count(), last).where(known)).one()
    return f"{count}-{(batch or '')[:8]}"


def since(connection: Connection, load: str) -> list[Release]:
    """Return the releases that became known after ``load`` was the load id, oldest first."""
    order = sorted(read_all(connection), key=lambda r: (r.known_from, r.id))
    return order[int(load.partition("-")[0]) :]


def add(
    connection: Connection, *, kind: ReleaseKind, by: str, note: str, batch: str, rows: int,
    files: Sequence[StoredFile] = (), withdraws: Sequence[int] = (), known_from: datetime | None = None,
) -> Release:  # fmt: skip
    """Write a release and its audit line in the caller's transaction; return it.

    Raises ``NotFound`` or ``WrongUse`` when what it withdraws is not there or already withdrawn.
    """
    before = read_all(connection)
    _check_withdrawals(before, withdraws)
    last = max((clock.text(release.at) for release in before), default="")
    at = max(clock.text(clock.now()), last)
    embargo = clock.text(known_from) if known_from else at
    values = {"kind": kind, "at": at, "known_from": max(embargo, at), "by": by, "note": note,
              "rows": rows, "batch": batch}  # fmt: skip
    number = connection.execute(tables.releases.insert().returning(_R.id), values).scalar_one()
    _add_parts(connection, number, files, withdraws)
    audit.append(connection, kind, by, {"release": number, "note": note, "rows": rows, "withdraws": list(withdraws),
                                        "files": [file.sha256 for file in files]})  # fmt: skip
    return next(release for release in reversed(read_all(connection)) if release.id == number)


def _add_parts(connection: Connection, number: int, files: Sequence[StoredFile], withdraws: Sequence[int]) -> None:
    if files:
        connection.execute(tables.release_files.insert(), [
            {"release_id": number, "position": n, "role": f.role, "name": f.name, "sha256": f.sha256, "size": f.size}
            for n, f in enumerate(files)
        ])  # fmt: skip
    if withdraws:
        rows = [{"release_id": number, "withdrawn_id": other} for other in withdraws]
        connection.execute(tables.withdrawals.insert(), rows)


def _check_withdrawals(releases: Sequence[Release], withdraws: Sequence[int]) -> None:
    known = {release.id: release for release in releases}
    for number in withdraws:
        if number not in known:
            raise NotFound(_("没有第 {n} 批发布 → 用 python -m store releases 查看").format(n=number))
        if not known[number].in_force:
            raise WrongUse(_("第 {n} 批发布已被撤回").format(n=number))


def files(catalogue: Catalogue, release_id: int | None = None) -> list[tuple[int, StoredFile]]:
    """Return (release number, file) for one release or for all."""
    f = tables.release_files.c
    query = sa.select(f.release_id, f.role, f.name, f.sha256, f.size).order_by(f.release_id, f.position)
    if release_id is not None:
        query = query.where(f.release_id == release_id)
    with catalogue.read() as connection:
        return [(row[0], StoredFile(*row[1:])) for row in connection.execute(query)]
