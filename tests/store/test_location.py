"""PILOTS_STORE read into catalogue, objects, cache and engine."""

from __future__ import annotations

from pathlib import Path

import pytest

from store import Store, WrongUse, open_store
from store.location import DEFAULT, locate
from store.objects import RemoteObjects, open_objects
from tests.store.conftest import figures, values


def test_the_default_lies_under_var(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PILOTS_STORE", raising=False)
    here = locate()
    assert here.embedded
    assert here.catalogue == f"sqlite:///{DEFAULT}/catalogue.sqlite"
    assert DEFAULT.parent.name == "var"


@pytest.mark.parametrize(("url", "catalogue", "objects"), [
    ("/srv/store", "sqlite:////srv/store/catalogue.sqlite", "/srv/store/objects"),
    ("file:///srv/store", "sqlite:////srv/store/catalogue.sqlite", "/srv/store/objects"),
    ("sqlite:////srv/pilots.db", "sqlite:////srv/pilots.db", "/srv/pilots.d/objects"),
    ("/srv/store?files=s3://bucket/pilots", "sqlite:////srv/store/catalogue.sqlite", "s3://bucket/pilots"),
    ("postgresql://u:p@host/db?files=/srv/files", "postgresql+psycopg://u:p@host/db", "/srv/files"),
    ("postgresql://u@/db?host=/tmp/pg&files=/srv/files", "postgresql+psycopg://u@/db?host=%2Ftmp%2Fpg", "/srv/files"),
])  # fmt: skip
def test_addresses(monkeypatch: pytest.MonkeyPatch, url: str, catalogue: str, objects: str) -> None:
    monkeypatch.setenv("PILOTS_STORE", url)
    here = locate()
    assert (here.catalogue, here.objects, here.engine) == (catalogue, objects, "duckdb")


def test_relative_paths_lie_under_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert locate("var/x").folder == locate("sqlite:///var/x").folder == tmp_path / "var/x"


def test_an_engine_can_be_named() -> None:
    assert locate("/srv/store?engine=sc://127.0.0.1:15002").engine == "sc://127.0.0.1:15002"


@pytest.mark.parametrize("url", ["mysql://u:secret@host/db", "postgresql://u:secret@host/db"])
def test_addresses_that_cannot_be_are_refused(url: str) -> None:
    with pytest.raises(WrongUse, match="→") as refused:
        locate(url)
    assert "secret" not in str(refused.value)


def test_status_shows_no_password(store: Store) -> None:
    assert "pilots" in locate("postgresql://u:secret@h/pilots?files=/f").catalogue
    assert "secret" not in str(store.status())


def test_objects_may_live_in_object_storage(tmp_path: Path, data: Path) -> None:
    address = f"{tmp_path / 'remote'}?files=memory://pilots"
    store = open_store(address, data=data)
    assert isinstance(store.objects, RemoteObjects)
    store.publish(
        figures(("r3", "members", "2019", "stock", "13人"), prefix="n"), by="甲", note="新", files=[("a", b"1")]
    )
    before = values(store)
    for path in (tmp_path / "remote/derived").rglob("*"):  # another machine has none of our cache
        if path.is_file():
            path.unlink()
    other = open_store(address, data=data)
    assert values(other) == before
    assert other.verify() == []
    names = {name for name, _age in open_objects("memory://pilots", tmp_path / "c").hashes()}
    assert {file.sha256 for release in (1, 2) for file in other.files(release)} == names
