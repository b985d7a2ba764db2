"""Where a figure was printed: the source's title, and the sentence where the original is at hand.

The project ships figures and short phrases, not the documents. A report that was uploaded is
kept in the store, so its sentence opens; the five shipped documents open too where
``PILOTS_SOURCES`` names a folder that holds them unchanged (sha256).
"""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from loaders.refusal import Refused
from store import StoreError
from ui import cached

AROUND = 60
STOPS = "。！？；\n"


def title(source_id: str) -> str:
    """Return the title of a source, or its id where it is not registered."""
    sources = cached.reference().sources
    found = sources.loc[sources["source_id"] == source_id, "title"]
    return str(found.iloc[0]) if len(found) else source_id


def printed(row: Any) -> tuple[str, str, str]:
    """Return the printed phrase between what stands before and after it in its sentence, where that is at hand."""
    before, after = _sentence(str(row.source_id), str(row.locator))
    return before, str(row.as_printed), after


def printed_html(row: Any) -> str:
    """Return the printed phrase, inside its sentence where the original text is at hand."""
    before, phrase, after = map(escape, printed(row))
    return f'<div class="evidence">{before}<mark>{phrase}</mark>{after}</div>'


def _sentence(source_id: str, locator: str) -> tuple[str, str]:
    start, dash, end = locator.partition("-")
    text = _text(source_id)
    if not text or not dash or not (start + end).isdigit():
        return "", ""
    left = max(text.rfind(stop, 0, int(start)) for stop in STOPS) + 1
    right = min((text.find(stop, int(end)) % (len(text) + 1) for stop in STOPS), default=len(text))
    first, last = max(left, int(start) - AROUND), min(right + 1, int(end) + AROUND)
    return text[first : int(start)].lstrip(), text[int(end) : last].rstrip()


def _text(source_id: str) -> str:
    """The original's text, empty when it is not here or is not the one that was read."""
    sources = cached.reference().sources
    known = sources[sources["source_id"] == source_id]
    if known.empty:
        return ""
    row = next(known.itertuples())
    return _shipped(source_id, str(row.sha256)) or (_uploaded(str(row.sha256), str(row.title)) if row.sha256 else "")


@lru_cache(maxsize=16)
def _shipped(source_id: str, sha256: str) -> str:
    folder = os.environ.get("PILOTS_SOURCES", "")
    path = Path(folder) / f"{source_id}.txt"
    if not folder or not path.is_file():
        return ""
    content = path.read_bytes()
    return content.decode("utf-8") if hashlib.sha256(content).hexdigest() == sha256 else ""


@lru_cache(maxsize=16)
def _uploaded(sha256: str, name: str) -> str:
    """The text of a report that was uploaded with its release; the store keeps the original by its hash."""
    from ui.work import adapter

    try:
        return adapter.text(cached.store().content(sha256), name)
    except (StoreError, Refused):
        return ""
