"""The office's rules of publication: a second person's approval, the usual hour of release."""

from __future__ import annotations

from datetime import time

import streamlit as st

from tidy.language import _
from ui import cached
from ui.who import Person
from ui.work import batches

EMBARGO = ("setting", "embargo")


def show(person: Person) -> None:
    """Show the rules and save what is changed."""
    on, clock = embargo()
    with st.form("settings"):
        second = st.toggle(
            _("发布前须由另一人审核"),
            batches.second_person(),
            help=_("打开后，填报人和最后修改的人都不能审核自己的批次"),
        )
        later = st.toggle(_("默认定时发布"), on, help=_("打开后，发布时默认选择定时；到时之前不出现在任何页面"))
        hour = st.time_input(_("通常的发布时间（北京时间）"), clock)
        if st.form_submit_button(_("保存"), type="primary"):
            _save({batches.SECOND_PERSON: second, EMBARGO: {"on": later, "time": hour.isoformat("minutes")}}, person)
            st.rerun()


def embargo() -> tuple[bool, time]:
    """Return whether releases are timed by default, and the usual hour."""
    kept = cached.store().recall(*EMBARGO, {"on": False, "time": "09:00"})
    return bool(kept["on"]), time.fromisoformat(kept["time"])


def _save(values: dict[tuple[str, str], object], person: Person) -> None:
    store = cached.store()
    for (kind, key), value in values.items():
        if store.recall(kind, key) != value:
            store.remember(kind, key, value, by=person.name)
            store.log("setting", person.name, {"setting": key, "value": value})
