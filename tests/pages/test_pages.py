"""Each page runs with figures, with an empty choice, and in both languages (AppTest)."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py"))


@pytest.fixture(autouse=True)
def own_store(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """One store for this module, away from the reader's own."""
    import streamlit as st

    folder = tmp_path_factory.getbasetemp() / "pages-store"
    monkeypatch.setenv("PILOTS_STORE", str(folder))
    monkeypatch.chdir(ROOT)
    st.cache_resource.clear()


def run(name: str, **query: str) -> AppTest:
    """Run the app on one page with a query."""
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    for parameter, value in query.items():
        app.query_params[parameter] = value
    app.run()
    return app.switch_page(f"pages/{name}.py").run()


def sound(app: AppTest) -> None:
    assert not app.exception, app.exception
    assert not app.error, [error.value for error in app.error]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_filled(name: str, lang: str) -> None:
    app = run(name, lang=lang)
    sound(app)
    assert app.title


@pytest.mark.parametrize("name", PAGES)
def test_empty_choice_says_what_to_do(name: str) -> None:
    sound(run(name, city="绍兴市", type="其他", year="2013"))


@pytest.mark.parametrize("name", PAGES)
def test_a_stale_or_forged_link_shows_what_it_can(name: str) -> None:
    sound(run(name, city="亚特兰蒂斯", year="20x7", indicator="no_such", view="?", reporter="../../etc", lang="xx"))
