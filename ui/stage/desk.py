"""The presenter's desk: choose a story, arrange it, start the show or the wall display, take the files."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from exports import plans
from exports.plans import Material
from exports.story import Story
from tidy import language
from tidy.language import _
from ui import address, cached, theme
from ui.choice import Choice
from ui.stage import arrange, basket, files, show, stories
from ui.stage.arrangement import Arrangement
from ui.stage.deck import deck

STYLE = Path(__file__).with_name("desk.css")
VIEW, STORY = "page_present_view", "page_present_story"
WALLED = "_stage_walled"
SECONDS = (5, 8, 10, 15, 20, 30, 60, 120)


def page(choice: Choice) -> None:
    """Show the desk, or the show that the address asks for."""
    address.bind(VIEW, "view", ("show", "wall"))
    _open_wall()
    name = _story()
    _bind_settings()
    found = arrange.current(name, choice, _load)
    if st.session_state.get(VIEW):
        _on_stage(name, found, choice, st.session_state[VIEW] == "wall")
        return
    show.forget()
    st.html(f"<style>{STYLE.read_text(encoding='utf-8')}</style>")
    _start(found, choice)
    arrange.edit(name, found, choice)


def _open_wall() -> None:
    """A link with ``theme=wall`` opens the wall display, once: leaving it leads to the desk."""
    if theme.mode() == "wall" and not st.session_state.get(WALLED):
        st.session_state[WALLED] = True
        st.session_state.setdefault(VIEW, "wall")


def _story() -> str:
    """Let the presenter choose a ready-made story or a saved one."""
    names = {name: plans.title_of(name) for name in plans.plans()}
    names |= {f"{stories.OWN}{name}": _("已保存：{name}").format(name=name) for name in stories.saved()}
    if basket.waiting() or st.query_params.get("story") == basket.NAME:
        names[basket.NAME] = _("我的演示（未保存）")
    address.bind(STORY, "story", list(names))
    chosen = st.selectbox(_("专题"), list(names), key=STORY, format_func=lambda name: names.get(name, name))
    return str(chosen)


def _load(name: str, choice: Choice) -> Arrangement:
    if name == basket.NAME:
        return basket.empty()
    if name.startswith(stories.OWN):
        return stories.saved()[name.removeprefix(stories.OWN)]
    return stories.ready_made(name, choice)


def _bind_settings() -> None:
    """Settings stay in the address while their widgets are out of sight."""
    for key, parameter, allowed in (("look", "look", ("", "wall")), ("seconds", "seconds", SECONDS),
                                    ("run", "run", ("", "auto", "loop"))):  # fmt: skip
        address.bind(f"page_present_{key}", parameter, allowed)


def _setting(key: str) -> object:
    return st.session_state.get(f"page_present_{key}")


def settings(wall: bool) -> show.Settings:
    """Return how the show runs; a wall display always runs by itself."""
    run = _setting("run")
    return show.Settings(wall or bool(run), int(str(_setting("seconds") or 15)), wall or run == "loop", wall)


def _on_stage(name: str, found: Arrangement, choice: Choice, wall: bool) -> None:
    theme = "wall" if wall else str(_setting("look") or "light")
    asked = (name, language.current(), theme, wall and cached.store().load_id())
    with st.spinner(_("正在备好每一页……")):
        ready = show.frozen(asked, lambda: deck(*_made(found, choice), theme))
    show.show(ready, settings(wall), _leave)
    if wall:
        show.watch()


def _made(found: Arrangement, choice: Choice) -> tuple[Story, Material]:
    return stories.story(found, choice), stories.evidence(found, choice)


def _leave() -> None:
    address.clear(VIEW)
    show.forget()


def _enter(view: str) -> None:
    st.session_state[VIEW] = view


def _start(found: Arrangement, choice: Choice) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", key="present_start"):
        st.button(_("开始放映"), type="primary", icon=":material/slideshow:", on_click=_enter, args=("show",),
                  disabled=not found.slides)  # fmt: skip
        st.button(_("大屏轮播"), icon=":material/tv:", on_click=_enter, args=("wall",), disabled=not found.slides,
                  help=_("深色大字，自动轮播；有新发布时自动换成新数据。"))  # fmt: skip
        with st.popover(_("放映设置"), icon=":material/tune:"):
            _settings()
        with st.popover(_("下载整个专题"), icon=":material/download:"):
            files.buttons("story", stories.words(found.title), lambda: _made(found, choice))
    st.caption(stories.version(choice) + _(" · 开始放映时冻结：放映中不联网取数，也不随新发布而变。"))


def _settings() -> None:
    looks = {"": _("浅色（投影）"), "wall": _("深色（大屏）")}
    runs = {"": _("手动翻页"), "auto": _("自动播放一遍"), "loop": _("自动循环")}
    st.radio(_("外观"), list(looks), key="page_present_look", format_func=looks.get, horizontal=True)
    st.radio(_("播放"), list(runs), key="page_present_run", format_func=runs.get)
    first = 0 if "page_present_seconds" in st.session_state else SECONDS.index(15)
    st.selectbox(_("每页停留（秒）"), SECONDS, first, key="page_present_seconds")
