"""The tables of the project as typed code: columns, allowed values, reading and checking.

The columns are contracts (design.md section 3); every loader gives ``OBSERVATION_COLUMNS``.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

import pandas as pd

from tidy.values import Qualifier

# Tables here are short and asked for single texts, which columns of Arrow make anew each time.
pd.options.mode.string_storage = "python"

DATA = Path(__file__).resolve().parent.parent / "data"

Group = Literal[
    "organisation", "membership", "coverage_rate", "insurance", "assistance", "rights",
    "training", "activity", "facility", "staff", "economy", "pilot_count",
]  # fmt: skip
Measure = Literal["stock", "flow", "cumulative", "target"]
Direction = Literal["up", "down", "none"]
PilotType = Literal["特色小镇", "楼宇商圈", "园区", "其他", "非试点"]
PilotLevel = Literal["省级", "市级", "县级", "市县级", ""]
ReporterKind = Literal["pilot", "federation", "other"]

GROUPS: tuple[str, ...] = get_args(Group)
MEASURES: tuple[str, ...] = get_args(Measure)
QUALIFIERS: tuple[str, ...] = get_args(Qualifier)
DIRECTIONS: tuple[str, ...] = get_args(Direction)
PILOT_TYPES: tuple[str, ...] = get_args(PilotType)
PILOT_LEVELS: tuple[str, ...] = get_args(PilotLevel)
REPORTER_KINDS: tuple[str, ...] = get_args(ReporterKind)
PERIOD_TYPES = ("instant", "interval", "unstated")

CITIES = {
    "杭州市": "330100", "宁波市": "330200", "温州市": "330300", "嘉兴市": "330400", "湖州市": "330500",
    "绍兴市": "330600", "金华市": "330700", "衢州市": "330800", "舟山市": "330900", "台州市": "331000",
    "丽水市": "331100",
}  # fmt: skip

OBSERVATION_COLUMNS = (
    "observation_id", "reporter_id", "indicator_id", "period", "period_type", "measure", "value", "low",
    "high", "unit", "qualifier", "as_printed", "source_id", "locator", "note",
)  # fmt: skip
OPTIONAL_OBSERVATION_COLUMNS = ("scope", "same_as")
REPORTER_COLUMNS = (
    "reporter_id", "name", "name_en", "kind", "pilot_type", "pilot_level", "city", "county", "area_code",
    "parent_id", "aliases", "source_id", "locator",
)  # fmt: skip
INDICATOR_COLUMNS = (
    "indicator_id", "name", "name_en", "group", "unit", "measure", "additive", "direction",
    "numerator_id", "denominator_id", "maximum", "definition", "definition_en",
)  # fmt: skip
SOURCE_COLUMNS = ("source_id", "title", "publisher", "date", "kind", "sha256", "pages", "note")
COLUMNS = {
    "observations": OBSERVATION_COLUMNS,
    "reporters": REPORTER_COLUMNS,
    "indicators": INDICATOR_COLUMNS,
    "sources": SOURCE_COLUMNS,
}
NUMERIC = ("value", "low", "high", "maximum")


@dataclass(frozen=True, slots=True)
class Reference:
    """The tables that observations point into, as data frames keyed by their id column."""

    reporters: pd.DataFrame
    indicators: pd.DataFrame
    sources: pd.DataFrame


def read_table(name: str, folder: Path = DATA) -> pd.DataFrame:
    """Read one shipped table; texts stay texts, empty cells are ``""``, numbers NaN where empty.

    A column ``line`` gives each row's line in the file. Raises ``FileNotFoundError``, and
    ``ValueError`` naming the columns that are missing.
    """
    path = folder / f"{name}.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    missing = [column for column in COLUMNS.get(name, ()) if column not in table]
    if missing:
        raise ValueError(f"{path.name}: {', '.join(missing)}")
    table["line"] = range(2, len(table) + 2)
    for column in NUMERIC:
        if column in table:
            table[column] = pd.to_numeric(table[column], errors="coerce")
    if "additive" in table:
        table["additive"] = table["additive"] == "true"
    return table


def read_reference(folder: Path = DATA) -> Reference:
    """Read reporters, indicators and sources from ``folder``."""
    return Reference(*(read_table(name, folder) for name in ("reporters", "indicators", "sources")))


@lru_cache(maxsize=32)
def read_meta(name: str, folder: Path = DATA) -> dict[str, Any]:
    """Return the metadata that stands beside a table: titles, unit, source and notes in both languages."""
    with (folder / f"{name}.meta.toml").open("rb") as file:
        return tomllib.load(file)
