"""What differs between two vintages, with the release that is the reason."""

from __future__ import annotations

from store import Store
from tests.store.conftest import figures

CORRECTED = ("r1", "members", "2017", "stock", "1300人")
NEW = ("r3", "members", "2019", "stock", "13人")


def changes(store: Store, a: int, b: int | None = None) -> set[tuple[object, ...]]:
    """Each difference as (what, reporter, old, new, release)."""
    table = store.diff(a, b).astype(object).where(lambda t: t.notna(), None)
    columns = ["change", "reporter_id", "value_old", "value_new", "release_id"]
    return set(table[columns].itertuples(index=False, name=None))


def test_added_changed_and_unchanged(store: Store) -> None:
    store.publish(
        figures(CORRECTED, NEW, ("r2", "members", "2017", "stock", "49万余人"), prefix="n"), by="甲", note="补报"
    )
    assert changes(store, 1) == {("changed", "r1", 1200, 1300, 2), ("added", "r3", None, 13, 2)}
    assert set(store.diff(1)["note"]) == {"补报"}


def test_an_undo_is_the_reason_for_what_it_takes_back(store: Store) -> None:
    release = store.publish(figures(CORRECTED, NEW, prefix="n"), by="甲", note="补报")
    store.undo(release.id, by="乙", why="重复")
    assert changes(store, 2) == {("changed", "r1", 1300, 1200, 3), ("withdrawn", "r3", 13, None, 3)}
    assert set(store.diff(2)["note"]) == {"重复"}
    assert changes(store, 1) == set()


def test_a_withdrawn_figure_names_its_release(store: Store) -> None:
    gone = store.observations(ids=["shipped-1"])
    store.publish(figures(NEW, prefix="n"), by="甲", note="撤", withdrawn_figures=gone)
    assert ("withdrawn", "r1", 1200, None, 2) in changes(store, 1)


def test_contradicting_sources_are_compared_one_by_one(store: Store) -> None:
    store.publish(figures(NEW, (*NEW[:4], "15人"), prefix="a"), by="甲", note="两个来源")
    store.publish(figures(NEW, (*NEW[:4], "16人"), prefix="b"), by="甲", note="其一更正")
    assert changes(store, 2) == {("changed", "r3", 15, 16, 3)}


def test_same_value_printed_otherwise_is_a_change(store: Store) -> None:
    store.publish(figures(("r1", "members", "2017", "stock", "1200余人"), prefix="n"), by="甲", note="改为概数")
    row = store.diff(1).iloc[0]
    assert (row["value_old"], row["value_new"]) == (1200, 1200)
    assert (row["qualifier_old"], row["qualifier_new"]) == ("exact", "at_least")


def test_between_nothing_and_now_everything_is_added(store: Store) -> None:
    table = store.diff(0)
    assert table["change"].eq("added").all()
    assert len(table) == len(store.observations())
