"""From drafts to a release and back: reasons, approval by a second person, embargo, undo, collisions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

from store import ChangedUnderneath, Store, WrongUse
from tests.ui.work.made import GOOD, workbook
from ui.work import batches, drafts
from ui.work.batches import Batch

ME, OTHER = "王芳", "李强"


def batch_of(*contents: bytes, by: str = ME) -> Batch:
    works = [
        drafts.read_in(drafts.receive(f"表{n}.xlsx", content, by).draft.id, by) for n, content in enumerate(contents)
    ]
    return batches.begin(works, by)


def members(store: Store) -> float:
    found = store.observations(reporters=["dream-town"], indicators=["union_members"], years=[2019])
    return float(found["value"].iloc[0]) if len(found) else 0.0


def everything(store: Store) -> pd.DataFrame:
    return store.observations().drop(columns="release_id")


def with_reasons(batch: Batch) -> Batch:
    return batches.save(batch.draft.id, ME, reasons={f"{k}|{i}": "年报核定" for k, i in batch.groups})


def test_published_figures_are_seen_and_undo_brings_the_old_ones_back_to_the_digit(store: Store) -> None:
    before = everything(store)
    release = batches.publish(batch_of(workbook()).draft.id, ME, None)
    assert members(store) == 1200
    assert not drafts.works()
    assert [f.name for f in store.files(release.id) if f.role == "original"] == ["表0.xlsx"]
    store.undo(release.id, by=ME, why="报错了县")
    pd.testing.assert_frame_equal(everything(store), before)


def test_a_change_needs_a_reason_which_becomes_the_note(store: Store) -> None:
    batches.publish(batch_of(workbook()).draft.id, ME, None)
    batch = batch_of(workbook([("梦想小镇", 1250, 30), GOOD[1]]))
    assert ("changed", "union_members") in batch.unexplained
    with pytest.raises(WrongUse, match="理由"):
        batches.publish(batch.draft.id, ME, None)
    release = batches.publish(with_reasons(batch).draft.id, ME, None)
    assert "年报核定" in release.note
    assert members(store) == 1250


def test_a_second_person_must_approve_and_never_the_author(store: Store) -> None:
    store.remember(*batches.SECOND_PERSON, True, by=OTHER)
    batch = batch_of(workbook())
    with pytest.raises(WrongUse):
        batches.publish(batch.draft.id, ME, None)
    batches.submit(batch.draft.id, ME)
    with pytest.raises(WrongUse, match="不能审核自己"):
        store.review(batch.draft.id, "approved", by=ME)
    store.review(batch.draft.id, "returned", by=OTHER, comment="核对C5")
    batches.submit(batch.draft.id, ME)
    store.review(batch.draft.id, "approved", by=OTHER)
    batches.publish(batch.draft.id, ME, None)
    assert members(store) == 1200
    assert [r.act for r in store.reviews(batch.draft.id)] == ["submitted", "returned", "submitted", "approved"]


def test_what_was_changed_after_approval_is_not_published(store: Store) -> None:
    store.remember(*batches.SECOND_PERSON, True, by=OTHER)
    batch = batch_of(workbook())
    batches.submit(batch.draft.id, ME)
    store.review(batch.draft.id, "approved", by=OTHER)
    drafts.edit(batch.members[0].draft.id, ME, {"会员!B4": {"as_printed": "9999"}})
    with pytest.raises(WrongUse, match="改动"):
        batches.publish(batch.draft.id, ME, None)
    assert members(store) == 0


def test_two_analysts_on_one_period_are_told_and_lose_nothing(store: Store) -> None:
    mine, theirs = batch_of(workbook()), batch_of(workbook([("梦想小镇", 1300, 30)]), by=OTHER)
    batches.publish(theirs.draft.id, OTHER, None)
    with pytest.raises(ChangedUnderneath) as told:
        batches.publish(mine.draft.id, ME, None)
    assert len(told.value.overlap)
    assert members(store) == 1300
    again = with_reasons(batches.refresh(mine.draft.id, ME))
    batches.publish(again.draft.id, ME, None)
    assert members(store) == 1200


def test_an_embargoed_release_is_not_known_yet(store: Store) -> None:
    release = batches.publish(batch_of(workbook()).draft.id, ME, datetime.now(UTC) + timedelta(days=1))
    assert members(store) == 0
    assert release.known_from > release.at


def test_the_same_figure_twice_with_different_values_stops_a_batch(store: Store) -> None:
    batch = batch_of(workbook(), workbook([("梦想小镇", 1999, 30)]))
    assert batches.duplicates(batch) == 1
    with pytest.raises(WrongUse, match="重复"):
        batches.publish(batch.draft.id, ME, None)


def test_a_figure_that_a_new_version_of_a_file_no_longer_holds_goes_only_when_told(store: Store) -> None:
    batches.publish(batch_of(workbook()).draft.id, ME, None)
    kept = with_reasons(batch_of(workbook([("云栖小镇", 810, 20)])))
    assert ("withdrawn", "union_members") in kept.groups
    gone = batches.save(kept.draft.id, ME, withdraw=True)
    batches.publish(gone.draft.id, ME, None)
    assert members(store) == 0


def test_members_that_a_crash_left_behind_are_put_away(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = batch_of(workbook())
    with monkeypatch.context() as crash:
        crash.setattr(batches, "close", lambda batch, by: None)
        batches.publish(batch.draft.id, ME, None)
    assert not drafts.works()
    assert len(store.drafts(status="published")) == 2
    batches.tidy_up(ME)
    assert [draft.id for draft in store.drafts(status="published")] == [batch.draft.id]


def test_a_published_batch_is_not_published_twice(store: Store) -> None:
    batch = batch_of(workbook())
    batches.publish(batch.draft.id, ME, None)
    with pytest.raises(WrongUse):
        batches.publish(batch.draft.id, ME, None)
