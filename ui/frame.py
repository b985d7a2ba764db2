"""The frame around every page: title, language, style, shared filters, faults of the data."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from store import StoreError
from store.clock import HOME
from tidy import language
from tidy.language import _
from tidy.problems import DataProblems
from ui import address, cached, drawer, filters, saved, whole
from ui.access import gate
from ui.choice import Choice

STYLE = Path(__file__).with_name("style.css")
ICON = Path(__file__).with_name("icon.svg")
CHOICE, TITLE, NAME = "_choice", "_title", "_page_name"
log = logging.getLogger("pilots.ui")


def begin() -> None:
    """Set the page up in the reader's language; stop with the faults where the data are faulty."""
    _choose_language()
    st.set_page_config(page_title=_("浙江省基层工会改革试点"), page_icon=str(ICON), layout="wide")
    st.html(f"<style>{STYLE.read_text(encoding='utf-8')}</style>")
    _say_demonstration()
    try:
        cached.store()
    except DataProblems as faults:
        st.navigation([lambda: None], position="hidden")
        _show_faults(faults)
        st.stop()
    gate.enter()


def _choose_language() -> None:
    address.bind("lang", "lang", language.LANGUAGES, words=language.NAMES.get)
    language.use(st.session_state.get("lang") or "zh")


def _say_demonstration() -> None:
    """``make demo`` mixes invented figures with the shipped ones: every page says so."""
    if os.environ.get("PILOTS_DEMO"):
        with st.container(key="demonstration"):
            st.warning(_("**演示数据**：混有虚构的示例数字，只供试用，停止后全部删除。"), icon=":material/science:")


def _show_faults(faults: DataProblems) -> None:
    st.error(_("数据有错，未能启动。请按下列位置改正后重新启动。"))
    st.code("\n".join(str(problem) for problem in faults.problems), language=None)


def sidebar() -> None:
    """Show language and filters in the sidebar and keep the choice for the page."""
    with st.sidebar:
        st.segmented_control(
            _("语言") + " / Language",
            language.LANGUAGES,
            key="lang",
            format_func=language.NAMES.get,
            label_visibility="collapsed",
            default=None if "lang" in st.session_state else language.current(),
        )
    st.session_state[CHOICE] = filters.choose()


def run(page: Any) -> None:
    """Run a page; what it did not foresee becomes a message and a line in the log, never a traceback."""
    try:
        page.run()
    except StoreError as error:
        st.error(str(error))
    except Exception:
        log.exception("page failed", extra={"page": page.url_path})
        st.error(_("这一页没有显示成功，数据没有受影响。请刷新；仍不行时请把时间告诉管理员（详情已记入日志）。"))


def choice() -> Choice:
    """Return the shared choice made in the sidebar."""
    return st.session_state.get(CHOICE) or Choice()


def page(title: str, lead: str, name: str) -> Choice:
    """Begin a page: heading, one sentence of lead, what is chosen; return the choice."""
    _insist_on_frame()
    address.forget(f"page_{name}_")
    whole.begin()
    st.session_state[TITLE], st.session_state[NAME] = title, name
    st.title(title, anchor=False)
    st.caption(lead)
    chosen = choice()
    said = st.empty()  # what follows keeps its place, and the browser its charts, whether anything is chosen or not
    if words := filters.summary(chosen):
        said.caption(f":material/filter_alt: {words}")
    return chosen


def _insist_on_frame() -> None:
    """Run dashboard.py where Streamlit ran a page alone.

    Until ``st.navigation`` has been called once in a process, Streamlit takes a folder named
    ``pages`` for its old kind of app and a link to a page skips the entry script.
    """
    if PagesManager.uses_pages_directory:
        PagesManager.uses_pages_directory = False
        st.rerun()


def end() -> None:
    """Finish a page: address, footer, the drawer that a link asks for."""
    address.write()
    drawer.open_linked()
    _footer()


def _footer() -> None:
    release = cached.releases()[-1]
    with st.container(key="footer", horizontal=True, vertical_alignment="center"):
        whole.offer(st.session_state.get(TITLE, ""), choice())
        with st.popover(_("分享链接"), icon=":material/link:"):
            st.caption(_("打开这个链接，看到的是同一个画面。"))
            st.code(f"{st.context.url or ''}{address.link()}", language=None, wrap_lines=True)
        if name := st.session_state.get(NAME):
            saved.offer(name)
        st.caption(
            _("最近发布：{when}，第 {number} 批，{rows} 个数").format(
                when=release.at.astimezone(HOME).strftime("%Y-%m-%d %H:%M"), number=release.id, rows=release.rows
            )
        )


def fragment(function: Callable[..., Any]) -> Callable[..., Any]:
    """``st.fragment`` that keeps the reader's language, which belongs to the running thread."""
    said = language.current()

    @wraps(function)
    def in_language(*args: Any, **kwargs: Any) -> Any:
        language.use(said)
        gate.enter()
        result = function(*args, **kwargs)
        address.write()
        return result

    return st.fragment(in_language)
