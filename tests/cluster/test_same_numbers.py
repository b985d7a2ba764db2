"""The same pages' numbers on DuckDB, Spark and Sail, equal to the last digit.

``tests/cluster/run`` makes the environment for it (pyspark and pysail are an optional extra).
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from store import Store, StoreError, open_store
from tests.cluster import servers
from tests.store.conftest import figures, write_data

pytest.importorskip("pyspark", reason="pyspark is not installed: run tests/cluster/run (make test-cluster)")
pytest.importorskip("pysail", reason="pysail is not installed: run tests/cluster/run (make test-cluster)")

QUESTIONS = [{}, {"cities": ["嘉兴市"]}, {"indicators": ["rate", "members"], "years": [2017]}, {"cities": []},
             {"groups": ["insurance"], "measures": ["flow"], "reporters": ["r1", "r2"]}]  # fmt: skip
GROUPS = [["city", "year"], ["indicator_id", "measure", "unit"], ["county", "reporter_name"], ["source_id"], []]


@pytest.fixture(scope="module", params=["spark", "sail"])
def cluster(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running cluster."""
    with getattr(servers, request.param)(tmp_path_factory.mktemp(request.param)) as address:
        yield address


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An embedded store with corrections, contradictions and an undo."""
    dice, folder = random.Random(3), tmp_path_factory.mktemp("local")
    store = open_store(str(folder / "store"), data=write_data(folder / "data", _some(dice, "s", 200)))
    for turn in range(3):
        gone = store.observations().sample(3, random_state=turn)
        release = store.publish(_some(dice, f"p{turn}-", 20), by="甲", note="又", withdrawn_figures=gone)
    store.undo(release.id, by="乙", why="错")
    yield store
    store.close()


def _some(dice: random.Random, name: str, n: int) -> pd.DataFrame:
    """Figures large and fractional enough for a sum of binary fractions to go astray."""
    rows = []
    for _ in range(n):
        indicator = dice.choice(["members", "rate", "benefit"])
        printed = f"{dice.randint(1, 98 if indicator == 'rate' else 10**9)}.{dice.randint(1, 999)}元{dice.choice(['', '以上'])}"
        period, measure = dice.choice(["2016", "2017", "2018-H1", ""]), dice.choice(["stock", "flow"])
        rows.append((f"r{dice.randint(1, 3)}", indicator, period, measure, printed))
    return figures(*rows, prefix=name)


@pytest.fixture(scope="module")
def remote(cluster: str, local: Store) -> Iterator[Store]:
    """The same store, its queries run by the cluster."""
    store = open_store(f"{local.location.folder}?engine={cluster}", data=None)
    yield store
    store.close()


@pytest.mark.parametrize("wanted", QUESTIONS, ids=str)
def test_figures(remote: Store, local: Store, wanted: dict[str, list[object]]) -> None:
    pd.testing.assert_frame_equal(remote.observations(**wanted), local.observations(**wanted), check_exact=True)


@pytest.mark.parametrize("by", GROUPS, ids=str)
@pytest.mark.parametrize("wanted", QUESTIONS[:3], ids=str)
def test_sums(remote: Store, local: Store, by: list[str], wanted: dict[str, list[object]]) -> None:
    answer, expected = remote.aggregate(by, **wanted), local.aggregate(by, **wanted)
    order = by or ["n"]  # engines place the missing year first or last
    answer, expected = (t.sort_values(order, ignore_index=True) for t in (answer, expected))
    pd.testing.assert_frame_equal(answer, expected, check_exact=True)


def test_vintages_and_reference_tables(remote: Store, local: Store) -> None:
    pd.testing.assert_frame_equal(remote.observations(as_of=2), local.observations(as_of=2), check_exact=True)
    for name in ("reporters", "indicators", "sources"):
        pd.testing.assert_frame_equal(getattr(remote, name)(), getattr(local, name)())


def test_a_cluster_that_is_not_there_is_said_so(local: Store) -> None:
    store = open_store(f"{local.location.folder}?engine=sc://127.0.0.1:{servers.free_port()}", data=None)
    with pytest.raises(StoreError, match="engine="):
        store.reader.at(1)


def test_object_names_need_no_ending(local: Store) -> None:
    release = local.releases()[0]
    assert Path(local.objects.local(release.sha256)).suffix == ""
