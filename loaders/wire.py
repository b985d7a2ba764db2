"""What crosses between the reading process and its host: JSON, and Arrow for tables; never a pickle.

A pickle runs what its writer likes. Here only plain values, tables and the classes of :data:`CLASSES` can be
written or read, so that a library taken over inside the reading process cannot run anything in its host.
"""

from __future__ import annotations

import datetime as dt
import importlib
import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path, PurePath
from typing import Any

CLASSES = {
    "Problem": "tidy.problems", "Reference": "tidy.schema", "Refused": "loaders.refusal", "Loaded": "loaders.loaded",
    "Wishes": "loaders.loading", "Annotated": "loaders.annotate", "Piece": "loaders.report_text.model",
}  # fmt: skip
MOST = 1 << 30  # bytes of one message


class NotOurs(ValueError):
    """Raised for a message that :func:`pack` did not make, or a value that it does not know."""


def pack(message: Any) -> bytes:
    """Return a message as bytes; raises :class:`NotOurs` for a value of another kind."""
    parts: list[bytes] = []
    text = json.dumps(written(message, parts), ensure_ascii=False).encode("utf-8", "surrogatepass")
    head = [len(text), *map(len, parts)]
    return b"".join([len(head).to_bytes(4, "big"), *(size.to_bytes(8, "big") for size in head), text, *parts])


def unpack(content: bytes) -> Any:
    """Return the message that :func:`pack` wrote; raises :class:`NotOurs` for anything else."""
    try:
        view = memoryview(content)
        count = int.from_bytes(view[:4], "big")
        sizes = [int.from_bytes(view[at : at + 8], "big") for at in range(4, 4 + 8 * min(count, len(view)), 8)]
        parts, at = [], 4 + 8 * count
        for size in sizes:
            parts.append(view[at : at + size])
            at += size
        return read(json.loads(bytes(parts[0]).decode("utf-8", "surrogatepass")), parts[1:])
    except Exception as error:  # whatever a forged message makes of the readers below
        raise NotOurs(type(error).__name__) from error


def _tables() -> Any:
    """The module for tables: pandas takes half a second to import, which a reader of plain cells does not need."""
    from loaders import wire_tables

    return wire_tables


def written(value: Any, parts: list[bytes]) -> Any:
    """Return a value as JSON knows it; what it does not know is ``{kind: …}``, bytes and tables stand in ``parts``."""
    if value is None or type(value) in (str, bool, int, float):
        return value
    if type(value) is list:
        return [written(one, parts) for one in value]
    if type(value).__name__ == "DataFrame":
        return {"table": _tables().write(value, parts)}
    if (is_dataclass(value) and not isinstance(value, type)) or type(value).__name__ == "Refused":
        return {"class": [_known(value), *(written(one, parts) for one in _state(value))]}
    for kind, (types, plain, _back) in KINDS.items():
        if isinstance(value, types):
            return {kind: written(plain(value), parts)}
    if isinstance(value, bytes | bytearray | memoryview):
        parts.append(bytes(value))
        return {"bytes": len(parts) - 1}
    if isinstance(value, str):  # a kind of text, such as the name of an error value
        return str.__str__(value)
    if hasattr(value, "item"):  # a number of numpy's
        return written(value.item(), parts)
    raise NotOurs(type(value).__name__)


def read(value: Any, parts: list[memoryview]) -> Any:
    """Return the value that :func:`written` wrote."""
    if isinstance(value, list):
        return [read(one, parts) for one in value]
    if not isinstance(value, dict):
        return value
    ((kind, said),) = value.items()
    if kind == "bytes":
        return bytes(parts[said])
    if kind == "table":
        return _tables().read(said, parts)
    if kind == "class":
        module = CLASSES[said[0]]
        return getattr(importlib.import_module(module), said[0])(*(read(one, parts) for one in said[1:]))
    return KINDS[kind][2](read(said, parts))


Kind = tuple[type | tuple[type, ...], Callable[[Any], Any], Callable[[Any], Any]]
# What JSON lacks: types, how they are written, how they are read. A moment is a date too, so it stands first.
KINDS: dict[str, Kind] = {
    "tuple": (tuple, list, tuple),
    "dict": (Mapping, lambda value: [list(pair) for pair in value.items()], dict),
    "set": ((set, frozenset), list, frozenset),
    "path": (PurePath, str, Path),
    "moment": (dt.datetime, dt.datetime.isoformat, dt.datetime.fromisoformat),
    "date": (dt.date, dt.date.isoformat, dt.date.fromisoformat),
    "time": (dt.time, dt.time.isoformat, dt.time.fromisoformat),
    "span": (dt.timedelta, dt.timedelta.total_seconds, lambda seconds: dt.timedelta(seconds=seconds)),
}


def _known(value: Any) -> str:
    name = type(value).__name__
    if CLASSES.get(name) != type(value).__module__:
        raise NotOurs(name)
    return name


def _state(value: Any) -> list[Any]:
    if is_dataclass(value):
        return [getattr(value, field.name) for field in fields(value)]
    return [value.problem.code, value.problem.message, value.problem.advice]
