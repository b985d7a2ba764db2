"""The reader's language: Chinese source text, English from gettext catalogues.

Each folder keeps its English in ``locale/en/<folder>.po``; they are read once and merged.
The language belongs to the running thread (a Streamlit session or one command), so two
readers never see each other's words.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

LANGUAGES = ("zh", "en")
CATALOGUES = Path(__file__).resolve().parent.parent / "locale"


def from_environment() -> str:
    """Return the language that ``LC_ALL``/``LANG`` ask for: ``en`` or, by default, ``zh``."""
    asked = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "en" if asked.lower().startswith("en") else "zh"


_current: ContextVar[str | None] = ContextVar("language", default=None)


def current() -> str:
    """Return the language of this thread; without a choice, the environment's."""
    return _current.get() or from_environment()


def use(language: str) -> None:
    """Set this thread's language; anything but ``en`` is Chinese."""
    _current.set("en" if language == "en" else "zh")


@contextmanager
def using(language: str) -> Iterator[None]:
    """Use ``language`` inside a ``with`` block."""
    token = _current.set("en" if language == "en" else "zh")
    try:
        yield
    finally:
        _current.reset(token)


@lru_cache(maxsize=4)
def catalogue(language: str) -> dict[str, str]:
    """Return msgid → translation for ``language``, merged from every folder's catalogue."""
    from babel.messages.pofile import read_po  # read once; commands that print Chinese never need it

    words: dict[str, str] = {}
    for path in sorted((CATALOGUES / language).glob("*.po")):
        with path.open("rb") as file:
            words.update({str(m.id): str(m.string) for m in read_po(file) if m.id and m.string})
    return words


def _(message: str) -> str:
    """Return ``message`` (Chinese source text) in the current language."""
    return message if current() == "zh" else catalogue("en").get(message, message)


def pick(chinese: str, english: str) -> str:
    """Return the cell of a bilingual table (name, name_en) that suits the current language."""
    return english if current() == "en" and english else chinese
