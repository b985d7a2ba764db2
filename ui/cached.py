"""The only home of what is kept between runs: the open store, reference tables, figures, exhibits.

Frames are shared between sessions and never changed in place; every key
holds the store's ``load_id``, which a release changes, so nobody reads yesterday's figures.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from copy import copy
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from charts.draw import draw
from charts.drawing import Figure
from store import Release, Store, open_store
from store.releases import is_known
from tidy import language
from tidy.exhibit import Exhibit
from tidy.language import _
from tidy.schema import DATA, Reference
from ui import elsewhere, theme
from ui.access import gate, guard
from ui.choice import Choice
from ui.kept import Aside, Same, forget, is_kept, kept, put

FRAMES = 256
MANY = 1024  # exhibits and what else is made for a choice: small things
PATIENCE = 0.2  # seconds for which a page believes that no other process has published: one question a run, not thirty
LARGE = 64  # frames of figures that are kept; exhibits are small, these are not
Make = Callable[..., Exhibit]


@st.cache_resource(show_spinner=False)
def unguarded() -> Store:
    """Return the one open store of this process; for ui/access alone, which asks it who somebody is."""
    forget()
    found = open_store()
    found.reader.patience = PATIENCE
    return found


def is_served(load_id: str) -> bool:
    """Tell whether these are the figures that this process reads, asking anew where it believed in others."""
    reader = unguarded().reader
    return load_id == reader.load_id() or load_id == reader.current().load_id


def served_id() -> str:
    """Return the load id, which changes with the figures served; anybody who is let in may know it, so no guard is asked."""
    return unguarded().load_id()


def store() -> Store:
    """Return the one open store of this process as the person at the screen may use it."""
    return guard.guarded(unguarded(), gate.current)


@kept(8)
def _reference(load_id: str, as_of: str) -> Reference:
    asked = as_of or None
    return Reference(*map(plain, (store().reporters(asked), store().indicators(asked), store().sources(asked))))


def plain(table: pd.DataFrame) -> pd.DataFrame:
    """Return the same with texts as plain objects: pandas lays such columns together and picks rows of all of them at once."""
    texts = {name: object for name, kind in table.dtypes.items() if isinstance(kind, pd.StringDtype)}
    return table.astype(texts).copy()  # copying lays them together


def reference(choice: Choice | None = None) -> Reference:
    """Return reporters, indicators and sources as known at the chosen vintage."""
    return _reference(served_id(), choice.as_of if choice else "")


@kept(MANY)
def _made(load_id: str, lang: str, choice: Choice, name: str, args: tuple[Any, ...], make: Aside) -> Any:
    made = make.it(choice, *args)
    if not isinstance(made, Exhibit):
        return made
    return replace(made, options={**made.options, "made_by": (name, args)})  # so that a story can make it again


def _keys(*wanted: tuple[Any, ...]) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """What is wanted, ``(make, choice, *args)`` each, by its place among what is kept: of one release and language."""
    of = served_id(), language.current()
    return {(*of, choice, f"{make.__module__}.{make.__qualname__}", tuple(args), Aside(make)): (make, choice, *args)
            for make, choice, *args in wanted}  # fmt: skip


def made(make: Callable[..., Any], choice: Choice, *args: Any) -> Any:
    """Return whatever ``make(choice, *args)`` makes, once a release, language and choice."""
    keys = _keys((make, choice, *args))
    _ask_for(keys)
    (key,) = keys
    return _made(*key)


def exhibit(make: Make, choice: Choice, *args: Any) -> Exhibit:
    """Return ``make(choice, *args)``, computed once a release, language and choice."""
    found: Exhibit = made(make, choice, *args)
    return found


def ahead(*wanted: tuple[Any, ...]) -> None:
    """Have what a page is about to ask for, ``(make, choice, *args)`` each, made together by the second process.

    One question for all is answered sooner than several: between two, others have their turn. Without a
    second process, or where it cannot answer, nothing is done; each is then made when it is asked for.
    """
    if elsewhere.ready():
        _ask_for(_keys(*wanted))


def _ask_for(keys: dict[tuple[Any, ...], tuple[Any, ...]]) -> None:
    missing = [key for key in keys if not is_kept(_made, *key)] if elsewhere.ready() else []
    if not missing:
        return
    (load_id, lang, *_rest), mode = missing[0], theme.mode()
    with suppress(elsewhere.Unavailable):
        answers = elsewhere.ask(elsewhere.Question(load_id, lang, mode, tuple(keys[key] for key in missing)))
        for key, (found, shown) in zip(missing, answers, strict=True):
            put(_made, found, *key)
            if isinstance(shown, Figure):
                put(_drawn, shown, Same(found), mode)
            elif shown is not None:
                put(_listed, shown, Same(found), lang, Aside(None))


# Exhibits come from the cache, so identity is their key.
@kept(MANY)
def _drawn(exhibit: Same, mode: str) -> Figure:
    return draw(exhibit.it, mode)


def drawn(exhibit: Exhibit, mode: str) -> Figure:
    """Return the figure of an exhibit in a theme."""
    return _drawn(Same(exhibit), mode)


@kept(FRAMES)
def _listed(exhibit: Same, lang: str, make: Aside) -> pa.Table:
    return sent(make.it(exhibit.it))


def listed(exhibit: Exhibit, make: Callable[[Exhibit], pd.DataFrame]) -> pa.Table:
    """Return ``make(exhibit)``, the rows that a reader sees, as they are sent."""
    return _listed(Same(exhibit), language.current(), Aside(make))


def sent(rows: pd.DataFrame) -> pa.Table:
    """Return rows as they are sent to a browser: a table that many look at is put into this form once."""
    return pa.Table.from_pandas(rows, preserve_index=False)


@kept(64)
def _exported(exhibit: Same, lang: str, ending: str, make: Aside) -> bytes:
    made: bytes = make.it(exhibit.it)
    return made


def exported(exhibit: Exhibit, lang: str, ending: str, make: Callable[[Exhibit], bytes]) -> bytes:
    """Return the bytes of a download, made once a format and language."""
    return _exported(Same(exhibit), lang, ending, Aside(make))


@kept(FRAMES)
def _by_id(load_id: str, ids: tuple[str, ...], as_of: str) -> pd.DataFrame:
    everything = store().observations(ids=list(ids), as_of=as_of or None)
    order = {name: place for place, name in enumerate(ids)}
    return everything.sort_values("observation_id", key=lambda column: column.map(order))


def observations_by_id(ids: tuple[str, ...], as_of: str = "") -> pd.DataFrame:
    """Return the observations with these ids as known at a vintage, in this order; withdrawn ones are missing."""
    return _by_id(served_id(), ids, as_of)


@kept(8)
def _years(load_id: str) -> tuple[int, ...]:
    found = store().aggregate(["year"])["year"].dropna()
    return tuple(sorted({int(year) for year in found}, reverse=True))


def years() -> tuple[int, ...]:
    """Return the years in which some figure's period ends, newest first."""
    return _years(served_id())


