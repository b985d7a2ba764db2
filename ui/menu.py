"""A menu that is filled only while it is open: what a closed one holds is neither made nor sent."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

# A press outside an open menu tells the server that it closed, in the name of the page that is shown; after a press
# on a link to another page that second message would call the reader back. So a link counts as part of the menu.
LINKS = """export default function () {
  for (const one of document.querySelectorAll('[data-testid="stSidebarNav"], [data-testid="stPageLink"]'))
    one.setAttribute("data-st-overlay-root", "true");
}"""
_links = st.components.v2.component("pilots.links_in_menus", js=LINKS)


def lazy(label: str, icon: str, key: str, fill: Callable[[], None]) -> None:
    """Show a menu; ``fill`` makes its content when it is opened."""
    with st.popover(label, icon=icon, key=key, on_change="rerun") as menu:
        if menu.open:
            fill()
            _links(key=f"links_{key}")
