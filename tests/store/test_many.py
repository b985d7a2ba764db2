"""Several processes at once, and kill -9 in the middle of work: the harnesses of benchmarks/, run briefly."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import store_kill, store_many
from store import open_store
from tests.store.conftest import figures, server_url, values


@pytest.mark.slow
def test_publishers_and_readers_at_once(url: str) -> None:
    releases, faults, reads = store_many.run(4, url)
    assert (releases["ratio"], faults["value"]) == (1.0, 0)
    assert releases["value"] >= 1
    assert reads["value"] >= 1


@pytest.mark.slow
def test_kill_at_random_moments(tmp_path: Path) -> None:
    (survived,) = store_kill.run(4, seed=int.from_bytes(str(tmp_path).encode()[-4:]))
    assert (survived["value"], survived["ratio"]) == (4, 1)


def test_two_servers_share_a_database_and_files_but_not_their_caches(socket: str, tmp_path: Path, data: Path) -> None:
    address = server_url(socket, tmp_path)
    one = open_store(address, data=data)
    other = open_store(address.replace(str(tmp_path / "cache"), str(tmp_path / "other")), data=data)
    one.publish(figures(("r3", "members", "2019", "stock", "13人"), prefix="n"), by="甲", note="新")
    assert values(other)["n1"] == 13
    assert {path.suffix for path in (tmp_path / "other").iterdir()} >= {".duckdb"}
    for store in (one, other):
        store.close()
