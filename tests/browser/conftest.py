"""A real app on a free port of 127.0.0.1."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PICTURES = Path(os.environ.get("PILOTS_PICTURES", "/tmp/pilots-pictures"))


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return int(server.getsockname()[1])


@dataclass
class App:
    """A served app: its address, the folder of its store and the number of its process."""

    url: str
    folder: Path
    pid: int


@contextlib.contextmanager
def served(folder: Path, **environment: str) -> Iterator[App]:
    """Serve the app on a store of its own; stop exactly what was started."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    surroundings = {**os.environ, "PILOTS_STORE": str(folder / "store"), "LANG": "zh_CN.UTF-8", **environment}
    with (folder / "app.log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=log, stderr=log)
        try:
            _wait(port, process)
            yield App(f"http://127.0.0.1:{port}", folder, process.pid)
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _attempt in range(720):
        if process.poll() is not None:
            raise RuntimeError("the app ended before it answered")
        with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
            return
        time.sleep(0.25)
    raise RuntimeError("the app did not answer within three minutes")


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """One app for all tests that only look."""
    with served(tmp_path_factory.mktemp("app")) as one:
        yield one


@pytest.fixture
def own(tmp_path: Path) -> Iterator[App]:
    """An app with a store of its own, for tests that publish."""
    with served(tmp_path) as one:
        yield one
