"""Apache Superset as a peer: installed in an environment of its own under ``var/bench``, served by gunicorn.

6.1.0 as its resolver leaves it does not start: ``rich`` and ``cachetools`` are missing and flask-caching 2.5
breaks it. Where it cannot be installed, :func:`served` raises ``Unavailable`` and the recorded figures stand in.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import serve
from benchmarks.peers import table
from benchmarks.synthetic import KEPT
from tests.serving import free_port

HOME = KEPT / "superset"
WANTED = ("apache-superset==6.1.0", "rich", "cachetools", "flask-caching==2.4.1", "duckdb", "duckdb-engine", "gunicorn")
SETTINGS = """
SECRET_KEY = {key!r}
SQLALCHEMY_DATABASE_URI = "sqlite:///{folder}/superset.db"
WTF_CSRF_ENABLED = False
TALISMAN_ENABLED = False
RATELIMIT_ENABLED = False
PREVENT_UNSAFE_DB_CONNECTIONS = False
CACHE_CONFIG = DATA_CACHE_CONFIG = {{"CACHE_TYPE": "NullCache"}}
"""
# p95 in ms of one query every 5 s, measured before the first line of this program was written (2 cores, 1 M rows).
RECORDED = {1: 82.0, 50: 372.0, 100: 974.0, 130: 3183.0}


class Unavailable(Exception):
    """Superset cannot be installed or started here."""


def install() -> Path:
    """Return the Python of Superset's environment, made when it is not there."""
    python = HOME / "bin" / "python"
    if not (HOME / "bin" / "superset").exists():
        uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or "uv"
        for command in (
            [uv, "venv", "-q", "-p", "3.11", str(HOME)],
            [uv, "pip", "install", "-q", "-p", str(python), *WANTED],
        ):
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            if done.returncode:
                raise Unavailable(done.stderr.strip()[-300:])
    return python


@contextlib.contextmanager
def served(rows: int) -> Iterator[Api]:
    """Serve the figures by two workers of four threads, caches off, as the recorded figures were taken."""
    source = table.duck(rows, install())
    folder, password = _prepared(source)
    port = free_port()
    command = [str(HOME / "bin" / "gunicorn"), "-w", "2", "-k", "gthread", "--threads", "4", "--timeout", "120",
               "--keep-alive", "60", "-b", f"127.0.0.1:{port}", "superset.app:create_app()"]  # fmt: skip
    with serve.running(command, f"http://127.0.0.1:{port}/health", cwd=folder, **_surroundings(folder)) as server:
        yield Api(f"http://127.0.0.1:{port}", server.pid, password, source)


def _surroundings(folder: Path) -> dict[str, str]:
    return {"PYTHONPATH": str(folder), "FLASK_APP": "superset.app:create_app()", "SUPERSET_HOME": str(folder)}


def _prepared(source: Path) -> tuple[Path, str]:
    """Return Superset's own folder and its administrator's password, set up once and kept for the next run."""
    folder = KEPT / f"superset-home-{source.stem}"
    if not (folder / "password").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        password = secrets.token_hex(8)
        settings = SETTINGS.format(key=secrets.token_hex(24), folder=folder)
        (folder / "superset_config.py").write_text(settings, encoding="utf-8")
        admin = ["fab", "create-admin", "--username", "bench", "--firstname", "b", "--lastname", "b",
                 "--email", "bench@localhost.invalid", "--password", password]  # fmt: skip
        for arguments in (["db", "upgrade"], admin, ["init"]):
            _superset(folder, arguments)
        (folder / "password").write_text(password, encoding="utf-8")
    return folder, (folder / "password").read_text(encoding="utf-8")


def _superset(folder: Path, arguments: list[str]) -> None:
    environment = {**os.environ, **_surroundings(folder)}
    command = [str(HOME / "bin" / "superset"), *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        raise Unavailable(done.stderr.strip()[-300:])


class Api:
    """Superset's API with the figures as a dataset."""

    path = "/api/v1/chart/data"

    def __init__(self, url: str, pid: int, password: str, source: Path) -> None:
        self.url, self.pid = url, pid
        self._password = password
        self.sign_in()
        self.dataset = self._dataset(f"duckdb:///{source}?access_mode=read_only")

    def sign_in(self) -> None:
        """Sign in anew; it lets nobody in for longer than a quarter of an hour."""
        self.headers: dict[str, str] = {}
        answer = self._post("security/login", {"username": "bench", "password": self._password, "provider": "db"})
        self.headers = {"Authorization": f"Bearer {answer['access_token']}"}

    def _dataset(self, uri: str) -> int:
        """Return the number of the dataset of these figures, made in the first run."""
        asked = urllib.request.Request(f"{self.url}/api/v1/dataset/", headers=self.headers)
        with urllib.request.urlopen(asked, timeout=60) as answer:
            known = json.load(answer)["result"]
        if known:
            return int(known[0]["id"])
        database = self._post("database/", {"database_name": "figures", "sqlalchemy_uri": uri})["id"]
        return int(self._post("dataset/", {"database": database, "schema": "main", "table_name": "figures"})["id"])

    def _post(self, path: str, body: Any) -> Any:
        headers = {"Content-Type": "application/json", **self.headers}
        asked = urllib.request.Request(f"{self.url}/api/v1/{path}", json.dumps(body).encode(), headers)
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return json.load(answer)

    def query(self, indicator: str = table.INDICATOR, kind: str = table.TYPE) -> dict[str, Any]:
        """Return the body of the group-by of :data:`table.SQL`."""
        total = {"expressionType": "SQL", "sqlExpression": "sum(value)", "label": "value"}
        filters = [
            {"col": "indicator_id", "op": "==", "val": indicator},
            {"col": "pilot_type", "op": "==", "val": kind},
        ]
        asked = {"columns": ["city", "year"], "metrics": ["count", total], "filters": filters, "row_limit": 10_000}
        return {"datasource": {"id": self.dataset, "type": "table"}, "queries": [asked], "force": True,
                "result_format": "json", "result_type": "full"}  # fmt: skip

    def ask(self) -> int:
        """Ask the group-by once and return how many rows came."""
        return len(self._post("chart/data", self.query())["result"][0]["data"])

    def megabytes(self) -> float:
        """Return the memory of gunicorn and its workers."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        return sum(serve.resident(int(pid)) for pid in (self.pid, *children))
