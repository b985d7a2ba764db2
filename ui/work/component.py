"""Small components of our own: a division that a script of this folder fills; nothing comes from outside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

HERE = Path(__file__).parent


def component(name: str, file: str) -> Any:
    """Register the component of ``file``.js and ``file``.css; data reach it as text, never as HTML."""
    css, js = ((HERE / f"{file}.{ending}").read_text(encoding="utf-8") for ending in ("css", "js"))
    return st.components.v2.component(name, html=f'<div class="{file}"></div>', css=css, js=js)
