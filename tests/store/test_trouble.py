"""Broken files, full disks and read-only folders: a clear message, and reading goes on."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from store import Store, StoreDamaged, StoreError, StoreFull, StoreReadOnly, open_store
from store.catalogue import database_path
from tests.store.conftest import figures, values, write_data

NEW = ("r3", "members", "2019", "stock", "13人")
HEAVY = [("r1", "benefit", f"{year}", "flow", f"{n}元") for year in range(1000, 2000) for n in range(1, 4)]


def parquet_of(store: Store, release_id: int) -> Path:
    """The file with a release's figures."""
    sha256 = next(file.sha256 for file in store.files(release_id) if file.role == "observations")
    return store.objects.local(sha256)


def test_a_corrupt_release_is_named_and_the_last_good_vintage_is_served(embedded: Store, data: Path) -> None:
    release = embedded.publish(figures(NEW, prefix="n"), by="甲", note="新")
    for derived in embedded.location.cache.glob("*.duckdb"):
        derived.unlink()
    path = parquet_of(embedded, release.id)
    path.write_bytes(b"PAR1" + b"\x00" * 400)
    assert [problem.code for problem in embedded.verify()] == ["damaged"]
    assert "observations.parquet" in str(embedded.verify()[0])
    assert values(embedded)["n1"] == 13  # what is open goes on
    with pytest.raises(StoreDamaged, match="verify"):
        values(open_store(str(embedded.location.folder), data=data), as_of=release.id)


def test_a_new_release_that_cannot_be_read_leaves_the_last_vintage_on_screen(embedded: Store) -> None:
    before = values(embedded)
    other = open_store(str(embedded.location.folder), data=None)
    release = other.publish(figures(NEW, prefix="n"), by="甲", note="新")
    for derived in embedded.location.cache.glob("*.duckdb"):
        derived.unlink()
    parquet_of(other, release.id).unlink()
    assert values(embedded) == before
    assert "丢失" in embedded.status()["trouble"]
    other.close()


def test_a_corrupt_catalogue_page_is_named_and_reading_goes_on(embedded: Store, data: Path) -> None:
    before = values(embedded)
    folder = str(embedded.location.folder)
    embedded.close()
    corrupt(database_path(embedded.location))
    broken = open_store(folder, data=data)
    assert values(broken) == before
    assert {problem.code for problem in broken.verify()} == {"catalogue"}
    with pytest.raises(StoreDamaged, match="restore"):
        broken.remember("layout", "key", 1)
    broken.close()


def corrupt(path: Path) -> None:
    """Overwrite everything behind the first page."""
    content = path.read_bytes()
    path.write_bytes(content[:4096] + os.urandom(len(content) - 4096))


def test_restore_repairs_a_corrupt_catalogue(embedded: Store, tmp_path: Path) -> None:
    before, folder = values(embedded), str(embedded.location.folder)
    embedded.backup(tmp_path / "backup.zip")
    embedded.close()
    corrupt(database_path(embedded.location))
    broken = open_store(folder, data=None)
    broken.restore(tmp_path / "backup.zip", by="admin")
    assert values(broken) == before
    assert broken.verify() == []
    assert broken.status()["trouble"] == ""
    broken.close()


def test_a_file_that_is_no_catalogue_is_named(tmp_path: Path, data: Path) -> None:
    path = tmp_path / "store.db"
    path.write_text("这不是数据库" * 1000)
    with pytest.raises(StoreDamaged, match="restore"):
        open_store(f"sqlite:///{path}", data=data)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of sixteen megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = os.geteuid() == 0 and _run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(folder))
    if not mounted:
        pytest.skip("a small file system can only be mounted as root")
    yield folder
    _run("umount", "-l", str(folder))


def _run(*command: str) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_a_full_disk_publishes_nothing_and_reading_goes_on(small_disk: Path, data: Path) -> None:
    store = open_store(str(small_disk / "store"), data=data)
    before = store.observations()
    (small_disk / "ballast").write_bytes(b"x" * (_free(small_disk) - 8192))
    with pytest.raises(StoreFull, match="磁盘已满"):
        store.publish(figures(*HEAVY), by="甲", note="大", files=[("大.bin", os.urandom(200_000))])
    with pytest.raises(StoreFull):
        store.backup(small_disk / "backup.zip")
    assert store.observations().equals(before)
    assert not list(small_disk.rglob("*.part"))
    (small_disk / "ballast").unlink()
    store.publish(figures(NEW, prefix="n"), by="甲", note="新")
    assert values(store)["n1"] == 13
    assert store.verify() == []
    store.close()


def _free(folder: Path) -> int:
    facts = os.statvfs(folder)
    return facts.f_bavail * facts.f_frsize


def test_a_read_only_folder_is_read(small_disk: Path, data: Path) -> None:
    store = open_store(str(small_disk / "store"), data=data)
    before = values(store)
    store.close()
    assert _run("mount", "-o", "remount,ro", str(small_disk))
    read_only = open_store(str(small_disk / "store"), data=data)
    assert values(read_only) == before
    assert read_only.status()["read_only"]
    with pytest.raises(StoreReadOnly, match="不可写"):
        read_only.publish(figures(NEW), by="甲", note="新")
    with pytest.raises(StoreReadOnly):
        read_only.remember("layout", "key", 1)
    assert read_only.verify() == []
    read_only.close()


def test_a_folder_that_cannot_be_made_is_said_so(tmp_path: Path, data: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="PILOTS_STORE"):
        open_store(str(tmp_path / "file" / "store"), data=data)


def test_a_server_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="PILOTS_STORE"):
        open_store(f"postgresql://nobody:hidden@127.0.0.1:1/none?files={tmp_path}&connect_timeout=2", data=None)


def test_deleting_the_derived_files_loses_nothing(embedded: Store, data: Path) -> None:
    before = values(embedded)
    for path in embedded.location.cache.iterdir():
        path.unlink()
    assert values(open_store(str(embedded.location.folder), data=data)) == before


def test_a_damaged_derived_file_is_built_again(embedded: Store) -> None:
    before = values(embedded)
    embedded.close()
    for path in embedded.location.cache.glob("*.duckdb"):
        path.write_bytes(path.read_bytes()[:5000])
    assert values(open_store(str(embedded.location.folder), data=None)) == before


def test_queries_leave_nothing_in_the_working_folder(
    embedded: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr("store.engine.MEMORY", "20MB")
    embedded.publish(figures(*HEAVY, prefix="n"), by="甲", note="大")
    assert len(embedded.observations()) > len(HEAVY)
    assert list((tmp_path / "here").iterdir()) == []


def test_leftovers_of_a_crash_are_swept(embedded: Store) -> None:
    part = Path(embedded.location.objects) / "half.part"
    part.write_bytes(b"half")
    os.utime(part, (0, 0))
    assert embedded.sweep() == 1
    assert not part.exists()


def test_the_shipped_tables_beside_a_store_may_be_large(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "store"), data=write_data(tmp_path / "data", figures(*HEAVY)))
    assert store.aggregate([])["n"].tolist() == [len(HEAVY)]
    store.close()
