"""加入演示: a figure of any page becomes a slide of one's own show."""

from __future__ import annotations

import inspect
from dataclasses import replace

import streamlit as st

from exports.plans import BUILDERS
from tidy.exhibit import Exhibit
from tidy.language import _
from ui.choice import Choice
from ui.stage.arrangement import Arrangement, Planned, planned

NAME = "basket"
EDITS = "_stage_edits"
# What a story hands to every builder; the rest is what a page has asked for.
GIVEN = ("figures", "indicators", "reporters", "pilots", "expected", "printed")
ALSO = {"pairs": "printed_and_recomputed", "every_dot_by_city": "dots", "dots_by_city": "dots"}


def empty() -> Arrangement:
    """Return the show to which figures are added, before the first."""
    return Arrangement(NAME, _("我的演示"))


def waiting() -> bool:
    """Tell whether something was added in this session."""
    return NAME in st.session_state.get(EDITS, {})


def slide(shown: Exhibit, choice: Choice) -> Planned | None:
    """Return the slide that shows the same figure; ``None`` for one that no story can make."""
    made, args = shown.options.get("made_by", ("", ()))
    name = ALSO.get(made.rpartition(".")[2], made.rpartition(".")[2])
    if name not in BUILDERS:
        return None
    asked = [one for one in inspect.signature(BUILDERS[name]).parameters if one not in GIVEN]
    given = {one: list(value) if isinstance(value, tuple) else value for one, value in zip(asked, args, strict=False)}
    own = replace(choice, as_of="")
    return planned({"builder": name, "with": given, "title": _braces(shown.meta.title)}, own)


def _braces(title: str) -> str:
    return title.replace("{", "{{").replace("}", "}}")


def add(one: Planned) -> None:
    """Add a slide behind the last one of the show, and say so."""
    edits = st.session_state.setdefault(EDITS, {})
    show: Arrangement = edits.get(NAME) or empty()
    edits[NAME] = show.with_slide(one, len(show.slides) - 1)
    st.session_state["page_present_story"] = NAME
    count = len(edits[NAME].slides)
    st.toast(
        _("已加入演示（共 {count} 页），到“会议演示”里排页和放映。").format(count=count), icon=":material/slideshow:"
    )


def button(shown: Exhibit, choice: Choice, key: str) -> None:
    """Show the button that adds a figure to one's show."""
    found = slide(shown, choice)
    if found:
        st.button(_("加入演示"), icon=":material/slideshow:", key=f"stage_take_{key}", on_click=add, args=(found,))
