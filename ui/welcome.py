"""First-use help: what can be done here, shown until the reader has put it away on this computer."""

from __future__ import annotations

import streamlit as st

from tidy.language import _
from ui.cookie import keep

COOKIE, KEY = "pilots_welcomed", "_welcomed"


def show() -> None:
    """Show what a newcomer needs to know, once a computer."""
    if st.session_state.get(KEY):
        keep(COOKIE, "1")
        return
    if st.context.cookies.get(COOKIE) == "1":
        return
    with st.container(border=True, key="noprint_welcome"):
        st.markdown(f"**{_('第一次使用')}**")
        st.markdown("\n".join(f"- {tip}" for tip in _tips()))
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(_("知道了"), type="primary", key="welcome_done", on_click=_put_away)
            st.page_link("pages/help.py", label=_("看帮助"), icon=":material/help:")


def _put_away() -> None:
    st.session_state[KEY] = True


def _tips() -> list[str]:
    return [
        _("点任何一个数、图上的一格一点，打开它印在哪一行、哪一格。"),
        _("左边选设区市、年份、试点类型；选了什么写在网址里，复制链接别人看到同一画面。"),
        _("≥、约、20–30 是原文的“以上、余、近、约”；斜纹是不确定的部分，空白是没有填报，不是零。"),
        _("每个图表都能看成表格，下载为图片、Excel 或可改的 PPT；全屏演示在“会议演示”。"),
    ]
