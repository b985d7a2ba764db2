"""Publishing, superseding, undoing, embargo and vintages, seen through what the store then believes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest

from store import ChangedUnderneath, NotFound, RefusedFigures, Store, WrongUse, clock
from tests.store.conftest import Opener, figures, reporters, values

CORRECTED = ("r1", "members", "2017", "stock", "1300人")
NEW = ("r3", "members", "2019", "stock", "13人")


def test_a_later_release_supersedes_the_same_figure_and_leaves_others(store: Store) -> None:
    before = values(store)
    store.publish(figures(CORRECTED, prefix="n"), by="甲", note="更正")
    after = values(store)
    assert "shipped-1" in before
    assert "shipped-1" not in after
    assert after["n1"] == 1300
    assert {k: v for k, v in before.items() if k != "shipped-1"} == {k: v for k, v in after.items() if k != "n1"}


def test_contradictions_within_one_release_are_both_kept(store: Store) -> None:
    store.publish(figures(NEW, (*NEW[:4], "15人"), prefix="n"), by="甲", note="两个来源")
    assert sorted(values(store, years=[2019]).values()) == [13, 15]


def test_scope_makes_another_figure(store: Store) -> None:
    scoped = figures(CORRECTED, prefix="n").assign(scope="规上企业")
    store.publish(scoped, by="甲", note="规上")
    assert {"shipped-1", "n1"} <= set(values(store))


def test_undo_brings_back_what_was_superseded_to_the_digit(store: Store) -> None:
    before = store.observations()
    release = store.publish(figures(CORRECTED, NEW, prefix="n"), by="甲", note="更正")
    undone = store.undo(release.id, by="乙", why="录错")
    pd.testing.assert_frame_equal(store.observations(), before)
    assert undone.withdraws == (release.id,)
    assert not store.releases()[release.id - 1].in_force


def test_an_undo_can_be_undone(store: Store) -> None:
    release = store.publish(figures(CORRECTED, prefix="n"), by="甲", note="更正")
    undone = store.undo(release.id, by="乙", why="录错")
    store.undo(undone.id, by="甲", why="没有录错")
    assert values(store)["n1"] == 1300


def test_undo_refuses_what_is_not_there_or_already_withdrawn(store: Store) -> None:
    with pytest.raises(NotFound, match="99"):
        store.undo(99, by="乙", why="录错")
    store.undo(1, by="乙", why="录错")
    with pytest.raises(WrongUse):
        store.undo(1, by="乙", why="录错")
    assert store.observations().empty


@pytest.mark.parametrize(("by", "note"), [("", "更正"), ("甲", " ")])
def test_a_release_without_name_or_note_is_refused(store: Store, by: str, note: str) -> None:
    with pytest.raises(WrongUse):
        store.publish(figures(NEW), by=by, note=note)
    assert len(store.releases()) == 1


def test_single_figures_can_be_withdrawn(store: Store) -> None:
    gone = store.observations(ids=["shipped-1"])
    store.publish(figures(NEW, prefix="n"), by="甲", note="撤一个数", withdrawn_figures=gone)
    assert "shipped-1" not in values(store)
    assert values(store)["n1"] == 13
    assert "shipped-1" in values(store, as_of=1)


def test_a_release_can_replace_another(store: Store) -> None:
    first = store.publish(figures(NEW, CORRECTED, prefix="a"), by="甲", note="一")
    store.publish(figures((*NEW[:4], "14人"), prefix="b"), by="甲", note="二", withdraws=first.id)
    believed = values(store)
    assert believed["b1"] == 14
    assert believed["shipped-1"] == 1200  # the correction went with the release it came in


def test_new_reporters_come_with_their_figures(store: Store) -> None:
    stranger = reporters().head(1).assign(reporter_id="r9", name="新单位", city="宁波市")
    report = figures(("r9", "members", "2019", "stock", "7人"), prefix="n")
    with pytest.raises(RefusedFigures) as refused:
        store.publish(report, by="甲", note="新单位")
    assert [problem.code for problem in refused.value.problems] == ["unknown_reporter"]
    store.publish(report, by="甲", note="新单位", reporters=stranger)
    assert store.observations(cities="宁波市")["reporter_name"].tolist() == ["新单位"]
    assert "r9" in set(store.reporters()["reporter_id"])
    assert "r9" not in set(store.reporters(as_of=1)["reporter_id"])


def test_a_missing_column_is_named(store: Store) -> None:
    with pytest.raises(WrongUse, match="locator"):
        store.publish(figures(NEW).drop(columns="locator"), by="甲", note="缺列")


def test_vintages_by_number_date_and_moment(store: Store) -> None:
    release = store.publish(figures(CORRECTED, prefix="n"), by="甲", note="更正")
    assert values(store, as_of=1)["shipped-1"] == 1200
    assert values(store, as_of=release.at)["n1"] == 1300
    assert values(store, as_of=release.at - timedelta(microseconds=1))["shipped-1"] == 1200
    assert values(store, as_of="2000-01-01") == {}
    assert values(store, as_of=datetime.now(clock.HOME).date())["n1"] == 1300


def test_an_embargoed_release_waits_for_its_time(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    later = datetime.now(UTC) + timedelta(hours=1)
    store.publish(figures(NEW, prefix="n"), by="甲", note="下午公布", known_from=later)
    before = store.load_id()
    assert "n1" not in values(store)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert "n1" in values(store)
    assert store.load_id() != before


def test_a_clock_that_goes_back_loses_no_release(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    yesterday = datetime.now(UTC) - timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: yesterday)
    release = store.publish(figures(CORRECTED, prefix="n"), by="甲", note="更正")
    assert values(store)["n1"] == 1300
    assert release.at >= store.releases()[0].at
    assert store.verify() == []


def test_load_id_changes_with_each_release_and_only_then(opened: Opener) -> None:
    one, other = opened(), opened()
    first = one.load_id()
    one.log("sign_in", "甲")
    assert other.load_id() == first
    one.publish(figures(NEW, prefix="n"), by="甲", note="新")
    assert other.load_id() == one.load_id() != first
    assert values(other)["n1"] == 13


def test_the_second_of_two_publishers_is_told_what_changed(opened: Opener) -> None:
    one, other = opened(), opened()
    compared = other.load_id()
    one.publish(figures(CORRECTED, prefix="a"), by="甲", note="更正")
    mine = figures((*CORRECTED[:4], "1400人"), NEW, prefix="b")
    with pytest.raises(ChangedUnderneath) as changed:
        other.publish(mine, by="乙", note="也更正", expected_load_id=compared)
    assert [release.by for release in changed.value.releases] == ["甲"]
    overlap = changed.value.overlap
    assert overlap[["value", "value_published"]].to_numpy().tolist() == [[1400, 1300]]
    assert len(one.releases()) == 2
    other.publish(mine, by="乙", note="也更正", expected_load_id=other.load_id())
    assert values(one)["b1"] == 1400


def test_original_files_are_kept_byte_for_byte(store: Store) -> None:
    release = store.publish(figures(NEW), by="甲", note="新", files=[("表.xlsx", b"\x00\x01"), ("报告.txt", b"13")])
    originals = {f.name: store.content(f.sha256) for f in store.files(release.id) if f.role == "original"}
    assert originals == {"表.xlsx": b"\x00\x01", "报告.txt": b"13"}


def test_history_cannot_be_changed_in_the_database(store: Store) -> None:
    for statement in ("UPDATE releases SET note = 'x'", "DELETE FROM audit"):
        with pytest.raises(Exception, match="append-only"), store.catalogue.write() as connection:
            connection.exec_driver_sql(statement)
    assert store.verify() == []
