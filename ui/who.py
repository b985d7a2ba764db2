"""Who the person at the screen is, until an office turns sign-in on: a name, asked once and kept in a cookie."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote

import streamlit as st

from tidy.language import _

ROLES = ("viewer", "analyst", "reviewer", "admin")
KEY, COOKIE = "who_name", "pilots_name"
KEEP = """export default function({ data }) {
  if (data.value) document.cookie = `${data.cookie}=${data.value}; path=/; max-age=31536000; SameSite=Strict`;
}"""
_keep = st.components.v2.component("pilots.keep_name", js=KEEP)


@dataclass(frozen=True, slots=True)
class Person:
    """A person with the roles they have; local mode gives everyone all of them."""

    name: str
    roles: tuple[str, ...] = ROLES


def current_user() -> Person | None:
    """Return the person at the screen, ``None`` when their name is not known yet."""
    name = st.session_state.get(KEY) or unquote(st.context.cookies.get(COOKIE, ""))
    return Person(name) if name else None


def required() -> Person:
    """Return the person at the screen; ask for the name first and stop the page until it is given."""
    person = current_user()
    if person is None:
        _ask()
        st.stop()
    if st.session_state.get(KEY):
        _keep(data={"cookie": COOKIE, "value": quote(person.name)}, key="keep_name")
    return person


def change() -> None:
    """Show who is working here, with a way to become someone else."""
    person = current_user()
    if person is None:
        return
    with st.popover(person.name, icon=":material/person:", key="who_popover"):
        _ask()


def _ask() -> None:
    with st.form("who_form", border=True):
        name = st.text_input(_("您的姓名"), max_chars=40, key="who_input", placeholder=_("例如：王芳"))
        st.caption(_("填报、审核、发布都记在这个名字下。"))
        if st.form_submit_button(_("确定"), type="primary") and name.strip():
            st.session_state[KEY] = name.strip()
            st.rerun()
