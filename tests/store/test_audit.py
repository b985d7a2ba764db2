"""The audit log names every act, and any change to it is found."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa

from store import Store, User
from tests.store.conftest import figures

NEW = ("r3", "members", "2019", "stock", "13人")


def test_every_act_has_its_line(store: Store) -> None:
    store.log("sign_in", "甲", {"way": "local"})
    draft = store.save_draft(by="甲", kind="spreadsheet", content=b"x", state={})
    store.review(draft.id, "submitted", by="甲")
    release = store.publish(figures(NEW), by="甲", note="新", drafts=[draft.id])
    store.undo(release.id, by="乙", why="错")
    store.save_user(User("u", "丁", (), (), True), by="丙")
    acts = [(entry.action, entry.who) for entry in reversed(store.audit())]
    assert acts == [("shipped", "system"), ("sign_in", "甲"), ("draft", "甲"), ("submitted", "甲"), ("publish", "甲"),
                    ("undo", "乙"), ("user", "丙")]  # fmt: skip
    assert json.loads(store.audit(3)[1].detail)["note"] == "错"
    assert store.verify() == []


CHANGES = {
    "a changed line": "UPDATE audit SET who = '别人' WHERE id = 2",
    "a removed line": "DELETE FROM audit WHERE id = 2",
    "a removed end": "DELETE FROM audit WHERE id = 3",
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_tampering_is_found(embedded: Store, change: str) -> None:
    embedded.log("sign_in", "甲")
    embedded.publish(figures(NEW), by="甲", note="新")
    with embedded.catalogue.write() as connection:  # an intruder with the file in hand drops the guards first
        for name in ("audit_no_update", "audit_no_delete"):
            connection.execute(sa.text(f"DROP TRIGGER {name}"))
        connection.execute(sa.text(change))
    assert {problem.code for problem in embedded.verify()} == {"audit"}
