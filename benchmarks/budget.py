"""``benchmarks/budget.toml``: ratios that must not worsen, and goals that the page marks reached or missed."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from benchmarks.rows import Row

BUDGET = Path(__file__).with_name("budget.toml")


@lru_cache(maxsize=4)
def _read(path: Path) -> dict[str, dict[str, dict[str, Any]]]:
    with path.open("rb") as file:
        return tomllib.load(file)


def broken(results: dict[str, dict[str, Any]], path: Path = BUDGET) -> list[str]:
    """Return a line for each measured ratio above its budget; a benchmark that did not run breaks nothing."""
    limits = _read(path).get("ratio", {})
    return [
        f"{name}: {row['name']}: ratio {row['ratio']:.3g} is above the budget of {limits[name][row['name']]}"
        for name, one in results.items()
        for row in one["rows"]
        if row["name"] in limits.get(name, {}) and float(row["ratio"]) > limits[name][row["name"]]
    ]


def goals(path: Path = BUDGET) -> dict[str, dict[str, str]]:
    """Return each benchmark's goals by row, such as ``≤ 300`` or ``ratio ≤ 4.5``."""
    return _read(path).get("goal", {})  # type: ignore[return-value]


def reached(row: Row, goal: str) -> bool:
    """Tell whether a row reaches a goal."""
    *what, sign, limit = goal.split()
    measured = row["ratio"] if what == ["ratio"] else row["value"]
    if measured is None or measured != measured:
        return False
    return bool(measured <= float(limit) if sign == "≤" else measured >= float(limit))
