"""The theme of the person at the screen."""

from __future__ import annotations

import streamlit as st


def mode() -> str:
    """Return the theme in which figures are drawn: light, dark or wall."""
    if st.query_params.get("theme") == "wall":
        return "wall"
    return "dark" if st.context.theme.type == "dark" else "light"
