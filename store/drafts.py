"""Drafts and their reviews: work in progress that survives a refresh, a crash and another browser."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from store import audit, clock, tables
from store.base import Draft, Review
from store.errors import DraftChanged, NotFound, WrongUse
from store.parts import Parts
from tidy import samples
from tidy.language import _

Act = Literal["submitted", "approved", "returned", "comment"]
ACTS: tuple[str, ...] = get_args(Act)
SECOND_PERSON = ("setting", "second_person")
_D = tables.drafts.c


class Drafts(Parts):
    """Saving, reading and reviewing drafts."""

    def save_draft(
        self, *, by: str, state: Mapping[str, Any], id: str | None = None, kind: str = "",
        file_name: str = "", content: bytes | None = None, expected_version: int | None = None,
    ) -> Draft:  # fmt: skip
        """Make a draft (``id`` None) or save a new state of one; return it as it now stands.

        The owner is who made it. Saving what was submitted or approved opens it again. Raises
        ``DraftChanged`` when somebody saved it after ``expected_version``, ``NotFound``, and
        ``WrongUse`` when it has been published.
        """
        stored = self.objects.put(content)[0] if content is not None else None
        with self.catalogue.write() as connection:
            if id is None:
                id = _create(connection, by, kind, file_name, stored or "")
            _update(connection, id, by, state, stored, expected_version)
            return _draft(_row(connection, id))

    def drafts(self, owner: str | None = None, status: str | None = None) -> list[Draft]:
        """Return drafts that are not published yet (or those of one ``status``), last saved first."""
        query = sa.select(tables.drafts).order_by(_D.updated.desc())
        query = query.where(_D.status == status if status else _D.status != "published")
        if owner is not None:
            query = query.where(_D.owner == owner)
        with self.catalogue.read() as connection:
            return [_draft(row) for row in connection.execute(query)]

    def draft(self, id: str) -> Draft:
        """Return one draft; raise ``NotFound``."""
        with self.catalogue.read() as connection:
            return _draft(_row(connection, id))

    def draft_content(self, id: str) -> bytes:
        """Return the draft's original file, byte for byte; empty when it has none."""
        sha256 = self.draft(id).sha256
        return self.objects.local(sha256).read_bytes() if sha256 else b""

    def delete_draft(self, id: str, *, by: str) -> None:
        """Delete a draft; its file is swept later unless a release keeps it. Raises ``NotFound``."""
        with self.catalogue.write() as connection:
            draft = _draft(_row(connection, id))
            connection.execute(tables.drafts.delete().where(_D.id == id))
            audit.append(connection, "draft_deleted", by, {"draft": id, "kind": draft.kind})

    def review(self, draft_id: str, act: Act, *, by: str, comment: str = "") -> Review:
        """Record an act on a draft and move it on: submitted, approved, returned or a comment.

        Where the office asks for a second person (setting ``second_person``), neither the owner nor
        who saved the draft, or one of its members, last may approve it. Raises ``WrongUse`` for an act out of turn.
        """
        if act not in ACTS:
            raise WrongUse(_("没有这种审核操作：{act}").format(act=act))
        values = {"draft_id": draft_id, "act": act, "by": by, "at": clock.text(clock.now()), "comment": comment}
        with self.catalogue.write() as connection:
            draft = _draft(_row(connection, draft_id))
            _check_turn(connection, draft, act, by)
            connection.execute(tables.reviews.insert(), values)
            if act != "comment":
                connection.execute(tables.drafts.update().where(_D.id == draft_id).values(status=act))
            audit.append(connection, act, by, {"draft": draft_id, "comment": comment})
        return Review(draft_id, act, by, clock.read(values["at"]), comment)

    def reviews(self, draft_id: str) -> list[Review]:
        """Return what was done to a draft, oldest first."""
        query = sa.select(tables.reviews).where(tables.reviews.c.draft_id == draft_id).order_by(tables.reviews.c.id)
        with self.catalogue.read() as connection:
            return [Review(r.draft_id, r.act, r.by, clock.read(r.at), r.comment) for r in connection.execute(query)]


