"""The store as pages, loaders and commands see it: one object, one call for each thing it can do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from store import audit, diff, parquet, publish, releases, shipped
from store.base import COLUMNS, TABLES, AsOf, AuditEntry, Release, StoredFile, filters
from store.care import Care
from store.drafts import Drafts, mark_published
from store.errors import StoreBusy, StoreDamaged, StoreError, StoreFull
from store.location import locate
from store.memory import Memory
from store.reader import log
from tidy.schema import DATA


class Store(Drafts, Memory, Care):
    """An open store. Safe to share between threads; several processes may open the same one."""

    # Reading figures

    def observations(self, *, as_of: AsOf = None, columns: Sequence[str] | None = None, **wanted: Any) -> pd.DataFrame:
        """Return the believed figures with reporter and indicator columns joined, in a fixed order.

        ``wanted`` are lists: reporters, indicators, groups, cities, types, levels, kinds, years (the
        year a period ends in), measures; None means all, an empty list none. ``as_of`` is a date,
        a moment or a release number. Small cells are hidden (:mod:`store.veil`). Raises ``WrongUse``
        for a column that does not exist.
        """
        return self.veil.observations(self.reader.at(as_of), filters(**wanted), columns or COLUMNS)

    def aggregate(self, by: Sequence[str], *, as_of: AsOf = None, **wanted: Any) -> pd.DataFrame:
        """Return n and the exact sums of value, low and high by the columns ``by``.

        A sum of bounds is missing where a figure of the group has none. Whether a sum makes sense
        (one measure, one unit, no reporter inside another) is for ``tidy.measures`` to say.
        """
        return self.veil.aggregate(self.reader.at(as_of), filters(**wanted), by)

    def reporters(self, as_of: AsOf = None) -> pd.DataFrame:
        """Return the reporters of the vintage, columns of data/reporters.csv."""
        return self.reader.at(as_of).reference("reporters")

    def indicators(self, as_of: AsOf = None) -> pd.DataFrame:
        """Return the indicators of the vintage, columns of data/indicators.csv."""
        return self.reader.at(as_of).reference("indicators")

    def sources(self, as_of: AsOf = None) -> pd.DataFrame:
        """Return the sources of the vintage, columns of data/sources.csv."""
        return self.reader.at(as_of).reference("sources")

    def load_id(self) -> str:
        """Return a text that changes with every release: the key of every cache of figures."""
        return self.reader.load_id()

    # Releases

    def releases(self) -> list[Release]:
        """Return all releases, oldest first."""
        return releases.every(self.catalogue)

    def publish(
        self, observations: pd.DataFrame, *, by: str, note: str, files: Sequence[publish.Original] = (),
        reporters: pd.DataFrame | None = None, indicators: pd.DataFrame | None = None,
        sources: pd.DataFrame | None = None, withdraws: Sequence[int] | int = (),
        withdrawn_figures: pd.DataFrame | None = None, expected_load_id: str | None = None,
        known_from: datetime | None = None, drafts: Sequence[str] = (),
    ) -> Release:  # fmt: skip
        """Publish figures as one release; durable when it returns.

        ``reporters``, ``indicators`` and ``sources`` add to the reference tables or replace rows by
        id; ``withdraws`` takes back whole releases, ``withdrawn_figures`` single figures;
        ``known_from`` keeps the release back until then; ``drafts`` are closed in the same
        transaction. Raises ``RefusedFigures`` with all faults, ``ChangedUnderneath`` when others have
        published since ``expected_load_id``, ``WrongUse`` when a draft may not be published.
        """
        given = {"reporters": reporters, "indicators": indicators, "sources": sources}
        added = {name: parquet.clean_reference(table) for name, table in given.items() if table is not None}
        figures = parquet.clean(observations)
        reference = self._reference_with(added)
        publish.check(figures, reference)
        guards: list[publish.Guard] = []
        if expected_load_id is not None:
            guards.append(publish.unchanged_since(expected_load_id, self.objects, figures))
        if drafts:
            guards.append(partial(mark_published, ids=list(drafts)))
        release = publish.publish(
            self.catalogue, self.objects, figures, reference, by=by, note=note, files=files, added=added,
            withdraws=[withdraws] if isinstance(withdraws, int) else withdraws,
            withdrawn_figures=withdrawn_figures, known_from=known_from, guards=guards,
        )  # fmt: skip
        return self._done(release)

    def undo(self, release_id: int, *, by: str, why: str) -> Release:
        """Withdraw a release by a new one and return that; raises ``NotFound`` or ``WrongUse``."""
        return self._done(publish.undo(self.catalogue, release_id, by=by, why=why))

    def _reference_with(self, added: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
        engine = self.reader.current(wait=True).engine  # a reporter who came a second ago is known
        known = {name: engine.reference(name) for name in TABLES}
        for name, table in added.items():
            together = pd.concat([known[name], table], ignore_index=True)
            known[name] = together.drop_duplicates(together.columns[0], keep="last")
        return known

    def _done(self, release: Release) -> Release:
        """Make the new vintage ready for the next page; what is published stays so if that fails."""
        log.info("released", extra={"release": release.id, "kind": release.kind, "rows": release.rows})
        try:
            self.reader.current(wait=True)
        except StoreError as error:
            log.error("the new vintage is not ready", extra={"trouble": type(error).__name__})
        return release

    def files(self, release_id: int) -> list[StoredFile]:
        """Return the files of a release: its Parquet and the originals it was read from."""
        return [file for _number, file in releases.files(self.catalogue, release_id)]

    def content(self, sha256: str) -> bytes:
        """Return a stored file byte for byte; raise ``StoreDamaged`` when it is gone."""
        return self.objects.local(sha256).read_bytes()

    def diff(self, a: AsOf, b: AsOf = None) -> pd.DataFrame:
        """Return figure by figure what differs from vintage ``a`` to vintage ``b`` (None: now)."""
        return diff.between(self.reader, self.veil, a, b)

    # Audit

    def log(self, action: str, who: str, detail: Mapping[str, Any] | None = None) -> AuditEntry:
        """Add a line to the audit log."""
        return audit.log(self.catalogue, action, who, detail)

    def audit(self, limit: int | None = None) -> list[AuditEntry]:
        """Return the newest lines of the audit log, newest first."""
        return audit.entries(self.catalogue, limit)


def open_store(url: str | None = None, *, data: Path | None = DATA) -> Store:
    """Open the store at ``url`` (default: PILOTS_STORE, else var/store), making it where it is missing.

    Brings in the shipped figures of ``data`` unless the store has had them (None: never). Raises
    ``StoreError`` with advice, and ``DataProblems`` when the shipped tables are faulty.
    """
    store = Store(locate(url))
    if data is not None and not store.catalogue.read_only:
        try:
            shipped.bring_in(store.catalogue, store.objects, data)
            store.sweep()
        except (StoreDamaged, StoreFull, StoreBusy):
            store.load_id()  # raises as well, unless a vintage that was served before can be served on
            log.error("opened without bringing in the shipped figures")
    return store
