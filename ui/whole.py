"""A whole page as files: every figure that the page shows, in the order of the page."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from exports import evidence as proof
from exports.plans import Material
from exports.story import Story, of_exhibits
from tidy.exhibit import Exhibit
from tidy.language import _
from ui import menu
from ui.choice import Choice
from ui.stage import files, stories

SHOWN = "_page_exhibits"


def begin() -> None:
    """Forget the figures of the page before."""
    st.session_state[SHOWN] = {}


def add(key: str, shown: Exhibit) -> None:
    """Note that the page shows this figure; one shown again stands once."""
    st.session_state.setdefault(SHOWN, {})[key] = shown


def offer(title: str, choice: Choice) -> None:
    """Offer the page's figures as files; nothing where it shows none."""
    shown = tuple(st.session_state.get(SHOWN, {}).values())
    if not shown:
        return
    label = _("下载本页（{count} 个图表）").format(count=len(shown))
    menu.lazy(
        label, ":material/download:", "download_page",
        lambda: files.buttons("page", title, lambda: _story(shown, title, choice)),
    )  # fmt: skip


def _story(shown: tuple[Exhibit, ...], title: str, choice: Choice) -> tuple[Story, Material]:
    """The figures as a story, with the printed lines behind them whatever the page's filters are."""
    ids = tuple(dict.fromkeys(one for exhibit in shown for one in exhibit.observation_ids))
    everything = stories.evidence_of(ids, stories.pinned(choice).as_of)
    sourced = [proof.sourced(one, everything.evidence) for one in shown]
    story = of_exhibits(*sourced, title=title, vintage=everything.vintage)
    return replace(story, version=everything.version), everything
