"""What the reader has chosen to see: cities, years, types, levels and the vintage."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """The shared filters; an empty tuple means all, an empty ``as_of`` means now."""

    cities: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    types: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    as_of: str = ""

    def filters(self) -> dict[str, list[str] | list[int]]:
        """Return the arguments of ``Store.observations``; what is not chosen is left out."""
        given = {"cities": self.cities, "years": self.years, "types": self.types, "levels": self.levels}
        return {name: list(values) for name, values in given.items() if values}

    @property
    def everything(self) -> bool:
        """True when nothing is narrowed (whatever the vintage)."""
        return not (self.cities or self.years or self.types or self.levels)
