"""What is typed but not saved yet: kept in the store under the person's name, so that a refresh loses nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from typing import Any

import pandas as pd
import streamlit as st

from ui import cached
from ui.access import gate

KIND = "unsaved"
Edits = dict[str, dict[str, Any]]


def _name(name: str) -> str:
    return f"{gate.current().name}|{name}"


def kept(name: str, default: Any = None) -> Any:
    """Return what the person at the screen left unsaved under a name."""
    return cached.store().recall(KIND, _name(name), default)


def keep(name: str, value: Any) -> None:
    """Keep something unsaved under a name."""
    cached.store().remember(KIND, _name(name), value, by=gate.current().name)


def forget(*names: str) -> None:
    """Drop what was kept: it has been saved, or the person gave it up."""
    for name in names:
        if kept(name) is not None:
            cached.store().forget(KIND, _name(name))


def field(
    key: str, default: Any = "", options: Iterable[Any] | None = None, *, read: Callable[[Any], Any] | None = None
) -> dict[str, Any]:
    """Return the arguments of a widget whose value survives a refresh: its key and what a change does.

    What was kept counts where it is among ``options``; ``read`` turns a kept date or time back into one.
    """
    if key not in st.session_state:
        left = kept(key)
        known = None if options is None else list(options)
        allowed = known is None or all(one in known for one in (left if isinstance(left, list) else [left]))
        value = left if left is not None and allowed else None
        st.session_state[key] = default if value is None else read(value) if read else value
    return {"key": key, "on_change": _keep_field, "args": (key,)}


def _keep_field(key: str) -> None:
    value = st.session_state.get(key)
    keep(key, value.isoformat() if isinstance(value, date | time) else value)


def editor(name: str, version: object, frame: pd.DataFrame, **options: Any) -> pd.DataFrame:
    """``st.data_editor`` whose unsaved changes survive a refresh, and somebody else's save of the same thing.

    ``name`` is the place, ``version`` what its content depends on; the caller compares with ``frame``.
    """
    key = f"{name}_{version}"
    before: Edits = st.session_state.setdefault(f"_start_{key}", kept(name, {}))
    columns = list(frame.columns)
    changed: pd.DataFrame = st.data_editor(
        _applied(frame, before), key=key, on_change=_keep_editor, args=(name, key, columns), placeholder="", **options
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
