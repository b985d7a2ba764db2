"""The store's nouns: releases, vintages, drafts and the choice of figures a reader makes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Literal

from tidy.schema import OBSERVATION_COLUMNS, OPTIONAL_OBSERVATION_COLUMNS

ReleaseKind = Literal["shipped", "publish", "undo"]
AsOf = date | datetime | str | int | None
TABLES = ("reporters", "indicators", "sources")

FIGURE_COLUMNS: tuple[str, ...] = OBSERVATION_COLUMNS + OPTIONAL_OBSERVATION_COLUMNS
NUMBERS = ("value", "low", "high")
TEXTS: tuple[str, ...] = tuple(column for column in FIGURE_COLUMNS if column not in NUMBERS)
# Two figures with the same key say the same thing; the later release is believed. A scope
# (规上企业, 非公企业) makes it a different thing, so it belongs to the key.
KEY = ("reporter_id", "indicator_id", "period", "measure", "scope")
DIMENSIONS = ("kind", "pilot_type", "pilot_level", "city", "group", "year")
NAMES = ("reporter_name", "reporter_name_en", "county", "area_code", "parent_id", "indicator_name",
         "indicator_name_en", "additive")  # fmt: skip
# Of which the kept counts and sums are: what pages filter and group by.
CUBE = ("indicator_id", "group", "measure", "unit", "scope", "period", "year", "kind", "pilot_type",
        "pilot_level", "city")  # fmt: skip
# The words of a reporter or an indicator, by what they are found by.
KEY_OF = {
    name: "indicator_id" if name.startswith("indicator") else "reporter_id" for name in NAMES if name != "additive"
}
COLUMNS = (*FIGURE_COLUMNS, "release_id", *DIMENSIONS, *NAMES)  # of a figure, as an answer holds them


@dataclass(frozen=True, slots=True)
class Release:
    """One publication of figures. ``in_force`` is False once a later release has withdrawn it."""

    id: int
    kind: ReleaseKind
    at: datetime
    known_from: datetime
    by: str
    note: str
    rows: int
    batch: str
    withdraws: tuple[int, ...]
    sha256: str
    in_force: bool = True


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file kept by its hash: an original upload or one of the store's own tables."""

    role: str
    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Vintage:
    """The releases that are believed at one moment, weakest first."""

    releases: tuple[Release, ...]
    key: str


@dataclass(frozen=True, slots=True)
class Draft:
    """Work in progress: a file or correction that has not been published.

    ``state`` is whatever the screens keep (JSON); ``version`` grows with every save.
    """

    id: str
    kind: str
    file_name: str
    sha256: str
    state: dict[str, Any]
    owner: str
    status: str
    created: datetime
    updated: datetime
    updated_by: str
    version: int


@dataclass(frozen=True, slots=True)
class Review:
    """One act on a draft: submitted, approved, returned or a comment."""

    draft_id: str
    act: str
    by: str
    at: datetime
    comment: str


@dataclass(frozen=True, slots=True)
class User:
    """Someone who signs in; ``cities`` limits what an analyst may publish (empty: everything)."""

    id: str
    name: str
    roles: tuple[str, ...]
    cities: tuple[str, ...]
    active: bool


@dataclass(frozen=True, slots=True)
class View:
    """A page's view saved under a name: ``query`` is the part of the URL after the question mark."""

    id: int
    name: str
    page: str
    query: str
    owner: str


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line of the audit log; ``hash`` covers the line and the ``previous`` line's hash."""

    id: int
    at: str
    who: str
    action: str
    detail: str
    previous: str
    hash: str

    def detail_value(self, name: str) -> Any:
        """Return one value of the detail, ``None`` when it is not there."""
        return json.loads(self.detail).get(name)


@dataclass(frozen=True, slots=True)
class Filters:
    """Which figures are wanted; ``None`` means all, an empty choice means none.

    ``newest`` (columns) keeps, of all that pass the rest, only what the latest figures need: of each
    reporter, indicator, measure, unit, scope and value of those columns the figures of the last
    period, and whatever repeats another figure, with what it repeats. ``None`` keeps all.
    """

    reporters: tuple[str, ...] | None = None
    indicators: tuple[str, ...] | None = None
    groups: tuple[str, ...] | None = None
    cities: tuple[str, ...] | None = None
    types: tuple[str, ...] | None = None
    levels: tuple[str, ...] | None = None
    kinds: tuple[str, ...] | None = None
    years: tuple[int, ...] | None = None
    measures: tuple[str, ...] | None = None
    ids: tuple[str, ...] | None = None
    newest: tuple[str, ...] | None = None

    def given(self) -> Iterable[tuple[str, tuple[Any, ...]]]:
        """Yield (column, wanted values) for every filter that is set."""
        for field in fields(self):
            wanted = getattr(self, field.name)
            if wanted is not None and field.name in FILTER_COLUMNS:
                yield FILTER_COLUMNS[field.name], wanted


FILTER_COLUMNS = {
    "ids": "observation_id", "reporters": "reporter_id", "indicators": "indicator_id", "groups": "group",
    "cities": "city", "types": "pilot_type", "levels": "pilot_level", "kinds": "kind", "years": "year",
    "measures": "measure",
}  # fmt: skip


def filters(**wanted: Sequence[Any] | Any | None) -> Filters:
    """Make :class:`Filters` from lists, tuples or single values; unknown names raise ``TypeError``."""
    return Filters(**{name: _tuple(values) for name, values in wanted.items()})


def _tuple(values: Any) -> tuple[Any, ...] | None:
    if values is None:
        return None
    many = [values] if isinstance(values, str | int) else values
    return tuple(sorted({v if isinstance(v, str) else int(v) for v in many}))
