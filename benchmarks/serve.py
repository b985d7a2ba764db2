"""The app (or a peer) as a server of its own on a free port of 127.0.0.1, and what its process weighs."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.serving import ROOT, free_port, serving

LOGS = ROOT / "var" / "bench"


@dataclass(frozen=True)
class Server:
    """A running server: where it answers and its process number."""

    url: str
    pid: int

    def megabytes(self, what: str = "VmRSS") -> float:
        """Return the memory of the process: ``VmRSS`` now, ``VmHWM`` at most so far."""
        return resident(self.pid, what)

    def beside(self) -> float:
        """Return the memory of the processes that it has started, now."""
        tasks = Path(f"/proc/{self.pid}/task").glob("*/children")
        return sum(resident(int(child)) for task in tasks for child in task.read_text().split())


def resident(pid: int, what: str = "VmRSS") -> float:
    """Return the megabytes that Linux counts for a process; 0 when it is gone."""
    try:
        text = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    found = re.search(rf"{what}:\s+(\d+) kB", text)
    return int(found[1]) / 1024 if found else 0.0


@contextlib.contextmanager
def running(command: Sequence[str], url: str, *, cwd: Path = ROOT, **environment: str) -> Iterator[Server]:
    """Run a command until the block ends; it has answered at ``url`` before the block begins."""
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"{Path(command[0]).name}-{os.getpid()}.log"
    with serving(command, url, log, cwd=cwd, **environment) as process:
        yield Server(url, process.pid)


@contextlib.contextmanager
def app(store: Path | str, **environment: str) -> Iterator[Server]:
    """The app as ``make run`` serves it, on a store of its own."""
    port = free_port()
    command = [sys.executable, "-m", "ui.server", "--port", str(port)]
    with running(command, f"http://127.0.0.1:{port}/_stcore/health", PILOTS_STORE=str(store), **environment) as server:
        yield Server(f"http://127.0.0.1:{port}", server.pid)


@contextlib.contextmanager
def peer(page: Path, **environment: str) -> Iterator[Server]:
    """A plain page under ``streamlit run``, with Streamlit's own settings."""
    port = free_port()
    options = ["--server.headless=true", "--server.address=127.0.0.1", f"--server.port={port}"]
    command = [sys.executable, "-m", "streamlit", "run", str(page), *options, "--browser.gatherUsageStats=false"]
    with running(command, f"http://127.0.0.1:{port}/_stcore/health", cwd=page.parent, **environment) as server:
        yield Server(f"http://127.0.0.1:{port}", server.pid)
