"""The only home of Streamlit's caches: the open store, reference tables, figures, exhibits.

Frames are shared between sessions (``cache_resource``) and never changed in place; every key
holds the store's ``load_id``, which a release changes, so nobody reads yesterday's figures.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from charts.draw import draw
from store import Store, open_store
from tidy import language
from tidy.exhibit import Exhibit
from tidy.language import _
from tidy.schema import DATA, Reference
from ui import access
from ui.choice import Choice

FRAMES = 256
Make = Callable[..., Exhibit]


@st.cache_resource(show_spinner=False)
def unguarded() -> Store:
    """Return the one open store of this process; for ui/access alone, which asks it who somebody is."""
    return open_store()


def store() -> Store:
    """Return the one open store of this process as the person at the screen may use it."""
    return access.guarded(unguarded(), access.current)


@st.cache_resource(max_entries=8, show_spinner=False)
def _reference(load_id: int, as_of: str) -> Reference:
    asked = as_of or None
    return Reference(store().reporters(asked), store().indicators(asked), store().sources(asked))


def reference(choice: Choice | None = None) -> Reference:
    """Return reporters, indicators and sources as known at the chosen vintage."""
    return _reference(store().load_id(), choice.as_of if choice else "")


@st.cache_resource(max_entries=FRAMES, show_spinner=False)
def _figures(load_id: int, choice: Choice, wanted: tuple[tuple[str, tuple[str, ...]], ...]) -> pd.DataFrame:
    return store().observations(as_of=choice.as_of or None, **choice.filters(), **dict(wanted))


def figures(choice: Choice, **wanted: tuple[str, ...]) -> pd.DataFrame:
    """Return the observations of a choice; ``wanted`` narrows by indicators, groups or reporters."""
    return _figures(store().load_id(), choice, tuple(sorted(wanted.items())))


@st.cache_resource(max_entries=FRAMES, show_spinner=False)
def _exhibit(load_id: int, lang: str, choice: Choice, name: str, args: tuple[Any, ...], _make: Make) -> Exhibit:
    return _make(choice, *args)


def exhibit(make: Make, choice: Choice, *args: Any) -> Exhibit:
    """Return ``make(choice, *args)``, computed once a release, language and choice."""
    name = f"{make.__module__}.{make.__qualname__}"
    return _exhibit(store().load_id(), language.current(), choice, name, args, make)


@st.cache_resource(max_entries=FRAMES, show_spinner=False)
def _made(load_id: str, lang: str, choice: Choice, name: str, args: tuple[Any, ...], _make: Callable[..., Any]) -> Any:
    return _make(choice, *args)


def made(make: Callable[..., Any], choice: Choice, *args: Any) -> Any:
    """Return whatever ``make(choice, *args)`` makes, once a release, language and choice."""
    name = f"{make.__module__}.{make.__qualname__}"
    return _made(store().load_id(), language.current(), choice, name, args, make)


@st.cache_resource(max_entries=FRAMES, show_spinner=False, hash_funcs={Exhibit: id})
def drawn(exhibit: Exhibit, mode: str) -> go.Figure:
    """Return the figure of an exhibit in a theme; exhibits come from the cache, so identity is their key."""
    return draw(exhibit, mode)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs={Exhibit: id})
def exported(exhibit: Exhibit, lang: str, ending: str, _make: Callable[[Exhibit], bytes]) -> bytes:
    """Return the bytes of a download, made once a format and language."""
    return _make(exhibit)


@st.cache_resource(max_entries=FRAMES, show_spinner=False)
def _by_id(load_id: int, ids: tuple[str, ...]) -> pd.DataFrame:
    everything = store().observations(ids=list(ids))
    order = {name: place for place, name in enumerate(ids)}
    return everything.sort_values("observation_id", key=lambda column: column.map(order))


def observations_by_id(ids: tuple[str, ...]) -> pd.DataFrame:
    """Return the observations with these ids, in this order; withdrawn ones are missing."""
    return _by_id(store().load_id(), ids)


@st.cache_resource(max_entries=8, show_spinner=False)
def _years(load_id: int) -> tuple[int, ...]:
    found = store().aggregate(["year"])["year"].dropna()
    return tuple(sorted({int(year) for year in found}, reverse=True))


def years() -> tuple[int, ...]:
    """Return the years in which some figure's period ends, newest first."""
    return _years(store().load_id())


@st.cache_resource(max_entries=FRAMES, show_spinner=False)
def _counts(load_id: int, choice: Choice, groups: tuple[str, ...]) -> dict[str, int]:
    found = store().aggregate(["indicator_id"], as_of=choice.as_of or None, groups=list(groups), **choice.filters())
    ordered = found.sort_values(["n", "indicator_id"], ascending=[False, True])
    return {str(row.indicator_id): int(row.n) for row in ordered.itertuples()}


def indicator_counts(choice: Choice, groups: tuple[str, ...]) -> dict[str, int]:
    """Return how many figures each indicator of the groups has in a choice, most first."""
    return _counts(store().load_id(), choice, groups)


@st.cache_resource(max_entries=24, show_spinner=False)
def _derived(key: tuple[str, ...], lang: str, _make: Callable[[], Any]) -> Any:
    return _make()


def derived(key: tuple[str, ...], make: Callable[[], Any]) -> Any:
    """Return what ``make`` works out of a stored file; ``key`` names the file by its hash and what was asked."""
    return _derived(key, language.current(), make)


@st.cache_resource(max_entries=16, show_spinner=False)
def changes(before: int, after: int) -> dict[str, int]:
    """Return how many figures a release added, changed and withdrew, by a word for each."""
    words = {"added": _("新增"), "changed": _("修改"), "withdrawn": _("撤回")}
    counts = store().diff(before, after)["change"].value_counts()
    return {word: int(counts[kind]) for kind, word in words.items() if kind in counts}


@lru_cache(maxsize=1)
def _annotations() -> pd.DataFrame:
    return pd.read_csv(DATA / "annotations.csv", dtype=str, keep_default_na=False)


def annotations(indicator_id: str) -> pd.DataFrame | None:
    """Return the remarks that stand on an indicator's charts (axis, at, label), ``None`` without any."""
    found = _annotations()[_annotations()["indicator_id"] == indicator_id]
    if found.empty:
        return None
    return found.assign(label=[language.pick(r.label, r.label_en) for r in found.itertuples()])
