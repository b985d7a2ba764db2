"""Direct calls to the store by people without the right: refused on the server and written down."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from store import Store, User, open_store
from tests.store.conftest import SHIPPED, figures, reporters, write_data
from ui.access import acts, guard
from ui.access.person import NOBODY, READER, Person
from ui.access.refused import Forbidden

VIEWER = Person("看（v）", ("viewer",), (), "v")
ANALYST = Person("填（a）", ("analyst",), (), "a")
JIAXING = Person("嘉（j）", ("analyst",), ("嘉兴市",), "j")
REVIEWER = Person("审（r）", ("reviewer",), (), "r")
ADMIN = Person("管（m）", ("admin",), (), "m")
NEW = figures(("r2", "members", "2019", "stock", "10人"), prefix="n")
HANGZHOU = figures(("r1", "members", "2019", "stock", "10人"), prefix="h")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    guard._said.clear()
    data = write_data(tmp_path / "data", figures(*SHIPPED, prefix="shipped-"))
    return open_store(str(tmp_path / "store"), data=data)


def as_(store: Store, person: Person) -> Store:
    return guard.guarded(store, lambda: person)


def refusals(store: Store) -> list[tuple[str, str]]:
    return [(entry.who, str(entry.detail_value("what"))) for entry in store.audit() if entry.action == "refused"]


ACTS: dict[str, tuple[str, Callable[[Store, str], Any]]] = {
    "publish": ("analyst", lambda s, by: s.publish(NEW, by=by, note="n")),
    "save_draft": ("analyst", lambda s, by: s.save_draft(by=by, state={}, kind="file", content=b"x")),
    "drafts": ("analyst", lambda s, by: s.drafts()),
    "draft": ("analyst", lambda s, by: s.draft("0" * 32)),
    "draft_content": ("analyst", lambda s, by: s.draft_content("0" * 32)),
    "delete_draft": ("analyst", lambda s, by: s.delete_draft("0" * 32, by=by)),
    "save_alias": ("analyst", lambda s, by: s.save_alias("indicator", "x", "members", by=by)),
    "remember": ("analyst", lambda s, by: s.remember("layout", "x", {}, by=by)),
    "content": ("analyst", lambda s, by: s.content("0" * 64)),
    "undo": ("reviewer", lambda s, by: s.undo(1, by=by, why="w")),
    "review": ("reviewer", lambda s, by: s.review("0" * 32, "approved", by=by)),
    "remember setting": ("admin", lambda s, by: s.remember("setting", "second_person", False, by=by)),
    "save_user": ("admin", lambda s, by: s.save_user(User("v", "", ("admin",), (), True), by=by)),
    "users": ("admin", lambda s, by: s.users()),
    "audit": ("admin", lambda s, by: s.audit()),
    "backup": ("admin", lambda s, by: s.backup("/tmp/never.zip")),
    "verify": ("admin", lambda s, by: s.verify()),
    "forget": ("admin", lambda s, by: s.forget("layout", "x")),
    "delete_alias": ("admin", lambda s, by: s.delete_alias("indicator", "x", by=by)),
    "log setting": ("admin", lambda s, by: s.log("setting", by)),
    "restore": ("nobody", lambda s, by: s.restore("/tmp/never.zip", by=by)),
    "export": ("nobody", lambda s, by: s.export("/tmp/never", by=by)),
    "sweep": ("nobody", lambda s, by: s.sweep()),
    "close": ("nobody", lambda s, by: s.close()),
}  # fmt: skip


PEOPLE = {
    "nobody": NOBODY,
    "reader": READER,
    "viewer": VIEWER,
    "analyst": ANALYST,
    "reviewer": REVIEWER,
    "admin": ADMIN,
}
WITHOUT = [
    (act, name) for act, (role, _call) in ACTS.items() for name, person in PEOPLE.items() if not person.may(role)
]


@pytest.mark.parametrize(("act", "name"), WITHOUT)
def test_an_act_without_the_role_is_refused_and_logged(store: Store, act: str, name: str) -> None:
    (_role, call), person = ACTS[act], PEOPLE[name]
    releases = store.releases()
    with pytest.raises(Forbidden):
        call(as_(store, person), person.name)
    assert store.releases() == releases
    assert (person.name or "—", act.split()[0]) in refusals(store)


def test_the_role_opens_the_act(store: Store) -> None:
    assert as_(store, ANALYST).publish(NEW, by=ANALYST.name, note="n").rows == 1
    assert as_(store, REVIEWER).undo(2, by=REVIEWER.name, why="w").withdraws == (2,)
    as_(store, ADMIN).save_user(User("v", "", ("viewer",), (), True), by=ADMIN.name)
    assert as_(store, ADMIN).users()
    assert not refusals(store)


def test_every_call_of_the_store_has_a_right_or_is_never_made(store: Store) -> None:
    public = {name for name in dir(Store) if not name.startswith("_")}
    assert public == set(acts.RIGHTS) | set(acts.NEVER)
    for name in ("catalogue", "objects", "reader", "location"):
        with pytest.raises(Forbidden):
            getattr(as_(store, ANALYST), name)()


def test_nobody_acts_in_anothers_name(store: Store) -> None:
    for call in (
        lambda s: s.publish(NEW, by=REVIEWER.name, note="n"),
        lambda s: s.save_draft(by="somebody", state={}),
        lambda s: s.log("export", "somebody"),
    ):
        with pytest.raises(Forbidden, match="名义"):
            call(as_(store, ANALYST))


def test_rights_are_asked_at_every_call(store: Store) -> None:
    now = [ANALYST]
    shown = guard.guarded(store, lambda: now[0])
    shown.save_draft(by=ANALYST.name, state={})
    now[0] = NOBODY
    with pytest.raises(Forbidden):
        shown.save_draft(by=ANALYST.name, state={})


class TestCities:
    """An analyst of Jiaxing publishes for Jiaxing only."""

    def test_own_city(self, store: Store) -> None:
        assert as_(store, JIAXING).publish(NEW, by=JIAXING.name, note="n").rows == 1

    @pytest.mark.parametrize("what", ["figures", "both", "withdrawn", "withdraws", "moved", "other new", "indicators"])
    def test_another_city(self, store: Store, what: str) -> None:
        store.publish(HANGZHOU, by="x", note="n")
        moved = reporters().head(1).assign(city="嘉兴市")
        other = reporters().head(1).assign(reporter_id="r9")
        given: dict[str, Any] = {
            "figures": {"observations": HANGZHOU}, "both": {"observations": pd.concat([NEW, HANGZHOU])},
            "withdrawn": {"withdrawn_figures": HANGZHOU}, "withdraws": {"withdraws": 2},
            "moved": {"reporters": moved}, "other new": {"reporters": other},
            "indicators": {"indicators": store.indicators().head(1)},
        }[what]  # fmt: skip
        with pytest.raises(Forbidden, match="嘉兴|指标"):
            as_(store, JIAXING).publish(**{"observations": NEW, "by": JIAXING.name, "note": "n"} | given)
        assert len(store.releases()) == 2

    def test_a_new_reporter_of_the_own_city(self, store: Store) -> None:
        new = reporters().iloc[[1]].assign(reporter_id="r9")
        own = figures(("r9", "members", "2019", "stock", "10人"), prefix="n")
        assert as_(store, JIAXING).publish(own, by=JIAXING.name, note="n", reporters=new).rows == 1

    def test_undoing_another_citys_release(self, store: Store) -> None:
        store.publish(HANGZHOU, by="x", note="n")
        reviewer = Person("审嘉（q）", ("reviewer",), ("嘉兴市",), "q")
        with pytest.raises(Forbidden):
            as_(store, reviewer).undo(2, by=reviewer.name, why="w")

    def test_drafts_of_other_cities_are_out_of_sight(self, store: Store) -> None:
        mine = store.save_draft(by=JIAXING.name, state={}, kind="file")
        near = store.save_draft(by="x", state={"summary": {"reporters": ["r2"]}}, kind="file")
        far = store.save_draft(by="x", state={"summary": {"reporters": ["r1", "r2"]}}, kind="file")
        batch = store.save_draft(by="x", state={"members": {far.id: 1}}, kind="batch")
        shown = as_(store, JIAXING)
        assert {draft.id for draft in shown.drafts()} == {mine.id, near.id}
        assert shown.draft(near.id).id == near.id
        for id in (far.id, batch.id):
            for call in (shown.draft, shown.draft_content, shown.reviews):
                with pytest.raises(Forbidden):
                    call(id)
            with pytest.raises(Forbidden):
                shown.save_draft(by=JIAXING.name, id=id, state={})
            with pytest.raises(Forbidden):
                shown.publish(NEW, by=JIAXING.name, note="n", drafts=[id])


def test_many_refusals_are_one_line_a_minute(store: Store) -> None:
    for _attempt in range(50):
        with pytest.raises(Forbidden):
            as_(store, VIEWER).users()
    assert refusals(store).count((VIEWER.name, "users")) == 1
