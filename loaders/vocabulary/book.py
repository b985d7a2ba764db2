"""The vocabulary of one reading: indicators, reporters and cities by exact name or alias."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import pandas as pd

from loaders.vocabulary.names import Names
from tidy.schema import CITIES, Reference

Aliases = Mapping[str, Mapping[str, str]]
NO_ALIASES: Aliases = {}


class Vocabulary:
    """What names mean, from the reference tables and the aliases an office has saved.

    ``aliases`` are by kind (``indicator``, ``reporter``, ``period``): spelling → id.  A spelling that is
    not found is a stranger: nothing is ever guessed.
    """

    def __init__(self, reference: Reference, aliases: Aliases | None = None) -> None:
        self.reference = reference
        self.aliases = aliases or NO_ALIASES
        self.indicators = _names(reference.indicators, "indicator_id", self.aliases.get("indicator", {}))
        self.reporters = _names(reference.reporters, "reporter_id", self.aliases.get("reporter", {}))

    @cached_property
    def indicator(self) -> pd.DataFrame:
        """The indicators by id."""
        return self.reference.indicators.set_index("indicator_id")

    @cached_property
    def reporter(self) -> pd.DataFrame:
        """The reporters by id."""
        return self.reference.reporters.set_index("reporter_id")

    @cached_property
    def _places(self) -> dict[str, tuple[str, str, str, str]]:
        """Reporter → (kind, city, county, parent), as plain words that are asked for very often."""
        columns = [self.reporter[name] for name in ("kind", "city", "county", "parent_id")]
        return dict(zip(self.reporter.index, zip(*columns, strict=True), strict=True))

    def holds(self, outer: str, inner: str) -> bool:
        """Tell whether reporter ``inner`` lies below ``outer``: by parent, or a city's federation over its counties."""
        parent = self._places[inner][3]
        while parent:
            if parent == outer:
                return True
            parent = self._places[parent][3] if parent in self._places else ""
        kind, city, county, _parent = self._places[outer]
        return (
            kind == "federation"
            and not county
            and (city, True) == (self._places[inner][1], bool(self._places[inner][2]))
        )

    def city(self, text: str) -> str:
        """Return the prefecture-level city that ``text`` names (杭州 or 杭州市); empty for none."""
        plain = text.strip().removesuffix("总工会")
        return next((city for city in CITIES if plain and plain in (city, city.removesuffix("市"))), "")

    def reporter_in(self, text: str, city: str) -> tuple[str, ...]:
        """Return the reporters that ``text`` names; of several, only those in ``city`` when there are any."""
        found = self.reporters.find(text)
        if len(found) < 2 or not city:
            return found
        near = tuple(id for id in found if self.reporter.at[id, "city"] == city)
        return near or found


def _names(table: pd.DataFrame, id_column: str, own: Mapping[str, str]) -> Names:
    rows = table.to_dict("records")
    spellings = [
        (spelling, str(row[id_column]))
        for row in rows
        for spelling in [str(row["name_en"]), *str(row.get("aliases") or "").split("|")]
        if spelling
    ]
    made = Names({str(row[id_column]): str(row["name"]) for row in rows}, spellings)
    made.prefer(own)
    return made
