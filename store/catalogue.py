"""The catalogue database: SQLite (WAL) or PostgreSQL, one writer at a time, readers never waiting."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from filelock import FileLock
from sqlalchemy.engine import Connection, Engine

from store.errors import StoreDamaged, StoreError, clearly
from store.location import Location

HEAD = "0001"
WAIT_SECONDS = 30
_WRITERS = 0x50494C4F  # PostgreSQL advisory lock: writers take turns, so the audit chain never forks


class Catalogue:
    """Connections to the catalogue; ``read()`` and ``write()`` are its transactions."""

    def __init__(self, location: Location) -> None:
        self.location = location
        self.engine = _engine(location)
        self.read_only = self.damaged = False
        self._reading = {} if location.embedded else {"isolation_level": "REPEATABLE READ"}
        self._prepare()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view of the catalogue."""
        with clearly(), self.engine.connect() as connection:
            yield connection.execution_options(**self._reading)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction, all or nothing; other writers wait for it."""
        with clearly(), self.engine.connect() as connection:
            connection = connection.execution_options(writes=True)
            if not self.location.embedded:
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_WRITERS)))
            yield connection
            connection.commit()

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()

    def _prepare(self) -> None:
        folder = self.location.folder
        try:
            with clearly():
                if folder is None:
                    return self._migrate()
                folder.mkdir(parents=True, exist_ok=True)
                with FileLock(folder / "migrate.lock", timeout=WAIT_SECONDS):
                    self._migrate()
        except StoreError as error:
            self._carry_on_or_raise(error)

    def _carry_on_or_raise(self, error: StoreError) -> None:
        """Go on with what can still be read: a folder that cannot be written, a damaged catalogue."""
        path = database_path(self.location)
        if not self.location.embedded or not path.exists():
            raise error
        if isinstance(error, StoreDamaged):
            self.damaged = True
        elif is_writable(path.parent):
            raise error
        else:
            self.read_only = True
            self.engine = _sqlite_engine(f"file:{path}?mode=ro&immutable=1", writable=False)

    def start_afresh(self) -> None:
        """Set a damaged SQLite file aside, for an expert to look at, and begin an empty one."""
        self.close()
        path = database_path(self.location)
        for suffix in ("", "-wal", "-shm"):
            part = path.with_name(path.name + suffix)
            if part.exists():
                part.rename(path.with_name(f"{path.name}.damaged{suffix}"))
        self.damaged = False
        self._prepare()

    def _migrate(self) -> None:
        with self.engine.connect() as connection:
            if revision(connection) == HEAD:
                return
        from store.migrations import upgrade  # half a second to import, needed once a version

        upgrade(self.engine, _WRITERS)


def revision(connection: Connection) -> str | None:
    """Return the catalogue's schema revision; ``None`` for an empty database."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def database_path(location: Location) -> Path:
    """Return the SQLite file of an embedded store."""
    return Path(location.catalogue.removeprefix("sqlite:///"))


def is_writable(folder: Path) -> bool:
    """True when a file can be made in ``folder`` (asked by doing it: root may write anywhere but a
    read-only mount)."""
    probe = folder / ".probe"
    try:
        probe.touch()
        probe.unlink()
    except OSError:
        return False
    return True


def _engine(location: Location) -> Engine:
    if location.embedded:
        return _sqlite_engine(str(database_path(location)), writable=True)
    return sa.create_engine(location.catalogue, pool_pre_ping=True, pool_size=4, max_overflow=12)


def _sqlite_engine(database: str, *, writable: bool) -> Engine:
    def connect() -> sqlite3.Connection:
        return sqlite3.connect(
            database, timeout=WAIT_SECONDS, check_same_thread=False, isolation_level=None, uri=not writable
        )

    engine = sa.create_engine("sqlite://", creator=connect, poolclass=sa.QueuePool, pool_size=4, max_overflow=12)

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        if writable:  # FULL: a commit that was acknowledged survives a power cut
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer takes its place in the queue at once: a read that turns into a write would fail, not wait.
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
