"""A private PostgreSQL for the tests: its own folder, a unix socket, no port, gone afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

HOMES = (*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True), Path("/usr/local/bin"), Path("/usr/bin"))
UNFIT = "PostgreSQL is not installed: apt-get install postgresql-15"


def binaries() -> Path | None:
    """Return the folder with PostgreSQL's own programs, ``None`` where it is not installed."""
    return next((home for home in HOMES if (home / "initdb").exists() and (home / "pg_ctl").exists()), None)


@contextmanager
def server() -> Iterator[str]:
    """Start a server and yield the URL prefix of its databases: ``f"{prefix}name"`` with ``?host=`` to follow."""
    home = binaries()
    assert home is not None, UNFIT
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    as_user: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres", "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]
    data = folder / "data"
    _run([*as_user, str(home / "initdb"), "-D", str(data), "-A", "trust", "-U", "pilots", "-E", "UTF8", "--locale=C"])
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c max_connections=100"
    _run([*as_user, str(home / "pg_ctl"), "-D", str(data), "-w", "-o", options, "-l", str(folder / "log"), "start"])
    try:
        yield str(folder)
    finally:
        _run([*as_user, str(home / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"])
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd="/")


def create(socket: str, name: str, template: str = "template1") -> str:
    """Make a database, empty or a copy of ``template``, and return its URL."""
    import psycopg

    with psycopg.connect(host=socket, user="pilots", dbname="postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return f"postgresql://pilots@/{name}?host={quote(socket, safe='')}"
