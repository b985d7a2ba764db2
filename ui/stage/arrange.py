"""Arranging a story: its slides in order, one chosen to be seen, moved, changed or left out; a page more; saved."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from exports.story import Slide
from store import StoreError
from tidy.language import _
from ui import address, cached, cards, show, theme, who
from ui.choice import Choice
from ui.stage import kept, pick, stories
from ui.stage.arrangement import Arrangement, Planned, narrowed
from ui.stage.basket import EDITS

PLACE, KEPT = "_stage_place", "page_present_arranged"
Load = Callable[[str, Choice], Arrangement]


def current(name: str, choice: Choice, load: Load) -> Arrangement:
    """Return the story as it was changed here, else as it is declared or saved."""
    address.bind(KEPT, "arranged")
    edits = st.session_state.setdefault(EDITS, {})
    if name not in edits and (found := kept.arrangement(name, st.session_state.get(KEPT) or "")):
        edits[name] = found
    st.session_state[KEPT] = kept.text(edits[name]) if name in edits else ""
    return edits[name] if name in edits else load(name, choice)


def _keep(name: str, changed: Arrangement, place: int) -> None:
    st.session_state.setdefault(EDITS, {})[name] = changed
    st.session_state[PLACE] = max(0, min(place, len(changed.slides) - 1))


def _drop(name: str) -> None:
    st.session_state.get(EDITS, {}).pop(name, None)
    address.clear(KEPT)
    st.session_state[PLACE] = 0


def edit(name: str, story: Arrangement, choice: Choice) -> None:
    """Show the list of slides beside the chosen one, and what can be done to either."""
    left, right = st.columns([2, 3])
    slides = [stories.slide(one, stories.pinned(choice)) for one in story.slides]
    place = max(0, min(st.session_state.get(PLACE, 0), len(slides) - 1))
    with left:
        st.subheader(_("页次（共 {count} 页）").format(count=len(slides)), anchor=False)
        _list(slides, place)
        _whole(name, story)
    with right:
        if not slides:
            st.info(_("还没有页。用“加一页”选一张图、一张表、主要数字或一段文字。"))
            pick.add(lambda one: _keep(name, story.with_slide(one, -1), 0), choice)
            return
        _chosen(name, story, slides[place], place, choice)


def _list(slides: list[Slide], place: int) -> None:
    with st.container(height=420 if len(slides) > 9 else "content", key="stage_list"):
        for number, slide in enumerate(slides):
            st.button(
                f"{number + 1}　{_plain(slide.title)}", key=f"stage_go_{number}", on_click=_go, args=(number,),
                type="secondary" if number == place else "tertiary", width="stretch",
            )  # fmt: skip


def _go(place: int) -> None:
    st.session_state[PLACE] = place


def _plain(text: str) -> str:
    """A title, safe from being read as Markdown."""
    return "".join(f"\\{letter}" if letter in "\\*_[]:~`$#" else letter for letter in text)


def _chosen(name: str, story: Arrangement, slide: Slide, place: int, choice: Choice) -> None:
    """The chosen slide: what can be done to it, what it shows, its words."""
    moves = {"arrow_upward": (_("前移"), story.moved(place, -1), place - 1),
             "arrow_downward": (_("后移"), story.moved(place, 1), place + 1),
             "delete": (_("移除"), story.without(place), place)}  # fmt: skip
    with st.container(horizontal=True, key="stage_moves"):
        for icon, (label, changed, where) in moves.items():
            st.button(
                label, icon=f":material/{icon}:", key=f"stage_{icon}", on_click=_keep, args=(name, changed, where)
            )
        with st.popover(_("加一页"), icon=":material/add:", key="stage_add"):
            pick.add(lambda one: _keep(name, story.with_slide(one, place), place + 1), choice)
    own = story.slides[place]
    with st.container(border=True, key="exhibit_stage"):
        preview(slide, narrowed(choice, own.choice))
    _words(name, story, own, slide, place)


def preview(slide: Slide, choice: Choice) -> None:
    """Show a slide as a page shows it."""
    st.subheader(_plain(slide.title), anchor=False)
    for text in slide.text:
        st.markdown(_plain(text))
    if slide.cards:
        cards.show(slide.cards, "stage", columns=3)
    if slide.exhibit and slide.exhibit.kind == "table":
        st.dataframe(show.readable(slide.exhibit), hide_index=True, key="stage_table")
    elif slide.exhibit:
        figure = cached.drawn(slide.exhibit, theme.mode())
        st.plotly_chart(figure, theme=None, key="stage_chart", config=show.CONFIG)


def _words(name: str, story: Arrangement, own: Planned, slide: Slide, place: int) -> None:
    """The slide's title, notes and filters, changed together."""
    key = f"{name}_{place}_{abs(hash(own))}"
    with st.form(f"stage_words_{key}", border=False):
        title = st.text_input(_("标题"), value=slide.title, key=f"stage_title_{key}", max_chars=80)
        notes = st.text_area(
            _("备注（只有放映人按 P 时可见；也写进 PPTX 备注）"), value=slide.notes, key=f"stage_notes_{key}", height=90
        )
        filters = pick.filters(key, own.choice)
        if st.form_submit_button(_("改好这一页")):
            words = {"notes": notes} if title == slide.title else {"title": title, "notes": notes}
            _keep(name, story.changed(place, Planned(own.saying(**words).declaration, filters)), place)
            st.rerun()


def _whole(name: str, story: Arrangement) -> None:
    """Save the story under a name, or go back to how it was."""
    with st.container(horizontal=True, key="stage_whole"):
        with st.popover(_("保存为"), icon=":material/save:"):
            _save(name, story)
        if name in st.session_state.get(EDITS, {}):
            st.button(_("放弃改动"), icon=":material/undo:", on_click=_drop, args=(name,))
        if name.startswith(stories.OWN):
            st.button(_("删除这个专题"), icon=":material/delete:", on_click=_delete, args=(name,))


def _save(name: str, story: Arrangement) -> None:
    own = name.removeprefix(stories.OWN) if name.startswith(stories.OWN) else ""
    chosen = st.text_input(_("专题名称"), value=own, max_chars=60, key="stage_save_name").strip()
    st.caption(_("同名的会被替换。保存的是选了什么，数字每次放映时取最新。"))
    st.button(_("保存"), type="primary", disabled=not chosen, on_click=_saved, args=(name, chosen, story))


def _saved(name: str, chosen: str, story: Arrangement) -> None:
    person = who.current_user()
    try:
        stories.save(chosen, story, person.name if person else "")
    except StoreError as error:
        st.toast(str(error), icon=":material/error:")
        return
    _drop(name)
    address.clear("page_present_story")
    st.session_state["page_present_story"] = f"{stories.OWN}{chosen}"
    st.toast(_("已保存：{name}").format(name=chosen))


def _delete(name: str) -> None:
    stories.delete(name.removeprefix(stories.OWN))
    _drop(name)
    address.clear("page_present_story")
