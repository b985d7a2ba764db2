"""From a moment to an open engine: the vintage believed then, its derived file, its connection.

Reading outlives trouble: when the catalogue or a new release cannot be read, the vintage that was
served last goes on being served, and ``trouble`` says why.
"""

from __future__ import annotations

import json
import logging
import math
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import pandas as pd

from store import cache, reference, releases
from store.base import AsOf, Release, Vintage
from store.catalogue import Catalogue
from store.engine import DuckEngine, Engine
from store.errors import StoreDamaged, StoreError
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
    """Opens vintages on demand and keeps the last few open; safe to share between threads.

    While somebody, here or in another process, prepares a new vintage, everyone else goes on reading
    the one before: nobody waits for a large store to be rebuilt but who published.
    """

    def __init__(self, location: Location, catalogue: Catalogue, objects: Objects) -> None:
        self.location, self.catalogue, self.objects = location, catalogue, objects
        self.trouble = ""
        self.patience = (
            0.0  # seconds for which ``load_id`` may repeat its answer; what is published here is seen at once
        )
        self._asked = -math.inf
        self._lock, self._advancing = Lock(), Lock()
        self._engines: OrderedDict[str, Engine] = OrderedDict()
        self._served: Served | None = None

    def load_id(self) -> str:
        """Return a text that changes when the figures served do; costs one small query, none while patience lasts."""
        return self._believed().load_id

    def _believed(self) -> Served:
        """What is served now, not asked again while patience lasts."""
        if self._served and time.monotonic() < self._asked + self.patience:
            return self._served
        found = self.current()
        self._asked = time.monotonic()
        return found

    def at(self, as_of: AsOf = None) -> Engine:
        """Return the engine of the vintage at ``as_of`` (None: what is served now)."""
        if as_of is None:
            return self._believed().engine
        vintage = releases.vintage(releases.every(self.catalogue), as_of)
        if cache.files(self.location.cache, vintage.key):
            return self._engine(vintage)
        with cache.turn(self.location.cache):
            return self._engine(vintage)

    def current(self, *, wait: bool = False) -> Served:
        """Return what is served now, moving on to the newest vintage unless somebody else is doing so.

        With ``wait`` (after publishing) the newest is served when this returns.
        """
        try:
            with self.catalogue.read() as connection:
                load_id = releases.load_id(connection)
            if self._served and self._served.load_id == load_id:
                return self._served
            return self._advance(wait or self._served is None)
        except StoreError as error:
            return self._fall_back(error)

    def _advance(self, wait: bool) -> Served:
        if not self._advancing.acquire(blocking=wait):
            assert self._served  # who has nothing to show waits
            return self._served
        try:
            newest = self._newest()
            if cache.files(self.location.cache, newest[1].key):
                return self._serve(*newest)
            with cache.turn(self.location.cache, wait=wait):
                return self._serve(*self._newest())  # asked again: while we waited there may have been more
        except cache.Occupied:
            assert self._served
            return self._served
        finally:
            self._advancing.release()

    def _newest(self) -> tuple[str, Vintage]:
        with self.catalogue.read() as connection:
            return releases.load_id(connection), releases.vintage(releases.read_all(connection))

    def _serve(self, load_id: str, vintage: Vintage) -> Served:
        self._served = Served(load_id, vintage.key, self._engine(vintage))
        self.trouble = ""
        self._remember(self._served)
        return self._served

    def _engine(self, vintage: Vintage) -> Engine:
        with self._lock:
            if vintage.key not in self._engines:
                self._engines[vintage.key] = self._opened(vintage)
            self._engines.move_to_end(vintage.key)
            while len(self._engines) > OPEN_VINTAGES:
                self._engines.popitem(last=False)[1].close()
            return self._engines[vintage.key]

    def _opened(self, vintage: Vintage) -> Engine:
        if not self.location.engine.startswith("sc://"):
            try:
                return DuckEngine(self._derived(vintage))
            except StoreDamaged:  # nothing in a derived file is the only copy
                cache.forget(self.location.cache, vintage.key)
                return DuckEngine(self._derived(vintage))
        from store.spark import SparkEngine  # an optional extra

        home = self.location.cache / f"{vintage.key}-{cache.FORMAT}.spark"
        return SparkEngine(self.location.engine, home, vintage, self._parts(vintage.releases), self._reference(vintage))

    def _derived(self, vintage: Vintage) -> list[Path]:
        folder = self.location.cache
        if not cache.files(folder, vintage.key):
            from store import derived  # which brings a compiler that nobody else needs

            derived.build(folder, vintage, self._parts, self._reference(vintage))
        return cache.files(folder, vintage.key)

    def _reference(self, vintage: Vintage) -> dict[str, pd.DataFrame]:
        return reference.load(self.objects, vintage, releases.files(self.catalogue))

    def _parts(self, wanted: Sequence[Release]) -> list[Path]:
        return [self.objects.local(release.sha256) for release in wanted]

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
                files = cache.files(self.location.cache, note["key"])
                self._served = Served(note["load_id"], note["key"], DuckEngine(files))
            except (OSError, ValueError, KeyError, IndexError, StoreError):
                raise error from None
        return self._served

    def close(self) -> None:
        """Close every open vintage."""
        with self._lock:
            for engine in self._engines.values():
                engine.close()
            self._engines.clear()
            self._served = None
