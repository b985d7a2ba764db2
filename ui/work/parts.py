"""The parts of a page that stand beside each other, one shown at a time, the choice kept in the address."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.errors import StreamlitAPIException

from tidy.language import _
from ui import address


def again() -> None:
    """Run the part again that was pressed in; the whole page, where the whole page was running."""
    try:
        st.rerun(scope="fragment")
    except StreamlitAPIException:
        st.rerun()


Part = tuple[str, Callable[[], None]]


def show(page: str, parts: dict[str, Part]) -> None:
    """Let the person choose a part of ``page`` (name → title, what shows it) and show it."""
    key = f"page_{page}_part"
    address.bind(key, "part", list(parts))
    part = st.segmented_control(
        _("内容"), list(parts), key=key, default=None if key in st.session_state else next(iter(parts)),
        format_func=lambda name: parts[name][0], label_visibility="collapsed",
    )  # fmt: skip
    parts[part or next(iter(parts))][1]()
