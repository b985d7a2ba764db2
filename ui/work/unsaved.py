"""What is typed but not saved yet: kept in the store under the person's name, so that a refresh loses nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from ui import access, cached

KIND = "unsaved"
Edits = dict[str, dict[str, Any]]


def _name(name: str) -> str:
    return f"{access.current().name}|{name}"


def kept(name: str, default: Any = None) -> Any:
    """Return what the person at the screen left unsaved under a name."""
    return cached.store().recall(KIND, _name(name), default)


def keep(name: str, value: Any) -> None:
    """Keep something unsaved under a name."""
    cached.store().remember(KIND, _name(name), value, by=access.current().name)


def forget(*names: str) -> None:
    """Drop what was kept: it has been saved, or the person gave it up."""
    for name in names:
        if kept(name) is not None:
            cached.store().forget(KIND, _name(name))


def field(key: str, default: Any = "", options: Iterable[Any] | None = None) -> dict[str, Any]:
    """Return the arguments of a widget whose value survives a refresh: its key, starting value and what a change does."""
    if key not in st.session_state:
        left = kept(key)
        allowed = options is None or left in list(options)
        st.session_state[key] = left if left is not None and allowed else default
    return {"key": key, "on_change": _keep_field, "args": (key,)}


def _keep_field(key: str) -> None:
    keep(key, st.session_state.get(key))


def editor(name: str, version: object, frame: pd.DataFrame, **options: Any) -> pd.DataFrame:
    """``st.data_editor`` whose unsaved changes survive a refresh, and somebody else's save of the same thing.

    ``name`` is the place, ``version`` what its content depends on; the caller compares with ``frame``.
    """
    key = f"{name}_{version}"
    before: Edits = st.session_state.setdefault(f"_start_{key}", kept(name, {}))
    columns = list(frame.columns)
    changed: pd.DataFrame = st.data_editor(
        _applied(frame, before), key=key, on_change=_keep_editor, args=(name, key, columns), **options
    )
    return changed


def _applied(frame: pd.DataFrame, edits: Edits) -> pd.DataFrame:
    """The frame with changes put in by place; a place that is gone is passed over."""
    if not edits:
        return frame
    made = frame.copy()
    for row, change in edits.items():
        for column, value in change.items():
            if int(row) < len(made) and int(column) < made.shape[1]:
                made.iat[int(row), int(column)] = value
    return made


def _keep_editor(name: str, key: str, columns: list[str]) -> None:
    now: Mapping[Any, Mapping[str, Any]] = st.session_state[key]["edited_rows"]
    edits: Edits = {row: dict(change) for row, change in st.session_state[f"_start_{key}"].items()}
    for row, change in now.items():
        edits.setdefault(str(row), {}).update({str(columns.index(column)): value for column, value in change.items()})
    keep(name, edits)
