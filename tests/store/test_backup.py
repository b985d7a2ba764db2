"""One archive brings everything back, between the sizes too; a damaged one changes nothing."""

from __future__ import annotations

import json
import random
import zipfile
from pathlib import Path

import pytest

from store import NotFound, Store, StoreDamaged, User, open_store
from tests.store.conftest import Opener, figures, server_url, values

NEW = ("r3", "members", "2019", "stock", "13人")


@pytest.fixture
def archive(store: Store, tmp_path: Path) -> Path:
    """A backup of a store with some of everything."""
    release = store.publish(figures(NEW, prefix="n"), by="甲", note="新", files=[("表.xlsx", b"PK")])
    store.undo(release.id, by="乙", why="错")
    store.publish(figures(NEW, prefix="m"), by="甲", note="又")
    store.save_draft(by="甲", kind="report", file_name="报告.txt", content=b"draft", state={"step": 2})
    store.remember("layout", "key", {"a": 1})
    store.save_user(User("u", "甲", ("analyst",), ("嘉兴市",), True), by="admin")
    path = tmp_path / "backup.zip"
    store.backup(path)
    return path


def everything(store: Store) -> tuple[object, ...]:
    """All that a user could see."""
    drafts = store.drafts()
    contents = [store.draft_content(draft.id) for draft in drafts]
    return (
        values(store),
        store.releases(),
        drafts,
        contents,
        store.recall_all("layout"),
        store.users(),
        values(store, as_of=2),
    )


def test_restore_after_losing_everything(opened: Opener, store: Store, archive: Path, tmp_path: Path) -> None:
    expected = everything(store)
    other = open_store(str(tmp_path / "elsewhere"), data=None)
    other.restore(archive, by="admin")
    assert everything(other) == expected
    assert other.verify() == []
    assert other.audit(1)[0].action == "restore"


def test_restore_brings_back_the_state_of_the_backup(store: Store, archive: Path) -> None:
    expected = everything(store)
    loaded = store.load_id()
    store.publish(figures(("r1", "members", "2017", "stock", "1人"), prefix="x"), by="甲", note="坏")
    store.restore(archive, by="admin")
    assert everything(store) == expected
    assert store.load_id() == loaded
    store.publish(figures(("r1", "members", "2017", "stock", "2人"), prefix="y"), by="甲", note="好")
    assert values(store)["y1"] == 2
    assert store.verify() == []


def test_an_embedded_store_moves_to_a_server(embedded: Store, socket: str, tmp_path: Path) -> None:
    embedded.publish(figures(NEW, prefix="n"), by="甲", note="新")
    embedded.backup(tmp_path / "move.zip")
    server = open_store(server_url(socket, tmp_path / "server"), data=None)
    server.restore(tmp_path / "move.zip", by="admin")
    assert everything(server) == everything(embedded)
    release = server.publish(figures(NEW, prefix="s"), by="甲", note="再")
    assert release.id == 3
    server.close()


def test_a_restore_keeps_the_log_of_what_came_after_the_backup(store: Store, archive: Path) -> None:
    lost = store.publish(figures(("r1", "members", "2017", "stock", "1人"), prefix="x"), by="甲", note="坏")
    before = store.audit()
    assert store.restore(archive, by="admin") == [lost.id]
    line, *earlier = store.audit()
    assert earlier == before
    assert (line.action, line.detail_value("gone")) == ("restore", [lost.id])
    assert store.verify() == []


def test_a_restore_of_another_store_keeps_the_log_that_it_replaces(
    embedded: Store, archive: Path, tmp_path: Path
) -> None:
    other = open_store(str(tmp_path / "elsewhere"), data=None)
    other.log("login", "丙")
    other.restore(archive, by="admin")
    line = other.audit(1)[0]
    other.sweep(older_than=-1)
    kept = json.loads(other.objects.local(line.detail_value("earlier_log")).read_bytes())
    assert [entry["who"] for entry in kept["audit"]] == ["丙"]
    assert line.detail_value("earlier_hash") == kept["audit"][-1]["hash"]
    other.backup(tmp_path / "again.zip")
    assert other.verify() == []


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_archive_is_refused_and_changes_nothing(store: Store, archive: Path, seed: int) -> None:
    dice = random.Random(seed)
    content = bytearray(archive.read_bytes())
    with zipfile.ZipFile(archive) as file:
        member = dice.choice([info for info in file.infolist() if info.file_size])
    start = member.header_offset + 30 + len(member.filename)
    position = start + dice.randrange(member.compress_size)
    content[position] ^= 0xFF
    archive.write_bytes(content)
    before = everything(store)
    with pytest.raises(StoreDamaged, match="backup.zip"):
        store.restore(archive, by="admin")
    assert everything(store) == before


@pytest.mark.parametrize("cut", [0, 100, -1])
def test_half_an_archive_is_refused(embedded: Store, tmp_path: Path, cut: int) -> None:
    path = tmp_path / "backup.zip"
    embedded.backup(path)
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(StoreDamaged, match="backup.zip"):
        embedded.restore(path, by="admin")


def test_a_missing_archive_is_named(embedded: Store, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="none.zip"):
        embedded.restore(tmp_path / "none.zip", by="admin")
