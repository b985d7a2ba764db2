"""``make bench``: run the benchmarks, write ``benchmarks/results.json`` and ``docs/performance.md``.

Each benchmark is a module with ``run() -> list[dict]``; a row has ``name``, ``value``,
``unit``, ``against`` (the floor or peer measured in the same run) and ``ratio``.
``python -m benchmarks NAME`` runs one; the others keep their last results.
"""

from __future__ import annotations

import importlib
import json
import platform
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.budget import broken

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results.json"
TABLE = HERE.parent / "docs" / "performance.md"
NAMES = ("loader_speed", "figures_speed", "store_scale", "deck")
VERSIONS = ("streamlit", "plotly", "pandas", "duckdb", "python-calamine", "openpyxl")


def measure(names: list[str]) -> dict[str, list[dict[str, Any]]]:
    """Run the named benchmarks in turn and return their rows by name."""
    return {name: importlib.import_module(f"benchmarks.{name}").run() for name in names}


def kept() -> dict[str, list[dict[str, Any]]]:
    """Return the rows of the last run, empty when there was none."""
    return json.loads(RESULTS.read_text(encoding="utf-8"))["benchmarks"] if RESULTS.exists() else {}


def write(rows: dict[str, list[dict[str, Any]]]) -> None:
    """Write the results and the table made from them."""
    about = {"python": platform.python_version(), "machine": platform.machine(), "cores": _cores()}
    about |= {name: version(name) for name in VERSIONS}
    RESULTS.write_text(json.dumps({"about": about, "benchmarks": rows}, ensure_ascii=False, indent=1) + "\n", "utf-8")
    lines = [
        "# Performance",
        "",
        "Made by `make bench` from `benchmarks/results.json`; read the ratios, not the seconds.",
        "",
    ]
    lines += [" · ".join(f"{name} {said}" for name, said in about.items()), ""]
    for name, found in rows.items():
        lines += [f"## {name}", "", "| what | value | against | ratio |", "|---|---:|---|---:|", *map(_line, found), ""]
    TABLE.write_text("\n".join(lines), "utf-8")


def _cores() -> int:
    import os

    return os.cpu_count() or 1


def _line(row: dict[str, Any]) -> str:
    ratio = row.get("ratio")
    said = f"{ratio:.3g}" if isinstance(ratio, int | float) else ""
    return f"| {row['name']} | {row['value']:.4g} {row.get('unit', '')} | {row.get('against', '')} | {said} |"


def main(asked: list[str]) -> int:
    """Run what is asked (all by default); return 1 when a ratio of the budget is broken."""
    rows = kept() | measure(asked or list(NAMES))
    write(rows)
    worse = broken(rows)
    for line in worse:
        print(line, file=sys.stderr)
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
