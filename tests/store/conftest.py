"""A small shipped data set and stores made from it."""

from __future__ import annotations

import shutil
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


def reporters(count: int = len(CITIES)) -> pd.DataFrame:
    """Three reporters (or ``count``) in three cities."""
    rows = [(f"r{n}", f"单位{n}", f"Unit {n}", "pilot", "园区", "省级", CITIES[(n - 1) % 3], "", "330000", "", "", "s1", "")
            for n in range(1, count + 1)]  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS["reporters"])


def indicators() -> pd.DataFrame:
    """Members, a rate and a benefit."""
    rows = [
        ("members", "会员", "Members", "membership", "人", "stock", "true", "up", "", "", "", "", ""),
        ("rate", "入会率", "Rate", "coverage_rate", "%", "stock", "false", "up", "", "", "100", "", ""),
        ("benefit", "补助金", "Benefit", "insurance", "元", "flow", "true", "none", "", "", "", "", ""),
    ]
    return pd.DataFrame(rows, columns=COLUMNS["indicators"])


def write_data(folder: Path, observations: pd.DataFrame, count: int = len(CITIES)) -> Path:
    """Write the four shipped tables into ``folder``, with ``count`` reporters."""
    folder.mkdir(exist_ok=True)
    sources = pd.DataFrame([("s1", "报告", "", "2018", "report", "", "1", "")], columns=COLUMNS["sources"])
    tables = {
        "observations": observations,
        "reporters": reporters(count),
        "indicators": indicators(),
        "sources": sources,
    }
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=False, encoding="utf-8")
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with the shipped tables."""
    return write_data(tmp_path / "data", figures(*SHIPPED, prefix="shipped-"))


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds the shipped release, to be copied: making one takes longer than most tests."""
    folder = tmp_path_factory.mktemp("template")
    store = open_store(str(folder / "store"), data=write_data(folder / "data", figures(*SHIPPED, prefix="shipped-")))
    store.load_id()
    store.close()
    return folder / "store"


@pytest.fixture(scope="session")
def socket() -> Iterator[str]:
    """A private PostgreSQL; tests that need one skip, saying so, where it is not installed."""
    if postgres.binaries() is None:
        pytest.skip(postgres.UNFIT)
    with postgres.server() as folder:
        yield folder


@pytest.fixture(scope="session")
def server_template(socket: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The same on PostgreSQL: the name of its database and the folder of its files."""
    folder = tmp_path_factory.mktemp("server")
    name = f"template_{uuid.uuid4().hex[:12]}"
    address = f"{postgres.create(socket, name)}&files={folder / 'files'}&cache={folder / 'cache'}"
    store = open_store(address, data=write_data(folder / "data", figures(*SHIPPED, prefix="shipped-")))
    store.load_id()
    store.close()
    return name, folder


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a store that holds the shipped release, of either size."""
    if request.param == "sqlite":
        shutil.copytree(request.getfixturevalue("template"), tmp_path / "store")
        return str(tmp_path / "store")
    name, folder = request.getfixturevalue("server_template")
    for part in ("files", "cache"):
        shutil.copytree(folder / part, tmp_path / part)
    return server_url(request.getfixturevalue("socket"), tmp_path, name)


def server_url(socket: str, folder: Path, template: str = "template1") -> str:
    """The address of a new store on the private PostgreSQL."""
    database = postgres.create(socket, f"store_{uuid.uuid4().hex[:12]}", template)
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
def embedded(tmp_path: Path, template: Path, data: Path) -> Iterator[Store]:
    """A fresh store of the embedded size, for what only files can do."""
    shutil.copytree(template, tmp_path / "embedded")
    store = open_store(str(tmp_path / "embedded"), data=data)
    yield store
    store.close()


def values(store: Store, **wanted: Any) -> dict[str, float]:
    """observation_id → value of what the store believes."""
    table = store.observations(columns=["observation_id", "value"], **wanted)
    return dict(zip(table["observation_id"], table["value"], strict=True))
