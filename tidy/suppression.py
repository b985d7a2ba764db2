"""Small cells: figures about so few people that a person could be recognised, and what would give them away.

A count from 1 to below its group's threshold (data/suppression.toml) is hidden. Where a total and all
other parts are shown, the hidden part could be worked out, so the smallest other part is hidden too, or
the total where there is none; the same for a rate whose other side is shown. (Rules as in the GSS/GSR
guidance on disclosure control for tables: primary and secondary suppression, zeros stay.)
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from tidy.schema import DATA, Reference

SAME = ["indicator_id", "period", "measure", "scope"]
SMALL, COMPLEMENT, RATE = "small", "complement", "rate"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which count on a group's figures are shown, and the units that count people."""

    by_group: Mapping[str, int] = field(default_factory=dict)
    units: tuple[str, ...] = ()

    @property
    def off(self) -> bool:
        """True when nothing is ever hidden."""
        return not any(self.by_group.values())


@dataclass(frozen=True, slots=True)
class Suppressed:
    """What may be shown, and what not, with a column ``why`` (small, complement, rate)."""

    shown: pd.DataFrame
    hidden: pd.DataFrame


def read_thresholds(folder: Path = DATA) -> Thresholds:
    """Read data/suppression.toml; a folder without one hides nothing. Raises ``ValueError`` for a negative number."""
    path = folder / "suppression.toml"
    if not path.exists():
        return Thresholds()
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    by_group = {str(group): int(number) for group, number in said.get("threshold", {}).items()}
    if any(number < 0 for number in by_group.values()):
        raise ValueError(f"{path.name}: threshold < 0")
    return Thresholds(by_group, tuple(said.get("people", {}).get("units", ())))


def suppress(observations: pd.DataFrame, reference: Reference, thresholds: Thresholds) -> Suppressed:
    """Split observations into what may be shown and what may not.

    ``observations`` must be all figures that readers can reach, not a filtered choice: a hidden figure
    must stay hidden whatever is chosen. The frame is not changed.
    """
    if thresholds.off or observations.empty:
        return Suppressed(observations, observations.head(0).assign(why=""))
    table = observations.reset_index(drop=True)
    why = pd.Series("", index=table.index).mask(_small(table, reference, thresholds), SMALL)
    limits = _limits(table, reference, thresholds)
    families = list(_families(table, reference))
    while _complement(table, why, limits, families) | _rates(table, why, reference):
        continue
    return Suppressed(table[why.eq("")], table[why.ne("")].assign(why=why[why.ne("")]))


def _limits(table: pd.DataFrame, reference: Reference, thresholds: Thresholds) -> pd.Series:
    groups = reference.indicators.set_index("indicator_id")["group"]
    return table["indicator_id"].map(groups).map(dict(thresholds.by_group)).fillna(0)


def _small(table: pd.DataFrame, reference: Reference, thresholds: Thresholds) -> pd.Series:
    """Counts of people above 0 and below the threshold, by the least that the printed figure can mean."""
    least = table["low"].where(table["low"].notna(), table["value"])
    counts = table["unit"].isin(thresholds.units) & table["value"].gt(0)
    return counts & least.lt(_limits(table, reference, thresholds))


def _families(table: pd.DataFrame, reference: Reference) -> Iterator[tuple[list[int], list[int]]]:
    """Yield (rows of a total, rows of its parts) wherever both are reported."""
    parents = reference.reporters.set_index("reporter_id")["parent_id"].fillna("")
    scoped = table.assign(scope=table["scope"].fillna("") if "scope" in table else "")
    for _key, rows in scoped.groupby(SAME, dropna=False):
        above = rows["reporter_id"].map(parents).fillna("")
        for parent in set(above[above.ne("")]):
            totals = rows.index[rows["reporter_id"].eq(parent)].tolist()
            if totals:
                yield totals, rows.index[above.eq(parent)].tolist()


def _complement(
    table: pd.DataFrame, why: pd.Series, limits: pd.Series, families: list[tuple[list[int], list[int]]]
) -> bool:
    """Hide one more figure of each family in which a hidden one could be worked out; tell whether any was."""
    changed = False
    for totals, parts in families:
        hidden = [row for row in parts if why[row]]
        if not hidden or any(why[row] for row in totals):
            continue
        reporters = table.loc[hidden, "reporter_id"].nunique()
        if reporters > 1 and table.loc[hidden, "value"].sum() >= limits[hidden].max():
            continue
        left = [row for row in parts if not why[row] and table.loc[row, "value"] > 0]
        smallest = min(left, key=lambda row: table.loc[row, "value"], default=None)
        why[totals if smallest is None else _said_again(table, parts, smallest)] = COMPLEMENT
        changed = True
    return changed


def _said_again(table: pd.DataFrame, parts: list[int], row: int) -> list[int]:
    """A part with whatever else the same reporter says about it."""
    return [other for other in parts if table.loc[other, "reporter_id"] == table.loc[row, "reporter_id"]]


def _rates(table: pd.DataFrame, why: pd.Series, reference: Reference) -> bool:
    """Hide rates of which one side is hidden: with the other side they would give it away."""
    changed = False
    gone = set(zip(table["reporter_id"], table["indicator_id"], table["period"], why.ne(""), strict=True))
    rated = reference.indicators[reference.indicators["numerator_id"].fillna("").ne("")]
    for rate in rated.itertuples():
        for row in table.index[table["indicator_id"].eq(rate.indicator_id) & why.eq("")]:
            place = (table.loc[row, "reporter_id"], table.loc[row, "period"])
            if any((place[0], side, place[1], True) in gone for side in (rate.numerator_id, rate.denominator_id)):
                why[row] = RATE
                changed = True
    return changed
