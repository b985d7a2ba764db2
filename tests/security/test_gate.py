"""The gate as pages meet it: open modes, forged session state, a program served where it must not be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

from store import open_store
from tests.serving import ROOT
from ui.access import guard

WORKING = ("upload", "review", "admin")


@pytest.fixture(autouse=True)
def own_store(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    import streamlit as st

    folder = tmp_path_factory.getbasetemp() / "gate-store"
    monkeypatch.setenv("PILOTS_STORE", str(folder))
    monkeypatch.chdir(ROOT)
    st.cache_resource.clear()
    guard._said.clear()
    yield folder
    st.cache_resource.clear()


def run(name: str, **state: object) -> AppTest:
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    for key, value in state.items():
        app.session_state[key] = value
    return app.run().switch_page(f"pages/{name}.py").run()


def said(app: AppTest) -> str:
    return "\n".join(str(one.value) for kind in (app.info, app.error, app.markdown, app.caption) for one in kind)


@pytest.mark.parametrize("name", WORKING)
def test_open_for_reading_is_not_open_for_work(name: str, monkeypatch: pytest.MonkeyPatch, own_store: Path) -> None:
    monkeypatch.setenv("PILOTS_OPEN", "公开只读")
    app = run(name)
    assert "权限" in said(app)
    assert not app.exception
    assert not app.get("file_uploader")
    assert "refused" in [entry.action for entry in open_store(str(own_store)).audit()]


@pytest.mark.parametrize("name", WORKING)
def test_forged_session_state_opens_nothing(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PILOTS_OPEN", "公开只读")
    app = run(
        name, who_name="管理员", _access_signed_in="root", roles=("admin",), page_review_batch="x", _upload_turn=3
    )
    assert "权限" in said(app)
    assert not app.get("file_uploader")


def test_figures_are_open_for_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PILOTS_OPEN", "public-read-only")
    app = run("overview")
    assert not app.error
    assert app.title


def test_streamlit_alone_on_a_network_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config, "get_option", _at("0.0.0.0", config.get_option))
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60).run()
    assert "只能在本机" in said(app)
    assert app.title[0].value == "不能进入"


def _at(address: str, original):  # type: ignore[no-untyped-def]
    return lambda name: address if name == "server.address" else original(name)


def test_on_this_computer_everything_is_open() -> None:
    app = run("admin", who_name="王芳")
    assert not app.error
    assert "这一页需要" not in said(app)


@pytest.mark.parametrize(("roles", "shown"), [
    (("viewer",), set()), (("analyst",), {"upload", "review"}), (("reviewer",), {"upload", "review"}), (("admin",), {"admin"}),
    (("analyst", "admin"), {"upload", "review", "admin"}),
])  # fmt: skip
def test_the_menu_lists_what_a_role_may_use(
    roles: tuple[str, ...], shown: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from ui import pages
    from ui.access import gate
    from ui.access.person import Person

    monkeypatch.setattr(gate, "current", lambda: Person("某人", roles, (), "id"))
    monkeypatch.setattr(gate.rules, "mode", lambda: "signin")
    monkeypatch.setattr(pages.st, "Page", lambda _path, **said: SimpleNamespace(**{"visibility": "visible"} | said))
    working = [
        page for some in pages.listed().values() for page in some if page.url_path in ("upload", "review", "admin")
    ]
    assert {page.url_path for page in working if page.visibility == "visible"} == shown
    monkeypatch.setattr(gate, "current", lambda: gate.NOBODY)
    assert "analyst" in gate.offered(), "who has not signed in yet finds the way"
