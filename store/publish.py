"""Publishing: check, write the objects, then one catalogue transaction. Undo is publishing a withdrawal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

import pandas as pd
from sqlalchemy.engine import Connection

from store import parquet, releases
from store.base import FIGURE_COLUMNS, KEY, TABLES, Release, ReleaseKind, StoredFile
from store.catalogue import Catalogue
from store.errors import ChangedUnderneath, RefusedFigures, WrongUse
from store.objects import Objects
from tidy.checks import allowed_words, bounds, duplicate_ids, known_names, periods
from tidy.language import _
from tidy.schema import Reference

# Whether ``as_printed`` agrees is the loaders' check: a cell says 12.5 where the heading says 万人.
CHECKS = (known_names.check, allowed_words.check, periods.check, bounds.check, duplicate_ids.check)
Guard = Callable[[Connection], None]
Original = Path | tuple[str, bytes]
NO_TABLES: Mapping[str, pd.DataFrame] = MappingProxyType({})


def check(figures: pd.DataFrame, reference: Mapping[str, pd.DataFrame]) -> None:
    """Raise ``RefusedFigures`` with every error in ``figures``; warnings do not stop a release."""
    if figures.empty:  # a release may only take back, or only add names
        return
    tables = Reference(*(reference[name] for name in TABLES))
    problems = [problem for one in CHECKS for problem in one(figures, tables) if problem.severity == "error"]
    if problems:
        raise RefusedFigures(problems)


def require(**texts: str) -> None:
    """Raise ``WrongUse`` for an empty name, note or reason: history without them is worthless."""
    for name, text in texts.items():
        if not text.strip():
            raise WrongUse(_("{name} 不能为空").format(name=name))


def publish(
    catalogue: Catalogue, objects: Objects, figures: pd.DataFrame, reference: Mapping[str, pd.DataFrame], *,
    by: str, note: str, kind: ReleaseKind = "publish", files: Sequence[Original] = (),
    added: Mapping[str, pd.DataFrame] = NO_TABLES, withdraws: Sequence[int] = (),
    withdrawn_figures: pd.DataFrame | None = None, known_from: datetime | None = None,
    guards: Sequence[Guard] = (),
) -> Release:  # fmt: skip
    """Publish cleaned and checked ``figures`` as one release and return it.

    ``guards`` are asked inside the transaction and may still refuse by raising. Durable when this
    returns; a crash before leaves the old state and at most an orphaned object.
    """
    require(by=by, note=note)
    batch = parquet.new_batch()
    gone = figures.head(0) if withdrawn_figures is None else parquet.clean(withdrawn_figures)
    cities = reference["reporters"].set_index("reporter_id")["city"]
    content = {"observations": parquet.pack(figures, cities, batch, gone)}
    content |= {name: parquet.pack_reference(table) for name, table in added.items()}
    stored = [_stored(objects, name, f"{name}.parquet", data) for name, data in content.items()]
    stored += [_stored(objects, "original", *_named(file)) for file in files]
    with catalogue.write() as connection:
        for guard in guards:
            guard(connection)
        return releases.add(connection, kind=kind, by=by, note=note, batch=batch, rows=len(figures),
                            files=stored, withdraws=withdraws, known_from=known_from)  # fmt: skip


def undo(catalogue: Catalogue, release_id: int, *, by: str, why: str) -> Release:
    """Withdraw a release by a new one; what it had superseded is believed again."""
    require(by=by, why=why)
    with catalogue.write() as connection:
        return releases.add(connection, kind="undo", by=by, note=why, batch=parquet.new_batch(), rows=0,
                            withdraws=[release_id])  # fmt: skip


def _named(file: Original) -> tuple[str, bytes]:
    return (file.name, file.read_bytes()) if isinstance(file, Path) else file


def _stored(objects: Objects, role: str, name: str, content: bytes) -> StoredFile:
    sha256, size = objects.put(content)
    return StoredFile(role, name, sha256, size)


def unchanged_since(expected_load_id: str, objects: Objects, figures: pd.DataFrame) -> Guard:
    """Return a guard that raises ``ChangedUnderneath`` when others have published since."""

    def guard(connection: Connection) -> None:
        if releases.load_id(connection) != expected_load_id:
            since = releases.since(connection, expected_load_id)
            raise ChangedUnderneath(since, overlap(objects, since, figures))

    return guard


def overlap(objects: Objects, since: Sequence[Release], figures: pd.DataFrame) -> pd.DataFrame:
    """Return the figures (key, value, value_published, release_id) that ``since`` has touched too."""
    theirs = [parquet.read(objects.local(r.sha256)).reindex(columns=list(FIGURE_COLUMNS)).assign(release_id=r.id)
              for r in since if r.sha256]  # fmt: skip
    keys = list(KEY)
    if not theirs:
        return pd.DataFrame(columns=[*keys, "value", "value_published", "release_id"])
    published = pd.concat(theirs)[[*keys, "value", "release_id"]]
    return figures[[*keys, "value"]].merge(published, on=keys, suffixes=("", "_published"))
