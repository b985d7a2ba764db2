"""A small shipped data set and stores made from it."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from store import Store, open_store
from tests.store import postgres
from tidy.schema import COLUMNS
from tidy.values import parse

Opener = Callable[..., Store]
CITIES = ("杭州市", "嘉兴市", "湖州市")


def figures(*rows: tuple[str, str, str, str, str], prefix: str = "o") -> pd.DataFrame:
    """Observations from (reporter, indicator, period, measure, printed) with bounds read from the print."""
    return pd.DataFrame([_row(f"{prefix}{n}", *row) for n, row in enumerate(rows, 1)], columns=COLUMNS["observations"])


def _row(name: str, reporter: str, indicator: str, period: str, measure: str, text: str) -> tuple[object, ...]:
    printed = parse(text)
    kind = "unstated" if not period else "interval" if len(period) == 4 else "instant"
    return (name, reporter, indicator, period, kind, measure, printed.value, printed.low, printed.high,
            printed.unit, printed.qualifier, text, "s1", "1-2", "")  # fmt: skip


SHIPPED = (
    ("r1", "members", "2017", "stock", "1200人"),
    ("r2", "members", "2017", "stock", "49万余人"),
    ("r3", "members", "2018", "stock", "近500人"),
    ("r1", "rate", "2017", "stock", "95%以上"),
    ("r1", "benefit", "2013/2018", "cumulative", "1419.61万元"),
    ("r2", "members", "", "target", "100人"),
)


def reporters() -> pd.DataFrame:
    """Three reporters in three cities."""
    rows = [(f"r{n}", f"单位{n}", f"Unit {n}", "pilot", "园区", "省级", city, "", "330000", "", "", "s1", "")
            for n, city in enumerate(CITIES, 1)]  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS["reporters"])


def indicators() -> pd.DataFrame:
    """Members, a rate and a benefit."""
    rows = [
        ("members", "会员", "Members", "membership", "人", "stock", "true", "up", "", "", "", "", ""),
        ("rate", "入会率", "Rate", "coverage_rate", "%", "stock", "false", "up", "", "", "100", "", ""),
        ("benefit", "补助金", "Benefit", "insurance", "元", "flow", "true", "none", "", "", "", "", ""),
    ]
    return pd.DataFrame(rows, columns=COLUMNS["indicators"])


def write_data(folder: Path, observations: pd.DataFrame) -> Path:
    """Write the four shipped tables into ``folder``."""
    folder.mkdir(exist_ok=True)
    sources = pd.DataFrame([("s1", "报告", "", "2018", "report", "", "1", "")], columns=COLUMNS["sources"])
    tables = {"observations": observations, "reporters": reporters(), "indicators": indicators(), "sources": sources}
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=False, encoding="utf-8")
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with the shipped tables."""
    return write_data(tmp_path / "data", figures(*SHIPPED, prefix="shipped-"))


@pytest.fixture(scope="session")
def socket() -> Iterator[str]:
    """A private PostgreSQL; tests that need one skip, saying so, where it is not installed."""
    if postgres.binaries() is None:
        pytest.skip(postgres.UNFIT)
    with postgres.server() as folder:
        yield folder


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a new store, of either size."""
    if request.param == "sqlite":
        return str(tmp_path / "store")
    return server_url(request.getfixturevalue("socket"), tmp_path)


def server_url(socket: str, folder: Path) -> str:
    """The address of a new store on the private PostgreSQL."""
    database = postgres.create(socket, f"store_{uuid.uuid4().hex[:12]}")
    return f"{database}&files={folder / 'files'}&cache={folder / 'cache'}"


@pytest.fixture
def opened(url: str, data: Path) -> Iterator[Opener]:
    """Open the same store as often as asked, each time as another process would."""
    stores: list[Store] = []

    def make(at: str = url) -> Store:
        stores.append(open_store(at, data=data))
        return stores[-1]

    yield make
    for store in stores:
        store.close()


@pytest.fixture
def store(opened: Opener) -> Store:
    """A fresh store that holds the shipped release, on SQLite and on PostgreSQL."""
    return opened()


@pytest.fixture
def embedded(tmp_path: Path, data: Path) -> Iterator[Store]:
    """A fresh store of the embedded size, for what only files can do."""
    store = open_store(str(tmp_path / "store"), data=data)
    yield store
    store.close()


def values(store: Store, **wanted: Any) -> dict[str, float]:
    """observation_id → value of what the store believes."""
    table = store.observations(columns=["observation_id", "value"], **wanted)
    return dict(zip(table["observation_id"], table["value"], strict=True))
