"""The ratios that must not worsen: ``benchmarks/budget.toml`` against the results."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

BUDGET = Path(__file__).with_name("budget.toml")


def broken(rows: dict[str, list[dict[str, Any]]], path: Path = BUDGET) -> list[str]:
    """Return a line for each measured ratio above its budget; a benchmark that did not run breaks nothing."""
    with path.open("rb") as file:
        limits = tomllib.load(file)
    return [
        f"{name}: {row['name']}: ratio {row['ratio']:.3g} is above the budget of {limits[name][row['name']]}"
        for name, found in rows.items()
        for row in found
        if row["name"] in limits.get(name, {}) and float(row["ratio"]) > limits[name][row["name"]]
    ]
