"""The one place where small cells are hidden: between every vintage and whoever reads its figures.

A cell that is too small in any vintage is hidden in all of them, or a reader could compare two.
With no threshold declared (the default) nothing is read and nothing costs anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from threading import Lock

import pandas as pd

from store import parquet, releases
from store.base import KEY, NUMBERS, Filters, Release, Vintage
from store.catalogue import Catalogue
from store.engine import Engine
from store.objects import Objects
from tidy import suppression
from tidy.families import CELL, Cell
from tidy.schema import Reference

NEEDED = [*CELL, "value", "low", "unit"]


class Veil:
    """Hides the cells that the declared thresholds forbid; safe to share between threads."""

    def __init__(self, catalogue: Catalogue, objects: Objects, reference: Callable[[str], pd.DataFrame]) -> None:
        self.thresholds = suppression.read_thresholds()
        self._catalogue, self._objects, self._table = catalogue, objects, reference
        self._lock, self._of, self._hidden = Lock(), "", suppression.Reasons()

    def observations(self, engine: Engine, wanted: Filters, columns: Sequence[str]) -> pd.DataFrame:
        """Return the figures of a vintage that pass ``wanted``, hidden ones without what they say."""
        if self.thresholds.off:
            return engine.observations(wanted, columns)
        figures = engine.observations(wanted, tuple(dict.fromkeys([*columns, *KEY])))
        return suppression.mask(figures, self.hidden())[list(columns)]

    def aggregate(self, engine: Engine, wanted: Filters, by: Sequence[str]) -> pd.DataFrame:
        """Return count and sums by group; sums that a hidden figure is part of are missing."""
        found = engine.aggregate(wanted, by)
        if self.thresholds.off or found.empty or not self.hidden():
            return found
        concerned = {cell[1] for cell in self.hidden()}
        asked = tuple(sorted(concerned if wanted.indicators is None else concerned & set(wanted.indicators)))
        rows = self.observations(engine, replace(wanted, indicators=asked), [*by, "qualifier"])
        touched = set(_groups(rows[suppression.suppressed(rows)], by))
        at = [group in touched for group in _groups(found, by)]
        return found.assign(**{name: found[name].mask(pd.Series(at, index=found.index)) for name in NUMBERS})

    def hidden(self) -> Mapping[Cell, str]:
        """Return the hidden cells with their reasons, worked out once a release."""
        history = releases.every(self._catalogue)
        of = "|".join(f"{release.id}:{release.known_from}:{release.in_force}" for release in history)
        with self._lock:
            if of != self._of:
                self._hidden, self._of = self._work_out(history), of
            return self._hidden

    def _work_out(self, history: Sequence[Release]) -> suppression.Reasons:
        known = Reference(*(self._table(name) for name in ("reporters", "indicators", "sources")))
        concerned = suppression.concerned(known, self.thresholds)
        parts = {r.sha256: self._concerned(r, concerned) for r in history if r.sha256}
        found = suppression.Reasons()
        for vintage in _vintages(history):
            found = suppression.hidden(_believed(vintage, parts), known, self.thresholds) | found
        return found

    def _concerned(self, release: Release, indicators: Sequence[str]) -> pd.DataFrame:
        path = self._objects.local(release.sha256)
        return parquet.read(path, [*NEEDED, "withdrawn"], [("indicator_id", "in", list(indicators))])


def _groups(rows: pd.DataFrame, by: Sequence[str]) -> list[tuple[object, ...]]:
    """The group of each row; all rows are one where nothing is grouped by."""
    return list(rows[list(by)].itertuples(index=False, name=None)) if by else [()] * len(rows)


def _vintages(history: Sequence[Release]) -> list[Vintage]:
    """Every vintage that anybody can ask for, by release number or by date."""
    moments = [release.id for release in history], [release.known_from for release in history]
    found = [releases.vintage(history, moment) for some in moments for moment in some]
    return list({vintage.key: vintage for vintage in found}.values())


def _believed(vintage: Vintage, parts: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The rows of a vintage, as ``queries.believed_rows`` says it: the strongest release on each cell, if not withdrawn."""
    rows = [parts[release.sha256].assign(strength=n) for n, release in enumerate(vintage.releases)]
    together = pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=[*NEEDED, "withdrawn", "strength"])
    strongest = together.groupby(list(KEY), dropna=False)["strength"].transform("max")
    return together[together["strength"].eq(strongest) & ~together["withdrawn"].fillna(False).astype(bool)]
