"""Releases without a file: a figure taken back, a new reporter; and samples, which are never released."""

from __future__ import annotations

import io

import pandas as pd
import pytest
from openpyxl import load_workbook

from store import Store, WrongUse
from tests.ui.work.made import GOOD, workbook
from tests.ui.work.test_pages import at_root, drafted, run, sound
from tidy import samples
from ui.work import batches, chase, drafts, register, words

__all__ = ["at_root"]
ME, OTHER = "王芳", "李强"
NEW = ("天子岭新镇", 800, 20)


def everything(store: Store) -> pd.DataFrame:
    return store.observations().drop(columns="release_id")


def test_a_figure_is_taken_back_with_a_reason_and_comes_back_with_undo(store: Store, at_root: None) -> None:
    before = everything(store)
    row = store.observations(reporters=["dream-town"]).iloc[0]
    app = sound(run("upload", part="correct", reporter="dream-town", correct=row["observation_id"], act="withdraw"))
    assert app.button(key="correct_withdraw").disabled
    app.text_area(key=f"correct_why_{row['observation_id']}").input("县里来函说明有误").run()
    sound(app.button(key="correct_withdraw").click().run())
    assert row["observation_id"] not in set(store.observations()["observation_id"])
    assert len(store.observations()) == len(before) - 1
    assert store.releases()[-1].note.startswith("县里来函说明有误")
    store.undo(store.releases()[-1].id, by=ME, why="试")
    pd.testing.assert_frame_equal(everything(store), before)


def test_a_new_reporter_is_entered_with_a_reason_and_recognised_at_once(store: Store, at_root: None) -> None:
    id = drafted(workbook([GOOD[0], NEW]), "新镇.xlsx")
    assert [p.code for p in drafts.open_work(id).open_problems] == ["unknown_reporter"]
    app = sound(run("upload", part="register"))
    assert app.button(key="register_save").disabled
    app.text_input(key="register_name").input(NEW[0]).run()
    app.selectbox(key="register_city").select("杭州市").run()
    app.text_input(key="register_county").input("余杭区").run()
    app.text_area(key="register_why").input("2019 年新设").run()
    sound(app.button(key="register_save").click().run())
    row = store.reporters().set_index("reporter_id").loc[register.new_id(NEW[0], "杭州市", "余杭区")]
    assert (row["name"], row["parent_id"], row["area_code"]) == (NEW[0], "hangzhou-federation", "330110")
    sound(run("upload", draft=id))
    assert drafts.open_work(id).ready


def test_a_new_reporter_waits_for_a_second_person_where_the_office_says_so(store: Store, at_root: None) -> None:
    store.remember(*batches.SECOND_PERSON, True, by="管理员")
    app = run("upload", part="register")
    app.text_input(key="register_name").input(NEW[0]).run()
    app.text_area(key="register_why").input("新设").run()
    sound(app.button(key="register_save").click().run())
    assert NEW[0] not in set(store.reporters()["name"])
    batch = batches.every()[0]
    store.review(batch.draft.id, "approved", by=OTHER)
    batches.publish(batch.draft.id, ME, None)
    assert NEW[0] in set(store.reporters()["name"])


def test_what_was_typed_is_there_after_a_refresh(store: Store, at_root: None) -> None:
    app = run("upload", part="register")
    app.text_input(key="register_name").input(NEW[0]).run()
    app.text_area(key="register_why").input("新设").run()
    again = sound(run("upload", part="register"))
    assert (again.text_input(key="register_name").value, again.text_area(key="register_why").value) == (NEW[0], "新设")
    assert sound(run("upload", name=OTHER, part="register")).text_input(key="register_name").value == ""


def test_a_sample_can_be_tried_and_deleted_but_not_published(store: Store, at_root: None) -> None:
    if not samples.files():
        pytest.skip("no data/samples")
    app = sound(run("upload"))
    app.button(key="upload_sample_2").click().run()
    work = drafts.works()[0]
    assert work.sample
    assert any("试用样例" in one.value for one in app.info)
    assert not work.ready
    assert not batches.free()
    with pytest.raises(WrongUse):
        batches.begin([work], ME)
    with pytest.raises(WrongUse):
        store.publish(store.observations().head(1), by=ME, note="误发", drafts=[work.draft.id])
    period = work.draft.state["summary"]["periods"][0]
    assert set(chase._sent(period)) == set()
    app.button(key="upload_delete_sure").click().run()
    assert not drafts.works()


def test_a_sample_uploaded_by_hand_is_a_sample_too_even_edited_and_saved_again(store: Store) -> None:
    for path in samples.files().values():
        assert drafts.receive("别名.bin", path.read_bytes(), ME).barred
    book = load_workbook(samples.files()["示例3-填报表.xlsx"])
    book["会员"]["D7"].value = 4321
    edited = io.BytesIO()
    book.save(edited)
    assert drafts.receive("改过.xlsx", edited.getvalue(), ME).barred
    own = drafts.receive("甲县.xlsx", workbook(), ME)
    assert not own.sample
    assert drafts.replace_file(own.draft.id, edited.getvalue(), ME).barred


def test_in_the_demonstration_a_sample_is_published_and_the_note_says_so(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PILOTS_DEMO", "1")
    path = samples.files()["示例3-填报表.xlsx"]
    work = drafts.read_in(drafts.receive(path.name, path.read_bytes(), ME).draft.id, ME)
    assert "示例" in words.state(work)
    batch = batches.begin([work], ME)
    reasons = {f"{kind}|{indicator}": "练习" for kind, indicator in batch.groups}
    batches.save(batch.draft.id, ME, reasons=reasons)
    assert samples.INVENTED in batches.publish(batch.draft.id, ME, None).note
