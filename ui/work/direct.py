"""What is published without a file: a correction, a withdrawal, a new reporter; each with a reason, each a release."""

from __future__ import annotations

from typing import Any

import streamlit as st

from store import StoreError
from tidy.language import _
from ui import cached
from ui.who import Person
from ui.work import batches, drafts


def label(at_once: str) -> str:
    """Return the word on the button: ``at_once``, or that another person has to approve."""
    return _("保存，提交审核") if batches.second_person() else at_once


def publish(name: str, kind: str, said: dict[str, Any], reason: str, person: Person) -> bool:
    """Keep what is ``said`` as a draft of its own, then publish it, or submit it where a second person must approve.

    What the store refuses is shown; returns whether it went through.
    """
    try:
        batch = _batch(name, kind, said, reason, person)
        if batches.second_person():
            batches.submit(batch.draft.id, person.name)
            st.session_state[DONE] = _("已提交审核，在“审核发布”里等待另一人通过。")
        else:
            release = batches.publish(batch.draft.id, person.name, None)
            st.session_state[DONE] = _("已发布，第 {n} 批；可在“发布历史”里撤销。").format(n=release.id)
    except StoreError as refused:
        st.error(str(refused))
        return False
    return True


DONE = "_direct_done"


def done() -> None:
    """Say what the last press has done."""
    if said := st.session_state.pop(DONE, ""):
        st.success(said, icon=":material/task_alt:")


def _batch(name: str, kind: str, said: dict[str, Any], reason: str, person: Person) -> batches.Batch:
    """A draft and a batch with it alone; the reason holds for each group of changes."""
    state = {"stage": drafts.READ, "kind": kind, "problems": [], "note": reason, **said}
    draft = cached.store().save_draft(by=person.name, kind=drafts.CORRECTION, file_name=name, state=state)
    work = drafts.change(draft.id, person.name, lambda _state: None)
    batch = batches.begin([work], person.name)
    reasons = {f"{group}|{indicator}": reason for group, indicator in batch.groups}
    return batches.save(batch.draft.id, person.name, note=reason, reasons=reasons)
