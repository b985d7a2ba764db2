"""复制为图片: a figure's picture on the clipboard, ready to be pasted into a chat or a document."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from tidy.language import _

HERE = Path(__file__).parent
_copy = st.components.v2.component(
    "pilots.copy",
    html='<div class="copy"></div>',
    css=(HERE / "copy.css").read_text(encoding="utf-8"),
    js=(HERE / "copy.js").read_text(encoding="utf-8"),
)


def button(key: str, name: str, make: Callable[[], bytes]) -> None:
    """Show the button; ``make`` gives the PNG when it is pressed for the first time."""
    asked = f"_copy_{key}_{name}"
    words = {"copy": _("复制为图片"), "making": _("正在生成图片……"), "done": _("已复制，可直接粘贴"), "name": name,
             "byHand": _("浏览器不允许复制，请在图片上按右键选“复制图片”")}  # fmt: skip
    png = base64.b64encode(make()).decode("ascii") if st.session_state.get(asked) else ""

    def remember() -> None:
        st.session_state[asked] = True

    _copy(data={"words": words, "png": png}, key=f"copy_{key}", on_asked_change=remember)
