"""The page's address: what is chosen stands in the URL, so that a link reproduces the view.

A widget bound with :func:`bind` starts from its query parameter and :func:`write` puts every
bound widget back into the address; Streamlit drops the query when the page changes, the
session keeps it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from tidy import language

BOUND, CALLED, CALLING = "_bound", "_called", "_calling"
SEPARATOR = "~"


def bind(
    key: str,
    parameter: str,
    allowed: Iterable[Any] | None = None,
    *,
    many: bool = False,
    words: Callable[[Any], str | None] | None = None,
) -> None:
    """Tie the widget ``key`` to a query parameter before the widget is made.

    Values that are not in ``allowed`` are ignored (a stale or forged link shows what it can).
    ``words`` says what a value is called, where that changes with more than the language.
    """
    bound = st.session_state.setdefault(BOUND, {})
    bound[key] = parameter
    options = None if allowed is None else {str(value): value for value in allowed}
    if key not in st.session_state and parameter in st.query_params:
        texts = st.query_params[parameter].split(SEPARATOR) if many else [st.query_params[parameter]]
        values = texts if options is None else [options[text] for text in texts if text in options]
        if values:
            st.session_state[key] = values if many else values[0]
    if options is not None:
        renamed = _renamed(key, options.values(), words)
        if key in st.session_state:
            _keep(key, set(options.values()), renamed, many)


def _renamed(key: str, allowed: Collection[Any], words: Callable[[Any], str | None] | None) -> set[Any]:
    """Return the values that are called otherwise than in the last run that came to its end."""
    before = st.session_state.get(CALLED, {}).get(key)
    now = {one: words(one) for one in allowed} if words else language.current()
    st.session_state.setdefault(CALLING, {})[key] = now
    if isinstance(before, dict) and isinstance(now, dict):
        return {one for one, word in now.items() if before.get(one, word) != word}
    return set() if before in (None, now) else set(allowed)


def _keep(key: str, allowed: set[Any], renamed: set[Any], many: bool) -> None:
    """Keep what is chosen and known; tell the browser only what it cannot know.

    What a run writes, the browser sets anew and draws again. But it names what is chosen by its words: where these
    have changed, the next choice would come in words that nobody knows any more.
    """
    value = st.session_state[key]
    chosen = value if many else [value]
    known = [one for one in chosen if one in allowed]
    if not known and not many:
        del st.session_state[key]
    elif len(known) < len(chosen) or not renamed.isdisjoint(known):
        st.session_state[key] = known if many else value


def write() -> None:
    """Put every bound widget's value into the address; empty ones leave it. A run ends with it."""
    st.session_state.setdefault(CALLED, {}).update(st.session_state.pop(CALLING, {}))
    for key, parameter in st.session_state.get(BOUND, {}).items():
        text = _text(st.session_state.get(key))
        if text:
            if st.query_params.get(parameter) != text:
                st.query_params[parameter] = text
        elif parameter in st.query_params:
            del st.query_params[parameter]


def forget(prefix: str) -> None:
    """Unbind the widgets of other pages, so that their parameters leave the address."""
    bound = st.session_state.get(BOUND, {})
    for key in [key for key in bound if key.startswith("page_") and not key.startswith(prefix)]:
        parameter = bound.pop(key)
        if parameter in st.query_params and parameter not in bound.values():
            del st.query_params[parameter]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return SEPARATOR.join(str(item) for item in value)
    return str(value)


def link() -> str:
    """Return the query of the present view, to append to the page's address."""
    query = {name: st.query_params[name] for name in st.query_params}
    return f"?{urlencode(query)}" if query else ""


def clear(*keys: str) -> None:
    """Empty the widgets ``keys`` (a callback of the reset button)."""
    for key in keys:
        st.session_state.pop(key, None)
        parameter = st.session_state.get(BOUND, {}).get(key)
        if parameter in st.query_params:
            del st.query_params[parameter]
