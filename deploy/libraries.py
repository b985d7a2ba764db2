"""The pinned libraries, as requirements.txt and the installed ones tell of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Library:
    """A pinned library."""

    name: str
    version: str
    licence: str
    hashes: tuple[str, ...]


def libraries(requirements: Path = ROOT / "requirements.txt") -> list[Library]:
    """Return the pinned libraries by name, with the licence that the installed one states."""
    text = requirements.read_text(encoding="utf-8")
    starts = list(PINNED.finditer(text))
    ends = [*(start.start() for start in starts[1:]), len(text)]
    return [
        Library(start[1], start[2], licence(start[1]), tuple(HASH.findall(text[start.end() : end])))
        for start, end in zip(starts, ends, strict=True)
    ]


def licence(name: str) -> str:
    """Return what an installed library says of its licence; '' where it is not installed here."""
    try:
        said: Any = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    classified = [
        line.rpartition(" :: ")[2] for line in said.get_all("Classifier", []) if line.startswith("License ::")
    ]
    stated = (said.get("License") or "").strip().partition("\n")[0]
    return str(said.get("License-Expression") or ", ".join(classified) or stated or "?")
