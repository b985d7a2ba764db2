"""What every part of an open store works with: its address, catalogue, objects and reader."""

from __future__ import annotations

from store.catalogue import Catalogue
from store.location import Location
from store.objects import open_objects
from store.reader import Reader
from store.veil import Veil


class Parts:
    """The state of an open store; its abilities are the classes that build on this one."""

    def __init__(self, location: Location) -> None:
        self.catalogue = Catalogue(location)
        self.location = location.with_cache_elsewhere() if self.catalogue.read_only else location
        self.objects = open_objects(location.objects, self.location.cache)
        self.reader = Reader(self.location, self.catalogue, self.objects)
        self.veil = Veil(self.catalogue, self.objects, lambda name: self.reader.current().engine.reference(name))

    def close(self) -> None:
        """Give files and connections back."""
        self.reader.close()
        self.catalogue.close()
