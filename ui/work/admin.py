"""The parts of 管理: people, settings, log, what the program has learnt, the store."""

from __future__ import annotations

import streamlit as st

from tidy.language import _
from ui import who
from ui.who import Person
from ui.work import learnt, parts, people, settings, upkeep


def show(person: Person) -> None:
    """Show the chosen part to an administrator."""
    who.change()
    if "admin" not in person.roles:
        st.info(_("这一页只给管理员。请联系本单位的管理员。"))
        return
    parts.show("admin", {
        "people": (_("人员与权限"), lambda: people.show(person)),
        "settings": (_("发布规则"), lambda: settings.show(person)),
        "log": (_("操作记录"), upkeep.log),
        "learnt": (_("记住的写法与表式"), lambda: learnt.show(person)),
        "store": (_("数据存储"), lambda: upkeep.show(person)),
    })  # fmt: skip
