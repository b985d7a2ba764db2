"""Drafts survive, reviews go by turns, and a second person approves where the office asks for one."""

from __future__ import annotations

import pytest

from store import Draft, DraftChanged, NotFound, Store, WrongUse
from store.drafts import SECOND_PERSON
from tests.store.conftest import Opener, figures, values

NEW = ("r3", "members", "2019", "stock", "13人")


@pytest.fixture
def draft(store: Store) -> Draft:
    """An uploaded workbook."""
    return store.save_draft(by="甲", kind="spreadsheet", file_name="表.xlsx", content=b"PK\x00", state={"step": 1})


def test_a_draft_is_there_for_another_browser(opened: Opener, draft: Draft) -> None:
    other = opened()
    assert other.drafts() == [draft]
    assert other.draft(draft.id).state == {"step": 1}
    assert other.draft_content(draft.id) == b"PK\x00"
    assert other.drafts(owner="乙") == []


def test_saving_keeps_file_and_owner_and_counts_versions(store: Store, draft: Draft) -> None:
    saved = store.save_draft(id=draft.id, by="乙", state={"单位": "r1", "rows": [1, None]})
    assert (saved.owner, saved.updated_by, saved.version) == ("甲", "乙", draft.version + 1)
    assert store.draft(draft.id).state == {"单位": "r1", "rows": [1, None]}
    assert store.draft_content(draft.id) == b"PK\x00"


def test_a_file_can_be_uploaded_again(store: Store, draft: Draft) -> None:
    store.save_draft(id=draft.id, by="甲", state={}, content=b"better")
    assert store.draft_content(draft.id) == b"better"


def test_two_browsers_do_not_overwrite_each_other(store: Store, draft: Draft) -> None:
    store.save_draft(id=draft.id, by="乙", state={"step": 2}, expected_version=draft.version)
    with pytest.raises(DraftChanged, match="乙"):
        store.save_draft(id=draft.id, by="甲", state={"step": 9}, expected_version=draft.version)
    assert store.draft(draft.id).state == {"step": 2}


def test_deleting(store: Store, draft: Draft) -> None:
    store.delete_draft(draft.id, by="甲")
    assert store.drafts() == []
    for call in (store.draft, store.draft_content):
        with pytest.raises(NotFound):
            call(draft.id)


def test_review_by_turns(store: Store, draft: Draft) -> None:
    with pytest.raises(WrongUse):
        store.review(draft.id, "approved", by="乙")
    store.review(draft.id, "submitted", by="甲")
    store.review(draft.id, "comment", by="乙", comment="第 3 行?")
    store.review(draft.id, "returned", by="乙", comment="请核对")
    assert store.draft(draft.id).status == "returned"
    assert [(r.act, r.by, r.comment) for r in store.reviews(draft.id)] == [
        ("submitted", "甲", ""), ("comment", "乙", "第 3 行?"), ("returned", "乙", "请核对"),
    ]  # fmt: skip


def test_an_edit_after_approval_needs_approval_again(store: Store, draft: Draft) -> None:
    store.review(draft.id, "submitted", by="甲")
    store.review(draft.id, "approved", by="乙")
    assert store.save_draft(id=draft.id, by="甲", state={}).status == "open"


def test_who_edited_last_cannot_approve_where_two_must(store: Store, draft: Draft) -> None:
    store.remember(*SECOND_PERSON, True)
    store.save_draft(id=draft.id, by="乙", state={})
    store.review(draft.id, "submitted", by="甲")
    for editor in ("甲", "乙"):
        with pytest.raises(WrongUse):
            store.review(draft.id, "approved", by=editor)
    with pytest.raises(WrongUse):
        store.publish(figures(NEW, prefix="n"), by="甲", note="未审核", drafts=[draft.id])
    assert "n1" not in values(store)
    store.review(draft.id, "approved", by="丙")
    store.publish(figures(NEW, prefix="n"), by="甲", note="已审核", drafts=[draft.id])
    assert values(store)["n1"] == 13


def together(store: Store, *members: Draft, **state: object) -> Draft:
    listed = {one.id: store.draft(one.id).version for one in members}
    return store.save_draft(by="甲", kind="batch", state={"members": listed, **state})


def test_several_drafts_are_closed_by_one_release(store: Store, draft: Draft) -> None:
    other = store.save_draft(by="乙", kind="spreadsheet", state={})
    release = store.publish(figures(NEW, prefix="n"), by="甲", note="发布", drafts=[draft.id, other.id])
    assert {d.id for d in store.drafts(status="published")} == {draft.id, other.id}
    assert store.drafts() == []
    with pytest.raises(WrongUse):
        store.publish(figures(NEW, prefix="m"), by="甲", note="发布", drafts=[other.id])
    assert store.releases()[-1].id == release.id


def test_members_are_approved_with_their_batch_in_that_version_only(store: Store, draft: Draft) -> None:
    store.remember(*SECOND_PERSON, True)
    batch = together(store, draft)
    store.review(batch.id, "submitted", by="甲")
    store.review(batch.id, "approved", by="丙")
    store.save_draft(id=draft.id, by="甲", state={"step": 2})
    with pytest.raises(WrongUse):
        store.publish(figures(NEW, prefix="n"), by="甲", note="改过", drafts=[batch.id, draft.id])
    assert {d.id for d in store.drafts()} == {batch.id, draft.id}


def test_who_edited_a_member_last_cannot_approve_the_batch(store: Store, draft: Draft) -> None:
    store.remember(*SECOND_PERSON, True)
    store.save_draft(id=draft.id, by="丁", state={})
    batch = together(store, draft)
    store.review(batch.id, "submitted", by="甲")
    with pytest.raises(WrongUse):
        store.review(batch.id, "approved", by="丁")
    store.review(batch.id, "approved", by="丙")


def test_a_sample_is_never_published(store: Store) -> None:
    sample = store.save_draft(by="甲", kind="file", file_name="样例.xlsx", state={"sample": True})
    with pytest.raises(WrongUse, match="样例"):
        store.publish(figures(NEW, prefix="n"), by="甲", note="误发", drafts=[sample.id])
    assert len(store.releases()) == 1


def test_pressing_publish_twice_publishes_once(store: Store, draft: Draft) -> None:
    store.publish(figures(NEW, prefix="n"), by="甲", note="发布", drafts=[draft.id])
    with pytest.raises(WrongUse):
        store.publish(figures(NEW, prefix="m"), by="甲", note="发布", drafts=[draft.id])
    assert len(store.releases()) == 2
    assert store.drafts() == []
    assert [d.id for d in store.drafts(status="published")] == [draft.id]
    with pytest.raises(WrongUse):
        store.save_draft(id=draft.id, by="甲", state={})


def test_an_unknown_act_is_refused(store: Store, draft: Draft) -> None:
    with pytest.raises(WrongUse, match="frobbed"):
        store.review(draft.id, "frobbed", by="甲")  # type: ignore[arg-type]


def test_sweeping_spares_what_drafts_and_releases_need(store: Store, draft: Draft) -> None:
    dropped = store.save_draft(by="甲", kind="report", content=b"orphan", state={})
    store.delete_draft(dropped.id, by="甲")
    assert store.sweep() == 0  # young: a publisher may be about to refer to it
    assert store.sweep(older_than=-1) == 1
    assert store.draft_content(draft.id) == b"PK\x00"
    assert store.verify() == []
