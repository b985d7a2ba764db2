"""Small cells: figures about so few people that a person could be recognised, and what would give them away.

A count from 1 to below its group's threshold (data/suppression.toml) is hidden. Where it could be
worked out from a total and other parts (:mod:`tidy.families`), or from several such sums together,
the smallest other part is hidden too, or the total where there is none; the same for a rate whose
other side is shown. (Rules as in the
GSS/GSR guidance on disclosure control for tables: primary and secondary suppression, zeros stay.)
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from tidy.families import CELL, Cell, Family, families, fixed
from tidy.schema import DATA, Reference

SMALL, COMPLEMENT, RATE = "small", "complement", "rate"
MARK, QUALIFIER = "‹隐›", "suppressed"
Reasons = dict[Cell, str]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which count on a group's figures are shown, and the units that count people."""

    by_group: Mapping[str, int] = field(default_factory=dict)
    units: tuple[str, ...] = ()

    @property
    def off(self) -> bool:
        """True when nothing is ever hidden."""
        return not any(self.by_group.values())


def read_thresholds(path: Path | None = None) -> Thresholds:
    """Read ``path``, else the file that PILOTS_SUPPRESSION names, else data/suppression.toml.

    No file hides nothing. Raises ``ValueError`` for a negative number.
    """
    path = path or Path(os.environ.get("PILOTS_SUPPRESSION") or DATA / "suppression.toml")
    if not path.exists():
        return Thresholds()
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    by_group = {str(group): int(number) for group, number in said.get("threshold", {}).items()}
    if any(number < 0 for number in by_group.values()):
        raise ValueError(f"{path.name}: threshold < 0")
    return Thresholds(by_group, tuple(said.get("people", {}).get("units", ())))


def concerned(reference: Reference, thresholds: Thresholds) -> list[str]:
    """Return the indicators of which figures may be hidden: the groups with a threshold, and rates of them."""
    indicators = reference.indicators
    limited = indicators["group"].map(dict(thresholds.by_group)).fillna(0).gt(0)
    counted = set(indicators.loc[limited, "indicator_id"])
    rates = indicators["numerator_id"].isin(counted) | indicators["denominator_id"].isin(counted)
    return sorted(counted | set(indicators.loc[rates, "indicator_id"]))


def hidden(observations: pd.DataFrame, reference: Reference, thresholds: Thresholds) -> Reasons:
    """Return the cells that may not be shown, each with its reason (small, complement, rate).

    ``observations`` must be all figures that readers can reach, not a filtered choice: a hidden figure
    must stay hidden whatever is chosen.
    """
    if thresholds.off or observations.empty:
        return {}
    table = observations.assign(scope=observations["scope"].fillna("") if "scope" in observations else "")
    why = dict.fromkeys(_cells(table[_small(table, reference, thresholds)]), SMALL)
    if not why:
        return {}
    known = _Known(table, reference, thresholds)
    while _complement(known, why) | _rates(known, why) or _together(known, why):
        continue
    return why


def mask(figures: pd.DataFrame, cells: Mapping[Cell, str] | set[Cell]) -> pd.DataFrame:
    """Return ``figures`` with what stands in ``cells`` made unreadable: no value, no bound but 0, no print, no place."""
    at = pd.Series([cell in cells for cell in _cells(figures)], index=figures.index, dtype=bool)
    if not at.any():
        return figures
    masked = figures.copy()
    nothing = {"value": float("nan"), "low": 0.0, "high": float("nan"), "qualifier": QUALIFIER, "as_printed": MARK,
               "locator": "", "note": "", "same_as": ""}  # fmt: skip
    for name in nothing.keys() & set(figures):
        masked.loc[at, name] = nothing[name]
    return masked


def suppressed(figures: pd.DataFrame) -> pd.Series:
    """Tell which rows of a table of figures or marks are hidden."""
    return figures["qualifier"].eq(QUALIFIER)


def _cells(table: pd.DataFrame) -> list[Cell]:
    return list(table[CELL].itertuples(index=False, name=None))


def _small(table: pd.DataFrame, reference: Reference, thresholds: Thresholds) -> pd.Series:
    """Counts of people above 0 and below the threshold, by the least that the printed figure can mean."""
    groups = reference.indicators.set_index("indicator_id")["group"]
    limits = table["indicator_id"].map(groups).map(dict(thresholds.by_group)).fillna(0)
    least = table["low"].where(table["low"].notna(), table["value"])
    return table["unit"].isin(thresholds.units) & table["value"].gt(0) & least.lt(limits)


class _Known:
    """The figures of all cells, and what binds them."""

    def __init__(self, table: pd.DataFrame, reference: Reference, thresholds: Thresholds) -> None:
        groups = reference.indicators.set_index("indicator_id")["group"]
        self.limits = {str(name): thresholds.by_group.get(group, 0) for name, group in groups.items()}
        self.values: dict[Cell, float] = table.groupby(CELL, sort=False)["value"].min().to_dict()
        parents = reference.reporters.set_index("reporter_id")["parent_id"].fillna("").to_dict()
        self.families = list(families(table[CELL].drop_duplicates(), parents))
        rated = reference.indicators[reference.indicators["numerator_id"].fillna("").ne("")]
        self.rates = {str(r.indicator_id): (str(r.numerator_id), str(r.denominator_id)) for r in rated.itertuples()}


def _complement(known: _Known, why: Reasons) -> bool:
    """Hide one more cell of each family in which a hidden one could be worked out; tell whether any was."""
    before = len(why)
    for family in known.families:
        if _gives_away(family, known, why):
            shown = [part for part in family.parts if part not in why and known.values[part] > 0]
            why[min(shown, key=lambda part: known.values[part], default=family.total)] = COMPLEMENT
    return len(why) > before


def _gives_away(family: Family, known: _Known, why: Reasons) -> bool:
    """True where one cell of a family is the only unknown, or the unknown parts are together too few."""
    parts = [part for part in family.parts if part in why]
    if family.total in why:
        return not parts and any(known.values[part] > 0 for part in family.parts)
    few = sum(known.values[part] for part in parts) < known.limits.get(family.total[1], 0)
    return len(parts) == 1 or (len(parts) > 1 and few)


def _together(known: _Known, why: Reasons) -> bool:
    """Hide one more cell where a small one follows from several families together; tell whether any was."""
    for cell in sorted(fixed(known.families, why)):
        if why[cell] == SMALL and (more := _near(cell, known, why)):
            why[more] = COMPLEMENT
            return True
    return False


def _near(cell: Cell, known: _Known, why: Reasons) -> Cell | None:
    """The smallest shown cell of the families that hold a cell, or of those that hold these families' cells."""
    reached: set[Cell] = set()
    wider = {cell}
    while wider != reached:
        reached = wider
        bound = [(family.total, *family.parts) for family in known.families]
        wider = reached | {one for cells in bound if not reached.isdisjoint(cells) for one in cells}
        shown = [one for one in wider if one not in why and known.values[one] > 0]
        if shown:
            return min(shown, key=lambda one: (known.values[one], one))
    return None


def _rates(known: _Known, why: Reasons) -> bool:
    """Hide rates of which one side is hidden: with the other side they would give it away."""
    before = len(why)
    gone = {(reporter, indicator, period) for reporter, indicator, period, *_rest in why}
    for cell in known.values:
        sides = known.rates.get(cell[1], ())
        if cell not in why and any((cell[0], side, cell[2]) in gone for side in sides):
            why[cell] = RATE
    return len(why) > before
