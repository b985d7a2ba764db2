"""The page's address: what is chosen stands in the URL, so that a link reproduces the view.

A widget bound with :func:`bind` starts from its query parameter and :func:`write` puts every
bound widget back into the address; Streamlit drops the query when the page changes, the
session keeps it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

import streamlit as st

BOUND = "_bound"
SEPARATOR = "~"


def bind(key: str, parameter: str, allowed: Iterable[Any] | None = None, *, many: bool = False) -> None:
    """Tie the widget ``key`` to a query parameter before the widget is made.

    Values that are not in ``allowed`` are ignored (a stale or forged link shows what it can).
    """
    bound = st.session_state.setdefault(BOUND, {})
    bound[key] = parameter
    options = None if allowed is None else {str(value): value for value in allowed}
    if key not in st.session_state and parameter in st.query_params:
        texts = st.query_params[parameter].split(SEPARATOR) if many else [st.query_params[parameter]]
        values = texts if options is None else [options[text] for text in texts if text in options]
        if values:
            st.session_state[key] = values if many else values[0]
    elif key in st.session_state and options is not None:
        _drop_unknown(key, set(options.values()), many)


def _drop_unknown(key: str, allowed: set[Any], many: bool) -> None:
    value = st.session_state[key]
    if many:
        known = [item for item in value if item in allowed]
        if len(known) < len(value):  # what a run writes, the browser sets anew and draws again
            st.session_state[key] = known
    elif value not in allowed:
        del st.session_state[key]


def write() -> None:
    """Put every bound widget's value into the address; empty ones leave it."""
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
