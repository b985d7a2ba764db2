"""Imports of the app, and everything from nothing: a fresh copy, ``make run``, until it answers.

The copy is what git has committed, in a new folder, with the machine's Python and package registry.
"""

from __future__ import annotations

import contextlib
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from benchmarks.rows import Row, row
from tests.serving import free_port

ROOT = Path(__file__).resolve().parent.parent
OURS = "import ui.server, ui.frame, ui.pages, ui.filters, ui.topic, ui.show"
SERVER = "import streamlit, streamlit.web.server.starlette.starlette_app"
LIBRARIES = f"{SERVER}, pandas, sqlalchemy, duckdb, pyarrow.parquet"
SINCE = "from time import perf_counter; since = perf_counter(); {work}; print(perf_counter() - since)"
FIXED = "import streamlit, pandas, plotly.graph_objects, openpyxl"
WAYS = {"python": "pass", "streamlit and its server": SERVER, "the four libraries that are given, alone": FIXED,
        "what opens the port": "import ui.server", "the app": OURS,
        "the app's own modules, after its libraries": f"{LIBRARIES}; {SINCE.format(work=OURS)}"}  # fmt: skip
ROUNDS, HEAVIEST = 5, 10


def run() -> list[Row]:
    """Measure imports in turn, then the way from nothing."""
    return [*imports(), *_heaviest_imports(), *_from_nothing()]


def imports() -> list[Row]:
    """Wall seconds of a fresh process that imports, median of several in turn; of what follows libraries as it says itself."""
    taken: dict[str, list[float]] = {name: [] for name in WAYS}
    for _round in range(ROUNDS):
        for name, code in WAYS.items():
            started = time.perf_counter()
            said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True).stdout
            taken[name].append(float(said or time.perf_counter() - started))
    found = {name: statistics.median(samples) for name, samples in taken.items()}
    floor = found["streamlit and its server"]
    return [
        row(f"import: {name}", seconds, "s", "streamlit and its server", seconds / floor, ROUNDS)
        for name, seconds in found.items()
    ]


def _heaviest_imports() -> list[Row]:
    """What of it takes longest: the libraries whose first import costs most, their own imports included."""
    command = [sys.executable, "-X", "importtime", "-c", OURS]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stderr
    lines = re.findall(r"import time:\s+(\d+) \|\s+(\d+) \|\s+([\w.]+)", said)
    whole: dict[str, int] = {}
    for own, _together, name in lines:
        whole[name.split(".")[0]] = whole.get(name.split(".")[0], 0) + int(own)
    largest = sorted(whole.items(), key=lambda one: -one[1])[:HEAVIEST]
    return [row(f"import of {name}, own time", own / 1000, "ms") for name, own in largest]


def _from_nothing() -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="bench-setup-") as name:
        folder, port = Path(name), free_port()
        archive = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, check=True, capture_output=True).stdout
        subprocess.run(["tar", "x", "-C", name], input=archive, check=True)
        environment = {key: value for key, value in os.environ.items() if key not in ("VIRTUAL_ENV", "PILOTS_STORE")}
        started = time.perf_counter()
        with (folder / "make.log").open("wb") as log:
            process = subprocess.Popen(["make", "run", f"PORT={port}"], cwd=folder, env=environment, stdout=log,
                                       stderr=log, start_new_session=True)  # fmt: skip
            try:
                installed = _wait(lambda: (folder / ".venv" / ".runtime").exists(), process, started)
                ready = _wait(lambda: _answers(port), process, started)
            finally:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, 15)
                process.wait(30)
        rows = [row("make run from nothing: libraries installed", installed, "s"), row("make run from nothing: answers", ready, "s"),
                row("make run from nothing: on disk", _megabytes(folder), "MB")]  # fmt: skip
        packages = next(folder.glob(".venv/lib/python*/site-packages"))
        sizes = sorted(((_megabytes(one), one.name) for one in packages.iterdir() if one.is_dir()), reverse=True)
        return rows + [row(f"library {name} on disk", size, "MB") for size, name in sizes[:HEAVIEST]]


def _wait(true, process: subprocess.Popen[bytes], started: float) -> float:  # type: ignore[no-untyped-def]
    while not true():
        if process.poll() is not None or time.perf_counter() - started > 900:
            raise RuntimeError("make run did not come up")
        time.sleep(0.05)
    return time.perf_counter() - started


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2):
            return True
    except OSError:
        return False


def _megabytes(folder: Path) -> float:
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink()) / 1e6
