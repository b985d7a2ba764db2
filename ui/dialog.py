"""Dialogs in the reader's language, which belongs to the thread that opened them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from tidy import language


def show(title: str, contents: Callable[[], None], **look: Any) -> None:
    """Open a dialog with ``contents``; ``look`` goes to ``st.dialog`` (width, position, icon)."""
    said = language.current()

    def in_language() -> None:
        language.use(said)
        contents()

    st.dialog(title, **look)(in_language)()
