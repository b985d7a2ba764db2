"""Files that come with the program to try things out; wherever they turn up they are known and said to be samples.

A sample is known by its bytes or, after somebody has edited it, by the words that stand in each of them.
"""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from tidy.language import _
from tidy.schema import DATA

FOLDER = DATA / "samples"
ENDINGS = (".xlsx", ".docx", ".txt", ".csv", ".pdf")
INVENTED = "数字系虚构"  # what each sample says of itself, in its first line or its note
ENCODINGS = ("utf-8", "gb18030", "utf-16-le")  # the last is how an .xls keeps its texts
TEXTS = ("xl/sharedStrings", "xl/worksheets/sheet", "word/document.xml", "content.xml")
MOST = 4 << 20  # bytes that are looked at: the mark stands at the beginning of a file, or its file is small
REHEARSAL = "rehearsal"


@lru_cache(maxsize=1)
def files() -> dict[str, Path]:
    """Return the sample files by name; none where they are not shipped."""
    found = sorted(FOLDER.glob("*")) if FOLDER.is_dir() else []
    return {path.name: path for path in found if path.suffix.lower() in ENDINGS}


@lru_cache(maxsize=1)
def _hashes() -> frozenset[str]:
    return frozenset(hashlib.sha256(path.read_bytes()).hexdigest() for path in files().values())


def is_sample(content: bytes) -> bool:
    """Tell whether a file is one of the samples, whatever it is called, also after somebody has edited it."""
    known = hashlib.sha256(content).hexdigest() in _hashes()
    return known or any(mark in part for part in _parts(content) for mark in _marks())


def _marks() -> list[bytes]:
    """The words as files keep them: in an encoding, or as XML's numbers of characters."""
    return [*(INVENTED.encode(name) for name in ENCODINGS), "".join(f"&#{ord(sign)};" for sign in INVENTED).encode()]


def _parts(content: bytes) -> Iterator[bytes]:
    """Yield the file, or the texts of an office document; a damaged one has none."""
    if not content.startswith(b"PK"):
        yield content[:MOST]
        return
    left = MOST
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in filter(lambda name: name.startswith(TEXTS), archive.namelist()):
                with archive.open(name) as part:
                    found = part.read(left)
                left -= len(found)
                yield found
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
        return


def mark(content: bytes) -> dict[str, bool | str]:
    """Return what a draft of the file keeps: nothing, that it is a sample, or one that may be published in play.

    Only the throw-away store of ``make demo`` (``PILOTS_DEMO``) lets a sample be published, for practice.
    """
    if not is_sample(content):
        return {}
    return {"sample": REHEARSAL if os.environ.get("PILOTS_DEMO") else True}


def said(note: str) -> str:
    """Return a note of publication that says that the figures are samples."""
    return note if INVENTED in note else _("示例，数字系虚构。{note}").format(note=note)
