"""The show itself: one component that holds the whole deck, and the watch that renews a wall display."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from exports import engine
from ui import cached

HERE = Path(__file__).parent
SCRIPTS = ("slide", "drawer", "stage", "ears", "mount")
FROZEN = "_stage_frozen"
WATCH_SECONDS = 10
_stage = st.components.v2.component(
    "pilots.stage",
    js="\n".join((HERE / "js" / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS),
    css=(HERE / "stage.css").read_text(encoding="utf-8"),
    isolate_styles=False,
)


@dataclass(frozen=True, slots=True)
class Settings:
    """How a show runs: by itself or by hand, seconds a slide, round and round, as a wall display."""

    play: bool = False
    seconds: int = 15
    loop: bool = False
    wall: bool = False


def frozen(asked: tuple[Any, ...], make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Return the deck that this visit began with; another one only when something else is asked for."""
    kept = st.session_state.get(FROZEN)
    if kept is None or kept[0] != asked:
        kept = st.session_state[FROZEN] = (asked, make())
    deck: dict[str, Any] = kept[1]
    return deck


def forget() -> None:
    """Let the next show begin with the figures of its own moment."""
    st.session_state.pop(FROZEN, None)


def show(deck: dict[str, Any], settings: Settings, leave: Callable[[], None]) -> None:
    """Cover the window with the deck until the presenter leaves; ``leave`` is called then."""
    options = {"play": settings.play, "seconds": settings.seconds, "loop": settings.loop, "wall": settings.wall}
    _stage(
        data={"deck": deck, "settings": options, "engine": engine.script()},
        key="stage_wall" if settings.wall else "stage",
        on_left_change=leave,
    )


def watch() -> None:
    """Look every few seconds whether a release was published; if so, make the page (and its deck) anew."""
    shown = cached.store().load_id()

    @st.fragment(run_every=WATCH_SECONDS)
    def look() -> None:
        if cached.store().load_id() != shown:
            st.rerun()

    look()