def mark_published(connection: Connection, ids: Sequence[str]) -> None:
    """Close drafts inside the transaction that publishes them; a second press publishes nothing.

    What one of them lists as its ``members`` (id → version) is approved with it, in that version only.
    Raises ``WrongUse`` for a draft that is published already, is a sample (but for practice in ``make demo``), or
    is not approved where a second person must.
    """
    drafts = [_draft(_row(connection, id)) for id in ids]
    vouched = {
        m: version for d in drafts if d.status == "approved" for m, version in d.state.get("members", {}).items()
    }
    asked = _second_person(connection)
    for draft in drafts:
        if draft.status == "published":
            raise WrongUse(_("该草稿已发布"))
        if draft.state.get("sample", False) not in (False, samples.REHEARSAL):
            raise WrongUse(_("“{name}”是试用样例，不能发布").format(name=draft.file_name))
        if asked and draft.status != "approved" and vouched.get(draft.id) != draft.version:
            raise WrongUse(_("该草稿尚未经第二人审核 → 请先提交审核"))
    connection.execute(tables.drafts.update().where(_D.id.in_(ids)).values(status="published"))


def _second_person(connection: Connection) -> bool:
    m = tables.memory.c
    query = sa.select(m.content).where(m.kind == SECOND_PERSON[0], m.key == SECOND_PERSON[1])
    return bool(json.loads(connection.execute(query).scalar() or "false"))


def _check_turn(connection: Connection, draft: Draft, act: Act, by: str) -> None:
    if draft.status == "published":
        raise WrongUse(_("该草稿已发布"))
    if act in ("approved", "returned") and draft.status != "submitted":
        raise WrongUse(_("该草稿未提交审核"))
    if act == "approved" and _second_person(connection) and by in _makers(connection, draft):
        raise WrongUse(_("填报人不能审核自己的数据 → 请由另一人审核"))


def _makers(connection: Connection, draft: Draft) -> set[str]:
    """Who uploaded or last saved a draft or one of its members."""
    query = sa.select(_D.owner, _D.updated_by).where(_D.id.in_([draft.id, *draft.state.get("members", {})]))
    return {name for row in connection.execute(query) for name in row}


def _create(connection: Connection, by: str, kind: str, file_name: str, sha256: str) -> str:
    id, now = uuid.uuid4().hex, clock.text(clock.now())
    values = {"id": id, "kind": kind, "file_name": file_name, "sha256": sha256, "state": "{}", "owner": by,
              "status": "open", "created": now, "updated": now, "updated_by": by, "version": 0}  # fmt: skip
    connection.execute(tables.drafts.insert(), values)
    audit.append(connection, "draft", by, {"draft": id, "kind": kind, "file": sha256})
    return id


def _update(
    connection: Connection, id: str, by: str, state: Mapping[str, Any], sha256: str | None, expected: int | None
) -> None:
    before = _draft(_row(connection, id))
    if before.status == "published":
        raise WrongUse(_("该草稿已发布"))
    if expected is not None and before.version != expected:
        raise DraftChanged(_("草稿已被 {who} 修改 → 请刷新后再改").format(who=before.updated_by))
    values = {"state": json.dumps(state, ensure_ascii=False), "status": "open", "updated_by": by,
              "updated": clock.text(clock.now()), "version": before.version + 1}  # fmt: skip
    if sha256 is not None:
        values["sha256"] = sha256
    connection.execute(tables.drafts.update().where(_D.id == id).values(**values))


def _row(connection: Connection, id: str) -> Row[Any]:
    row = connection.execute(sa.select(tables.drafts).where(_D.id == id)).first()
    if row is None:
        raise NotFound(_("没有这份草稿，可能已被删除"))
    return row


def _draft(row: Row[Any]) -> Draft:
    values = dict(row._mapping)
    values["state"] = json.loads(values["state"])
    return Draft(**values | {name: clock.read(values[name]) for name in ("created", "updated")})
