"""From a moment to an open engine: the vintage believed then, its derived file, its connection.

Reading outlives trouble: when the catalogue or a new release cannot be read, the vintage that was
served last goes on being served, and ``trouble`` says why.
"""

from __future__ import annotations

import json
import logging
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import Any

from store import derived, reference, releases
from store.base import AsOf, Vintage
from store.catalogue import Catalogue
from store.engine import DuckEngine, Engine
from store.errors import StoreError
from store.location import Location
from store.objects import Objects, replace_file

log = logging.getLogger("pilots.store")
OPEN_VINTAGES = 4


@dataclass(frozen=True, slots=True)
class Served:
    """What answers at the moment: a load id and the engine of its vintage."""

    load_id: str
    key: str
    engine: Engine


class Reader:
    """Opens vintages on demand and keeps the last few open; safe to share between threads."""

    def __init__(self, location: Location, catalogue: Catalogue, objects: Objects) -> None:
        self.location, self.catalogue, self.objects = location, catalogue, objects
        self.trouble = ""
        self._lock = RLock()
        self._engines: OrderedDict[str, Engine] = OrderedDict()
        self._served: Served | None = None

    def load_id(self) -> str:
        """Return a text that changes with every release; costs one small query."""
        try:
            with self.catalogue.read() as connection:
                return releases.load_id(connection)
        except StoreError as error:
            return self._fall_back(error).load_id

    def at(self, as_of: AsOf = None) -> Engine:
        """Return the engine of the vintage at ``as_of`` (None: now)."""
        if as_of is not None:
            return self._engine(releases.vintage(releases.every(self.catalogue), as_of))
        load_id = self.load_id()
        with self._lock:
            if self._served and self._served.load_id == load_id:
                return self._served.engine
            try:
                self._serve(load_id)
            except StoreError as error:
                return self._fall_back(error).engine
            assert self._served
            return self._served.engine

    def _serve(self, load_id: str) -> None:
        vintage = releases.vintage(releases.every(self.catalogue))
        self._served = Served(load_id, vintage.key, self._engine(vintage))
        self.trouble = ""
        self._remember(self._served)

    def _engine(self, vintage: Vintage) -> Engine:
        with self._lock:
            if vintage.key not in self._engines:
                self._engines[vintage.key] = self._open(self._derived(vintage))
            self._engines.move_to_end(vintage.key)
            while len(self._engines) > OPEN_VINTAGES:
                self._engines.popitem(last=False)[1].close()
            return self._engines[vintage.key]

    def _derived(self, vintage: Vintage) -> Path:
        path = derived.path_of(self.location.cache, vintage)
        if path.exists():
            return path
        parts = [self.objects.local(release.sha256) for release in vintage.releases]
        tables = reference.load(self.objects, vintage, releases.files(self.catalogue))
        return derived.ensure(self.location.cache, vintage, parts, tables)

    def _open(self, path: Path) -> Engine:
        return DuckEngine(path)

    @property
    def _pointer(self) -> Path:
        return self.location.cache / "served.json"

    def _remember(self, served: Served) -> None:
        """Note what is served, for a process that starts while the catalogue is broken."""
        note: dict[str, Any] = {"load_id": served.load_id, "key": served.key}
        try:
            replace_file(self._pointer, json.dumps(note).encode())
        except OSError as error:
            log.warning("could not note the served vintage: %s", error.strerror)

    def _fall_back(self, error: StoreError) -> Served:
        """Return what was served last, here or by another process; raise ``error`` if nothing was."""
        self.trouble = str(error)
        log.error("serving the last good vintage", extra={"trouble": type(error).__name__})
        if self._served is None:
            try:
                note = json.loads(self._pointer.read_bytes())
                path = self.location.cache / f"{note['key']}-{derived.FORMAT}.duckdb"
                self._served = Served(note["load_id"], note["key"], self._open(path))
            except (OSError, ValueError, KeyError, StoreError):
                raise error from None
        return self._served

    def close(self) -> None:
        """Close every open vintage."""
        with self._lock:
            for engine in self._engines.values():
                engine.close()
            self._engines.clear()
            self._served = None
