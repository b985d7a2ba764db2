"""The same queries on a cluster: Apache Spark or Sail, spoken to over Spark Connect.

The cluster reads the releases' Parquet itself and writes the believed figures and the cube back as
Parquet beside them, once a vintage; so objects and cache must lie where its workers can see them.
Needs ``pyspark[connect]`` (an optional extra); nothing of it is imported before an ``engine=sc://…`` is asked.
"""

from __future__ import annotations

import shutil
import socket
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import ibis
import pandas as pd
import pyarrow as pa
from ibis.expr.types import Table

from store import derived, queries
from store.base import TABLES, Filters, Vintage
from store.errors import StoreError
from store.frames import as_frame
from store.objects import PART
from tidy.language import _

PORT = 15002  # of Spark Connect where the address names none
PATIENCE_SECONDS = 10
COMPUTED = {"figures": queries.believed_rows, **derived.CUBES}


class SparkEngine:
    """Queries of one vintage over a Spark Connect session of its own."""

    def __init__(
        self, address: str, home: Path, vintage: Vintage, parts: Sequence[Path], tables: Mapping[str, pd.DataFrame]
    ):
        self.session, self.backend = _connected(address)
        for name, table in derived.small_tables(vintage.releases, tables, derived.periods_of(parts)).items():
            self.session.createDataFrame(table).createOrReplaceTempView(name)
        if not home.exists():
            self._compute(home, parts)
        self._show(home, COMPUTED)

    def _compute(self, home: Path, parts: Sequence[Path]) -> None:
        """Let the cluster work out the believed figures and their cube, and put both in place at once."""
        building = home.with_name(f"{uuid.uuid4().hex}{PART}")
        self.session.read.parquet(*map(str, parts)).createOrReplaceTempView("raw")
        try:
            for name, query in COMPUTED.items():
                self.session.sql(self.backend.compile(query())).write.parquet(str(building / name))
                self._show(building, [name])
            building.replace(home)
        finally:
            shutil.rmtree(building, ignore_errors=True)

    def _show(self, home: Path, names: Sequence[str] | Mapping[str, object]) -> None:
        for name in names:
            self.session.read.parquet(str(home / name)).createOrReplaceTempView(name)

    def observations(self, filters: Filters, columns: Sequence[str]) -> pd.DataFrame:
        """Return the figures that pass ``filters``."""
        return self._run(queries.select(filters, tuple(columns)))

    def aggregate(self, filters: Filters, by: Sequence[str]) -> pd.DataFrame:
        """Return count and sums by group."""
        return self._run(queries.aggregate(filters, tuple(by)))

    def reference(self, name: str) -> pd.DataFrame:
        """Return a reference table as this vintage knows it."""
        if name not in TABLES:
            raise KeyError(name)
        return as_frame(self.session.table(f"reference_{name}").toArrow())

    def _run(self, query: Table) -> pd.DataFrame:
        answer: pa.Table = self.session.sql(self.backend.compile(query)).toArrow()
        return as_frame(answer)

    def close(self) -> None:
        """End the session."""
        self.session.stop()


def _connected(address: str) -> tuple[Any, Any]:
    """Return a session of the cluster at ``address`` and ibis' way to it; raise ``StoreError`` when nobody answers."""
    try:
        from pyspark.sql import SparkSession

        _knock(address)
        session = SparkSession.builder.remote(address).create()
        return session, ibis.pyspark.connect(session)
    except ImportError as error:
        raise StoreError(_("engine=sc:// 需要 pyspark → 请安装 pyspark[connect]")) from error
    except Exception as error:  # pyspark raises gRPC errors of many classes for a server that does not answer
        raise StoreError(
            _("无法连接计算集群 {address} → 请检查 PILOTS_STORE 的 engine=").format(address=address)
        ) from error


def _knock(address: str) -> None:
    """Raise ``OSError`` where nobody listens: pyspark itself would try again for minutes before it says so."""
    place = urlsplit(address)
    with socket.create_connection((place.hostname or "localhost", place.port or PORT), timeout=PATIENCE_SECONDS):
        pass