@kept(8)
def _names(load_id: str, lang: str, as_of: str) -> dict[str, str]:
    indicators = _reference(load_id, as_of).indicators
    return {row.indicator_id: language.pick(row.name, row.name_en) for row in indicators.itertuples()}


def indicator_names(choice: Choice) -> dict[str, str]:
    """Return the name of each indicator in the reader's language."""
    return _names(served_id(), language.current(), choice.as_of)


@kept(2)
def _releases(load_id: str) -> tuple[Release, ...]:
    return tuple(release for release in store().releases() if is_known(release))


def releases() -> tuple[Release, ...]:
    """Return the releases that readers know, oldest first; one under embargo is not among them yet."""
    return _releases(served_id())


@kept(64)
def _page(home: str, path: str, said: tuple[tuple[str, Any], ...]) -> st.Page:  # type: ignore[valid-type]
    return st.Page(path, **dict(said))


def page(path: str, **said: Any) -> st.Page:  # type: ignore[valid-type]
    """Return a new ``st.Page``: to look for fifteen files takes a tenth of a run whose figures are known."""
    run = get_script_run_ctx()
    return copy(_page(str(run.pages_manager.main_script_parent) if run else "", path, tuple(said.items())))


@kept(24)
def _derived(key: tuple[str, ...], lang: str, make: Aside) -> Any:
    return make.it()


def derived(key: tuple[str, ...], make: Callable[[], Any]) -> Any:
    """Return what ``make`` works out of a stored file; ``key`` names the file by its hash and what was asked."""
    return _derived(key, language.current(), Aside(make))


@kept(16)
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
    everything = _annotations()
    if indicator_id not in set(everything["indicator_id"]):
        return None
    found = everything[everything["indicator_id"] == indicator_id]
    return found.assign(label=[language.pick(r.label, r.label_en) for r in found.itertuples()])
