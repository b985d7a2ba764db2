"""Datasette as a peer: in an environment of its own under ``var/bench``, serving the figures as indexed SQLite."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from benchmarks import serve
from benchmarks.peers import table
from benchmarks.peers.superset import Unavailable
from benchmarks.synthetic import KEPT
from tests.serving import free_port

HOME = KEPT / "datasette"


class Api:
    """Its JSON answer to the group-by."""

    def __init__(self, url: str, name: str) -> None:
        sql = table.SQL.format(indicator=table.INDICATOR, type=table.TYPE)
        self.address = f"{url}/{name}.json?{urlencode({'sql': sql, '_shape': 'array', '_ttl': 0})}"

    def ask(self) -> int:
        """Ask once and return how many rows came."""
        with urllib.request.urlopen(self.address, timeout=60) as answer:
            return len(json.load(answer))


@contextlib.contextmanager
def served(rows: int) -> Iterator[Api]:
    """Serve the figures; raise ``Unavailable`` where Datasette cannot be installed."""
    if not (HOME / "bin" / "datasette").exists():
        uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or "uv"
        subprocess.run([uv, "venv", "-q", "-p", "3.11", str(HOME)], check=False)
        done = subprocess.run([uv, "pip", "install", "-q", "-p", str(HOME / "bin" / "python"), "datasette==0.65.5"],
                              capture_output=True, text=True, check=False)  # fmt: skip
        if done.returncode:
            raise Unavailable(done.stderr.strip()[-300:])
    source, port = table.sqlite(rows), free_port()
    settings = [
        word
        for name, value in (("sql_time_limit_ms", "60000"), ("max_returned_rows", "10000"))
        for word in ("--setting", name, value)
    ]
    command = [str(HOME / "bin" / "datasette"), "serve", "-i", str(source), "-p", str(port), *settings]
    with serve.running(command, f"http://127.0.0.1:{port}/-/versions.json"):
        yield Api(f"http://127.0.0.1:{port}", source.stem)
