"""Files that come with the program to try things out: their drafts are marked and never published."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from tidy.schema import DATA

FOLDER = DATA / "samples"


@lru_cache(maxsize=1)
def files() -> dict[str, Path]:
    """Return the sample files by name; none where they are not shipped."""
    found = sorted(FOLDER.glob("*")) if FOLDER.is_dir() else []
    return {path.name: path for path in found if path.suffix.lower() in (".xlsx", ".docx", ".txt", ".csv", ".pdf")}


@lru_cache(maxsize=1)
def _hashes() -> frozenset[str]:
    return frozenset(hashlib.sha256(path.read_bytes()).hexdigest() for path in files().values())


def is_sample(content: bytes) -> bool:
    """Tell whether a file is one of the samples, whatever it is called and however it came in."""
    return hashlib.sha256(content).hexdigest() in _hashes()
