"""A batch: drafts that are compared, reviewed and published together as one release.

The batch keeps which drafts it holds in which version; what was changed after submission is not
published unseen. Its comparison, reasons and note are the release's revision note.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import pandas as pd

from store import NotFound, Release, WrongUse
from store.base import Draft
from store.store import Store
from tidy import samples
from tidy.language import _, listed
from tidy.schema import SOURCE_COLUMNS
from ui import cached
from ui.access.refused import Forbidden
from ui.work import compare, difference, drafts, words
from ui.work.drafts import BATCH, Work

SECOND_PERSON = ("setting", "second_person")
LOCKED = ("submitted", "approved")


@dataclass(frozen=True)
class Batch:
    """A batch draft with its members."""

    draft: Draft

    @cached_property
    def members(self) -> list[Work]:
        """The drafts it holds that still exist."""
        return [work for id in self.draft.state["members"] if (work := _found(id))]

    @property
    def changed(self) -> list[Work]:
        """Members that were saved after they were taken in, or are gone."""
        versions = self.draft.state["members"]
        return [work for work in self.members if work.draft.version != versions[work.draft.id]]

    @property
    def missing(self) -> int:
        """How many members were deleted."""
        return len(self.draft.state["members"]) - len(self.members)

    @cached_property
    def figures(self) -> pd.DataFrame:
        """All members' figures; where two members say the same thing twice, the checklist says so."""
        return pd.concat([work.figures for work in self.members], ignore_index=True) if self.members else pd.DataFrame()

    @property
    def taken_back(self) -> list[str]:
        """Published figures that members withdraw one by one."""
        return [id for work in self.members for id in work.taken_back]

    @property
    def registered(self) -> pd.DataFrame | None:
        """Reporters that members enter in the roster, ``None`` for none."""
        found = [one for work in self.members for one in work.registers]
        return pd.DataFrame(found) if found else None

    @cached_property
    def compared(self) -> pd.DataFrame:
        """The comparison of all figures with what is published."""
        if self.figures.empty and not self.taken_back:
            return pd.DataFrame()
        return difference.compared(self.figures, [work.draft.file_name for work in self.members], self.taken_back)

    @property
    def gone(self) -> pd.DataFrame:
        """Figures of earlier versions of the same files that are not in the new ones."""
        found = self.compared
        return found if found.empty else found[found["kind"].eq(compare.WITHDRAWN) & found["replaced"]]

    def reason(self, kind: str, indicator: str) -> str:
        """Return the reason given for a group of changes, empty for none."""
        return str(self.draft.state.get("reasons", {}).get(f"{kind}|{indicator}", ""))

    @property
    def unexplained(self) -> list[tuple[str, str]]:
        """Change groups that still need a reason."""
        return [group for group in self.groups if not self.reason(*group).strip()]

    @cached_property
    def groups(self) -> list[tuple[str, str]]:
        """Change groups (kind, indicator) of the comparison that need a reason."""
        return [] if self.compared.empty else compare.groups(self.compared)


def _found(id: str) -> Work | None:
    try:
        return drafts.open_work(id)
    except NotFound:
        return None


def second_person() -> bool:
    """Tell whether the office asks for a second person's approval."""
    return bool(cached.store().recall(*SECOND_PERSON, False))


def every() -> list[Batch]:
    """Return the batches that are not published, last saved first."""
    return [Batch(draft) for draft in cached.store().drafts() if draft.kind == BATCH]


def locked(id: str) -> bool:
    """Tell whether a draft is under review or approved: looking at it must not change it."""
    return any(id in batch.draft.state["members"] for batch in every() if batch.draft.status in LOCKED)


def free() -> list[Work]:
    """Return the drafts that can be published and stand in no batch."""
    taken = {id for batch in every() for id in batch.draft.state["members"]}
    return [
        work
        for work in drafts.works()
        if work.draft.id not in taken and work.draft.state.get("summary", {}).get("ready")
    ]


def begin(works: Iterable[Work], by: str) -> Batch:
    """Make a batch of drafts; raise ``WrongUse`` for a sample."""
    works = list(works)
    if barred := [work.draft.file_name for work in works if work.barred]:
        raise WrongUse(_("“{name}”是试用样例，不能发布").format(name=barred[0]))
    members = {work.draft.id: work.draft.version for work in works}
    names = listed(work.draft.file_name for work in works[:3])
    state = {"members": members, "reasons": {}, "note": "", "load_id": cached.store().load_id()}
    return Batch(cached.store().save_draft(by=by, kind=BATCH, file_name=names, state=state))


def save(id: str, by: str, **said: Any) -> Batch:
    """Keep reasons, the note or the time of publication; merges with what others have saved."""
    draft = cached.store().draft(id)
    if "reasons" in said:
        said["reasons"] = {**draft.state.get("reasons", {}), **said["reasons"]}
    state = {**draft.state, **said}
    return Batch(cached.store().save_draft(by=by, id=id, state=state, expected_version=draft.version))


