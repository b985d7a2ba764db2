"""Views saved under a name: a page's address, for its maker and everyone else to open again."""

from __future__ import annotations

from urllib.parse import parse_qsl

import streamlit as st

from store.base import View
from tidy.language import _
from ui import address, cached, dialog, who

LONGEST = 60


def offer(page: str) -> None:
    """Offer to save the view on screen, and list the saved ones of every page."""
    if st.button(_("常用视图"), icon=":material/bookmark:", key="saved_views"):
        dialog.show(_("常用视图"), lambda: _contents(page), icon=":material/bookmark:")


def _contents(page: str) -> None:
    _save(page)
    for view in cached.store().views():
        _listed(view)


def _save(page: str) -> None:
    if who.current_user() is None:
        who.ask()
        return
    name = st.text_input(
        _("把现在的画面存成"), max_chars=LONGEST, key="saved_name", placeholder=_("例如：各市入会率排名")
    )
    st.button(
        _("保存"), key="saved_save", icon=":material/bookmark_add:", on_click=_keep, args=(page,), disabled=not name
    )


def _keep(page: str) -> None:
    """Save in the callback, so that the list below shows the new view at once."""
    person = who.current_user()
    name = str(st.session_state.get("saved_name", "")).strip()
    if person and name:
        cached.store().save_view(name, page, address.link().removeprefix("?"), owner=person.name)
        st.session_state["saved_name"] = ""


def _listed(view: View) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"saved_{view.id}"):
        st.page_link(f"pages/{view.page}.py", label=view.name, query_params=parse_qsl(view.query), help=view.owner)
        person = who.current_user()
        if person and person.name == view.owner:
            st.button(
                _("删除"),
                key=f"saved_delete_{view.id}",
                type="tertiary",
                on_click=cached.store().delete_view,
                args=(view.id,),
            )
