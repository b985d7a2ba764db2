"""The analysts' pages as a person meets them: every part, empty and with drafts, in both languages (AppTest)."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from store import Store
from tests.ui.work.made import GOOD, REPORT, workbook
from ui.work import batches, drafts

ROOT = Path(__file__).resolve().parent.parent.parent.parent
ME = "王芳"
PARTS = {"upload": ("drafts", "forms", "chase", "correct"), "review": ("batches", "history"),
         "admin": ("people", "settings", "log", "learnt", "store")}  # fmt: skip
EVERY = [(page, part) for page, parts in PARTS.items() for part in parts]


# Clicks do not survive st.navigation in AppTest, so the page runs in the frame alone.
SCRIPT = """
import runpy
from ui import frame
frame.begin()
frame.sidebar()
runpy.run_path({page!r})
frame.end()
"""


def run(page: str, name: str = ME, **query: str) -> AppTest:
    app = AppTest.from_string(SCRIPT.format(page=str(ROOT / "pages" / f"{page}.py")), default_timeout=90)
    for parameter, value in query.items():
        app.query_params[parameter] = value
    if name:
        app.session_state["who_name"] = name
    return app.run()


def sound(app: AppTest) -> AppTest:
    assert not app.exception, app.exception
    assert not app.error, [error.value for error in app.error]
    return app


@pytest.fixture
def at_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def drafted(content: bytes, name: str) -> str:
    return drafts.read_in(drafts.receive(name, content, ME).draft.id, ME).draft.id


@pytest.mark.parametrize(("page", "part"), EVERY)
def test_every_part_of_an_empty_store(store: Store, at_root: None, page: str, part: str) -> None:
    assert sound(run(page, part=part, lang="en")).title


@pytest.mark.parametrize("page", PARTS)
def test_a_name_is_asked_for_first(store: Store, at_root: None, page: str) -> None:
    app = sound(run(page, name=""))
    assert [one.label for one in app.text_input] == ["您的姓名"]


@pytest.mark.parametrize("step", ["problems", "preview", "cells", "figures", "difference"])
def test_every_step_of_a_workbook(store: Store, at_root: None, step: str) -> None:
    id = drafted(workbook([GOOD[0], ("不存在的小镇", 800, "几十")]), "甲县.xlsx")
    sound(run("upload", draft=id, step=step))


@pytest.mark.parametrize("step", ["review", "problems", "figures", "difference"])
def test_every_step_of_a_report(store: Store, at_root: None, step: str) -> None:
    sound(run("upload", draft=drafted(REPORT.encode(), "梦想小镇.txt"), step=step))


def test_a_refused_file_shows_its_message(store: Store, at_root: None) -> None:
    id = drafted(b"PK\x03\x04 broken", "坏.xlsx")
    app = run("upload", draft=id)
    assert not app.exception
    assert any("坏" in one.value for one in app.error)
    app.button(key="refused_again").click().run()
    assert not app.exception


def test_a_deleted_draft_in_a_link_is_no_fault(store: Store, at_root: None) -> None:
    sound(run("upload", draft="0" * 32, step="nonsense", part="nonsense"))


def test_files_left_unread_by_a_crash_are_read_at_the_next_visit(store: Store, at_root: None) -> None:
    drafts.receive("甲县.xlsx", workbook(), ME)
    sound(run("upload"))
    assert [work.stage for work in drafts.works()] == [drafts.READ]


def test_from_a_ready_draft_to_a_release_and_back(store: Store, at_root: None) -> None:
    drafted(workbook(), "甲县.xlsx")
    app = sound(run("review"))
    app.button(key="review_begin").click().run()
    sound(app).button(key="review_publish").click().run()
    assert [release.rows for release in store.releases()][-1] == 4
    history = sound(run("review", part="history"))
    number = store.releases()[-1].id
    history.text_input(key=f"undo_why_{number}").input("报错").run()
    history.button(key=f"undo_sure_{number}").click().run()
    assert store.releases()[-1].kind == "undo"


def test_a_batch_waits_for_another_person(store: Store, at_root: None) -> None:
    store.remember(*batches.SECOND_PERSON, True, by="管理员")
    id = batches.begin([drafts.open_work(drafted(workbook(), "甲县.xlsx"))], ME).draft.id
    app = sound(run("review", batch=id))
    app.button(key="review_submit").click().run()
    app.button(key="review_approve").click().run()
    assert any("不能审核自己" in error.value for error in app.error)
    other = sound(run("review", name="李强", batch=id))
    other.button(key="review_approve").click().run()
    assert store.draft(id).status == "approved"
    sound(run("review", batch=id)).button(key="review_publish").click().run()
    assert store.releases()[-1].by == ME


def test_one_published_figure_is_corrected_with_a_reason(store: Store, at_root: None) -> None:
    row = store.observations(reporters=["dream-town"]).iloc[0]
    app = sound(run("upload", part="correct", reporter="dream-town", correct=row["observation_id"]))
    app.text_input(key=f"correct_text_{row['observation_id']}").input("7654321")
    app.text_area(key=f"correct_why_{row['observation_id']}").input("原文排印有误")
    app.button(key="correct_save").click().run()
    sound(app)
    assert store.releases()[-1].note.startswith("原文排印有误")
    assert 7654321 in set(store.observations(reporters=["dream-town"])["value"])