def refresh(id: str, by: str) -> Batch:
    """Take the members as they stand now; whatever was approved must be reviewed again."""
    batch = Batch(cached.store().draft(id))
    members = {work.draft.id: work.draft.version for work in batch.members}
    return save(id, by, members=members, load_id=cached.store().load_id())


def submit(id: str, by: str) -> None:
    """Hand a batch over for review; raise ``WrongUse`` when something is still open."""
    batch = refresh(id, by)
    if still := open_points(batch):
        raise WrongUse("；".join(still))
    cached.store().review(id, "submitted", by=by)


def open_points(batch: Batch) -> list[str]:
    """Return what stands between the batch and its publication, in words."""
    points = []
    if not len(batch.figures) and not batch.taken_back and batch.registered is None:
        points.append(_("没有可发布的数"))
    points += [_("“{name}”还有未解决的问题").format(name=w.draft.file_name) for w in batch.members if not w.ready]
    if batch.missing:
        points.append(_("{n} 份草稿已被删除").format(n=batch.missing))
    if batch.unexplained:
        points.append(_("{n} 组变更没有写理由").format(n=len(batch.unexplained)))
    if twice := duplicates(batch):
        points.append(_("{n} 个数在几份草稿里重复且不一致").format(n=twice))
    return points


def duplicates(batch: Batch) -> int:
    """Return how many figures are said twice with different values within the batch."""
    if batch.figures.empty:
        return 0
    said = batch.figures.drop_duplicates([*compare.KEY, "value"])
    return int(said.duplicated(list(compare.KEY)).sum())


def publish(id: str, by: str, known_from: datetime | None) -> Release:
    """Publish a batch as one release, close its members; raise the store's errors with nothing published."""
    store, batch = cached.store(), Batch(cached.store().draft(id))
    if batch.changed and second_person():
        raise WrongUse(_("审核之后草稿又有改动 → 请重新提交审核"))
    # When others have published since, the store says what and refuses; the points below would mislead.
    if batch.draft.state["load_id"] == store.load_id() and (still := open_points(batch)):
        raise WrongUse("；".join(still))
    release = store.publish(
        batch.figures, by=by, note=note(batch), sources=_sources(batch.members), files=_files(store, batch.members),
        withdrawn_figures=_withdrawn(batch), expected_load_id=batch.draft.state["load_id"], known_from=known_from,
        reporters=batch.registered, drafts=[id, *(work.draft.id for work in batch.members)],
    )  # fmt: skip
    close(batch, by)
    return release


def close(batch: Batch, by: str) -> None:
    """Put away the members of a published batch; what was in them is in the release."""
    for work in batch.members:
        cached.store().delete_draft(work.draft.id, by=by)


def tidy_up(by: str) -> None:
    """Put away members that a crash left behind after their batch was published; others' are left to them."""
    for draft in cached.store().drafts(status="published"):
        if draft.kind == BATCH:
            with suppress(Forbidden):
                close(Batch(draft), by)


def note(batch: Batch) -> str:
    """Return the revision note: what a person wrote, then the reasons by group of changes."""
    lines = [str(batch.draft.state.get("note", "")).strip()]
    lines += [
        f"{difference.kind_word(kind)} {words.indicator(indicator)}：{batch.reason(kind, indicator)}"
        for kind, indicator in batch.groups if batch.reason(kind, indicator)
    ]  # fmt: skip
    files = listed(work.draft.file_name for work in batch.members)
    text = "\n".join(filter(None, lines)) or _("新填报：{files}").format(files=files)
    return samples.said(text) if any(work.sample for work in batch.members) else text


def _sources(members: list[Work]) -> pd.DataFrame:
    """Each file becomes a source, so that a number names the file it was read from."""
    rows = [
        {"source_id": work.source_id, "title": work.draft.file_name, "publisher": work.draft.owner,
         "date": work.draft.created.date().isoformat(), "kind": "report" if work.kind == "report" else "workbook",
         "sha256": work.draft.sha256, "pages": "", "note": str(work.draft.state.get("note", ""))}
        for work in members if not work.taken_back
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(SOURCE_COLUMNS))


def _files(store: Store, members: list[Work]) -> list[tuple[str, bytes]]:
    return [(work.draft.file_name, store.draft_content(work.draft.id)) for work in members if work.draft.sha256]


def _withdrawn(batch: Batch) -> pd.DataFrame | None:
    """Figures that corrections take back, and those no longer in the files, when a person says they go."""
    ids = [*batch.taken_back, *(batch.gone["observation_id_old"] if batch.draft.state.get("withdraw") else [])]
    if not ids:
        return None
    found = cached.store().observations(ids=ids)
    return found if len(found) else None
