"""Looking after a store: how it is, whether everything is still what it was, sweeping, backing up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import sqlalchemy as sa

from store import audit, backup, export, releases, tables
from store.base import FIGURE_COLUMNS, AsOf, Filters, StoredFile
from store.catalogue import database_path, revision
from store.errors import StoreError
from store.objects import digest
from store.parts import Parts
from tidy.language import _
from tidy.problems import Problem

GRACE_SECONDS = 24 * 3600  # a publisher writes its objects before its transaction: leave young ones alone


class Care(Parts):
    """Status, verification, sweeping, backup, restore and export of an open store."""

    def status(self) -> dict[str, Any]:
        """Return the store's state as plain values; never a password, never a person's name."""
        with self.catalogue.read() as connection:
            known, schema = releases.read_all(connection), revision(connection)
            sizes = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(tables.release_files.c.size), 0))
            files, size = connection.execute(sizes).one()
            waiting = sa.select(sa.func.count()).where(tables.drafts.c.status != "published")
            drafts = connection.execute(waiting).scalar_one()
        total = self.reader.at().aggregate(Filters(), ())
        return {
            "store": sa.make_url(self.location.catalogue).render_as_string(hide_password=True),
            "engine": self.location.engine, "schema": schema, "releases": len(known),
            "in_force": sum(release.in_force for release in known), "figures": int(total["n"].fillna(0).iloc[0]),
            "last_release": known[-1].at.isoformat() if known else "", "load_id": self.reader.load_id(),
            "drafts": drafts, "files": files, "bytes": int(size), "read_only": self.catalogue.read_only,
            "trouble": self.reader.trouble,
        }  # fmt: skip

    def verify(self) -> list[Problem]:
        """Re-hash every stored file, check the catalogue and the audit chain; return what is wrong."""
        try:
            return [*self._catalogue_faults(), *self._file_faults(), *self._audit_faults()]
        except StoreError as error:
            return [Problem("catalogue", str(error), file="catalogue")]

    def _catalogue_faults(self) -> list[Problem]:
        if not self.location.embedded:
            return []
        with self.catalogue.read() as connection:
            answers = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check")]
        name = database_path(self.location).name
        advice = _("用 restore 从备份恢复")
        return [Problem("catalogue", text, advice, file=name) for text in answers if text != "ok"]

    def _file_faults(self) -> list[Problem]:
        rows = {release.id: release.rows for release in releases.every(self.catalogue)}
        faults = (self._fault(number, file, rows[number]) for number, file in releases.files(self.catalogue))
        return [fault for fault in faults if fault]

    def _fault(self, number: int, file: StoredFile, rows: int) -> Problem | None:
        where = _("第 {n} 批发布 {name}").format(n=number, name=file.name)
        advice = _("用 restore 从备份恢复")
        try:
            path = self.objects.local(file.sha256)
        except StoreError:
            return Problem("missing", _("文件丢失"), advice, file=where, text=file.sha256)
        if digest(path) != file.sha256:
            return Problem("damaged", _("文件内容与发布时不一致"), advice, file=where, text=file.sha256)
        if file.role == "observations" and pq.read_metadata(path).num_rows < rows:
            return Problem("rows", _("行数与发布时不一致"), advice, file=where, text=file.sha256)
        return None

    def _audit_faults(self) -> list[Problem]:
        broken = audit.broken(self.catalogue)
        logged = {e.action + str(e.detail_value("release")) for e in audit.entries(self.catalogue)}
        silent = [r.id for r in releases.every(self.catalogue) if f"{r.kind}{r.id}" not in logged]
        broken += [_("第 {n} 批发布没有审计记录").format(n=number) for number in silent]
        advice = _("保留现场并用 restore 从备份恢复")
        return [Problem("audit", message, advice, file="audit") for message in broken]

    def sweep(self, older_than: float = GRACE_SECONDS) -> int:
        """Delete objects that no release, no draft and no restore refers to; return how many went."""
        with self.catalogue.read() as connection:
            kept = set(connection.execute(sa.select(tables.release_files.c.sha256)).scalars())
            kept |= set(connection.execute(sa.select(tables.drafts.c.sha256)).scalars())
            restored = sa.select(tables.audit.c.detail).where(tables.audit.c.action == "restore")
            kept |= audit.earlier_logs(connection.execute(restored).scalars())
        orphans = [name for name, age in self.objects.hashes() if name not in kept and age > older_than]
        for name in orphans:
            self.objects.remove(name)
        return len(orphans) + self.objects.sweep_parts(older_than)

    def backup(self, path: Path | str) -> int:
        """Write one consistent archive while others go on working; return its number of files."""
        return backup.write(self.catalogue, self.objects, Path(path))

    def restore(self, path: Path | str, *, by: str) -> list[int]:
        """Put back what an archive holds; a damaged archive is refused and changes nothing.

        The audit log goes on, or is kept as an object where another store's history takes its place.
        Returns the numbers of the releases that are gone because they came after the backup.
        """
        if self.catalogue.damaged:
            backup.check(Path(path))  # before anything is moved
            self.catalogue.start_afresh()
        return backup.read(self.catalogue, self.objects, Path(path), by=by)

    def export(self, folder: Path | str, as_of: AsOf = None, *, by: str = "system") -> list[Path]:
        """Write the vintage in every open format into ``folder``; the same vintage gives the same bytes."""
        engine = self.reader.at(as_of)
        vintage = releases.vintage(releases.every(self.catalogue), as_of)
        figures = self.veil.observations(engine, Filters(), FIGURE_COLUMNS)
        paths = export.write(engine, figures, vintage, Path(folder))
        if not self.catalogue.read_only:
            audit.log(self.catalogue, "export", by, {"vintage": vintage.key, "files": [p.name for p in paths]})
        return paths
