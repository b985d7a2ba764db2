"""``benchmarks/results.json`` and the page ``docs/performance.md`` made from it."""

from __future__ import annotations

import json
import os
import platform
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from benchmarks import budget, registry
from benchmarks.rows import Row

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results.json"
PAGE = HERE.parent / "docs" / "performance.md"
VERSIONS = ("streamlit", "plotly", "pandas", "duckdb", "pyarrow", "python-calamine", "openpyxl", "python-pptx")
HEAD = """# Performance

Made by `make bench` from `benchmarks/results.json`. Each benchmark runs its work and its floor or peer in the
same run, in turn; ratios are value ÷ what it is measured against, so read the ratios rather than the seconds.
A goal that is missed is marked ✗ and stays in the table. How to run: `make bench`, `make bench ONLY=name`,
`python -m benchmarks --list`.
"""
Results = dict[str, dict[str, Any]]


def kept(path: Path = RESULTS) -> Results:
    """Return the last results of each benchmark: when, on what, and its rows."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def merge(name: str, rows: list[Row], seconds: float, path: Path = RESULTS, page: Path = PAGE) -> None:
    """Put one benchmark's rows in the place of its last ones and write file and page anew."""
    everything = kept(path)
    everything[name] = {"on": date.today().isoformat(), "seconds": round(seconds), "machine": machine(), "rows": rows}
    ordered = {one: everything[one] for one in (*registry.BENCHMARKS, *everything) if one in everything}
    path.write_text(json.dumps(ordered, ensure_ascii=False, indent=1) + "\n", "utf-8")
    page.write_text(written(ordered), "utf-8")


def machine() -> dict[str, str]:
    """Return cores, memory, Python and the libraries that matter, with their versions."""
    pages = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    found = {"cores": str(os.cpu_count()), "memory": f"{pages / 2**30:.0f} GB", "python": platform.python_version()}
    return found | {name: _version(name) for name in VERSIONS}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "–"


def written(results: Results) -> str:
    """Return the page: the newest machine once at the top, and in a section only what was different there."""
    newest = max(results.values(), key=lambda one: one["on"])["machine"] if results else {}
    about = f"\nMachine: {_listed(newest)}.\n"
    goals = budget.goals()
    sections = (_section(name, one, newest, goals.get(name, {})) for name, one in results.items())
    return "\n".join([HEAD + about, *sections])


def _listed(machine: dict[str, str]) -> str:
    return ", ".join(f"{key} {value}" for key, value in machine.items())


def _section(name: str, one: dict[str, Any], newest: dict[str, str], goals: dict[str, str]) -> str:
    said = registry.BENCHMARKS[name].work if name in registry.BENCHMARKS else ""
    other = _listed({key: value for key, value in one["machine"].items() if newest.get(key) != value})
    measured = f"Measured {one['on']} in {one['seconds']} s" + (f" with {other}" if other else "")
    head = f"## {name}\n\n{said[:1].upper()}{said[1:]}. {measured}.\n"
    table = ["| what | value | against | ratio | rounds | goal |", "|---|---:|---|---:|---:|---|"]
    return "\n".join([head, *table, *(_line(row, goals.get(row["name"], "")) for row in one["rows"]), ""])


def _line(row: Row, goal: str) -> str:
    ratio = "" if row.get("ratio") is None else f"{row['ratio']:.3g}"
    mark = f"{goal} {'✓' if budget.reached(row, goal) else '✗'}" if goal else ""
    value = f"{row['value']:,.4g} {row['unit']}".strip()
    cells = (row["name"], value, row.get("against") or "", ratio, str(row.get("rounds", 1)), mark)
    return "| " + " | ".join(str(cell).replace("|", "/") for cell in cells) + " |"
