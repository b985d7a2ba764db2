"""Who the person at the screen is: the office's sign-in says so; on one's own computer a name, asked once."""

from __future__ import annotations

import streamlit as st

from tidy.language import _
from ui.access import gate
from ui.access.gate import COOKIE, KEY
from ui.access.person import ROLES, Person
from ui.cookie import keep

__all__ = ["ROLES", "Person", "ask", "change", "current_user", "required"]


def current_user() -> Person | None:
    """Return the person at the screen, ``None`` when their name is not known yet."""
    person = gate.current()
    return person if person.name else None


def required() -> Person:
    """Return the person at the screen; ask for the name first and stop the page until it is given."""
    person = current_user()
    if person is None:
        gate.require("analyst")  # a reader without a name is not asked for one
        ask()
        st.stop()
    if st.session_state.get(KEY) and not person.id:
        keep(COOKIE, person.name)
    return person


def change() -> None:
    """Show who is working here, with a way to become someone else."""
    person = current_user()
    if person is None:
        return
    with st.popover(person.name, icon=":material/person:", key="who_popover"):
        if person.id:
            gate.sign_out_button()
        else:
            ask()


def ask() -> None:
    """Ask for the name under which somebody works here, on one's own computer."""
    with st.form("who_form", border=True):
        name = st.text_input(_("您的姓名"), max_chars=40, key="who_input", placeholder=_("例如：王芳"))
        st.caption(_("填报、审核、发布都记在这个名字下。"))
        if st.form_submit_button(_("确定"), type="primary") and name.strip():
            st.session_state[KEY] = name.strip()
            st.rerun()
