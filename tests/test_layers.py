"""Imports point down, and each library has one home (docs/architecture.md)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scripts.layers import imported

ROOT = Path(__file__).resolve().parent.parent
BELOW = {"tidy", "loaders", "store", "charts", "exports", "ui"}
MAY_IMPORT = {
    "tidy": set(),
    "loaders": {"tidy"},
    "store": {"tidy"},
    "charts": {"tidy"},
    "exports": {"tidy"},
    "ui": {"tidy", "store", "exports", "charts", "loaders"},
    "pages": BELOW,
    "dashboard.py": {"ui", "tidy"},
    "benchmarks": BELOW,
}
# The commands join the layers: loading publishes, exporting reads and draws.
COMMANDS = {
    "loaders/__main__.py": {"store"},
    "loaders/commands/load.py": {"store"},
    "exports/__main__.py": {"store", "charts"},
}
SPREADSHEETS = {"loaders", "exports", "benchmarks"}
HOMES = {
    "streamlit": {"dashboard.py", "pages", "ui", "benchmarks"},
    "plotly": {"charts", "exports", "ui", "benchmarks"},
    "openpyxl": SPREADSHEETS | {"store"},
    "python_calamine": SPREADSHEETS,
    "xlrd": SPREADSHEETS,
    "msoffcrypto": SPREADSHEETS,
    "pptx": {"exports"},
    "docx": {"exports", "loaders"},
    "duckdb": {"store", "benchmarks"},
    "sqlalchemy": {"store", "benchmarks"},
    "sqlite3": {"store", "benchmarks"},
    "ibis": {"store", "benchmarks"},
    "pyspark": {"store"},
}
FILES = [
    path
    for name in MAY_IMPORT
    for path in ([ROOT / name] if name.endswith(".py") else sorted((ROOT / name).rglob("*.py")))
    if path.exists()
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_down(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    folder = name.split("/")[0]
    allowed = MAY_IMPORT[folder] | {folder} | COMMANDS.get(name, set())
    for module in imported(path):
        assert module not in BELOW | {"pages"} or module in allowed, f"{name} imports {module}"
        assert folder in HOMES.get(module, {folder}), f"{module} has no home in {folder}"


def test_there_is_something_to_hold() -> None:
    assert len(FILES) > 60


@pytest.mark.parametrize("path", sorted((ROOT / "pages").glob("*.py")), ids=lambda path: path.name)
def test_pages_stay_thin(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 60


def test_cache_decorators_have_one_home() -> None:
    words = re.compile(r"cache_data|cache_resource|^@kept\(", re.MULTILINE)
    others = [
        path
        for path in FILES
        if path.name not in ("cached.py", "reads.py") and words.search(path.read_text(encoding="utf-8"))
    ]
    others = [path for path in others if path.name != "kept.py"]
    assert not [path for path in others if path.relative_to(ROOT).parts[0] in ("ui", "pages")]


def test_no_test_runs_a_loop_in_its_own_thread() -> None:
    """A browser test leaves a loop running in the thread; whatever comes after it in that process would fail."""
    direct = re.compile(r"\basyncio\.run\(|run_until_complete\(")
    here = Path(__file__)
    found = [
        path.name
        for path in here.parent.rglob("*.py")
        if path != here and direct.search(path.read_text(encoding="utf-8"))
    ]
    assert not found, "use tests.loops.apart"
