"""What the reader has chosen to see: cities, years, types, levels and the vintage."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd


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
    def everywhere(self) -> Choice:
        """The same years and vintage, of all cities, types and levels."""
        return replace(self, cities=(), types=(), levels=())

    @property
    def always(self) -> Choice:
        """The same places, types and vintage, whatever the year."""
        return replace(self, years=())

    def narrowed(self, rows: pd.DataFrame, *, dated: bool = False) -> pd.DataFrame:
        """Return the rows (figures or reporters) of the chosen cities, types and levels; ``rows`` itself where all are.

        ``dated`` rows are figures of all years, of which the chosen ones are kept.
        """
        wanted = self.covers(rows, dated=dated)
        return rows if wanted is None else rows[wanted]

    def covers(self, rows: pd.DataFrame, *, dated: bool = False) -> npt.NDArray[np.bool_] | None:
        """Tell which rows :meth:`narrowed` keeps, ``None`` where all."""
        chosen = (("city", self.cities), ("pilot_type", self.types), ("pilot_level", self.levels))
        told = [_among(rows[column], wanted) for column, wanted in chosen if wanted]
        if dated and self.years:
            told.append(_among(rows["year"], self.years))
        return np.logical_and.reduce(told) if told else None

    @property
    def everything(self) -> bool:
        """True when nothing is narrowed (whatever the vintage)."""
        return not (self.cities or self.years or self.types or self.levels)


def _among(column: pd.Series, wanted: tuple[str, ...] | tuple[int, ...]) -> npt.NDArray[np.bool_]:
    """Which are among the wanted; most choices are of one, for which equality is a third of the work."""
    alike = column == wanted[0] if len(wanted) == 1 else column.isin(wanted)
    return alike.to_numpy(bool, na_value=False)
