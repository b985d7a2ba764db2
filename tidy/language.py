"""The reader's language: Chinese source text, English from gettext catalogues.

Each folder keeps its English in ``locale/en/<folder>.po``; they are read once and merged.
The language belongs to the running thread (a Streamlit session or one command), so two
readers never see each other's words.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

NAMES = {"zh": "中文", "en": "English"}  # a further language: its name here, its words in locale/<code>/
LANGUAGES = tuple(NAMES)
CATALOGUES = Path(__file__).resolve().parent.parent / "locale"


def from_environment() -> str:
    """Return the language that ``LC_ALL``/``LANG`` ask for where it is known; Chinese otherwise."""
    asked = os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return _known(asked[:2].lower())


def _known(language: str) -> str:
    return language if language in NAMES else "zh"


_current: ContextVar[str | None] = ContextVar("language", default=None)


def current() -> str:
    """Return the language of this thread; without a choice, the environment's."""
    return _current.get() or from_environment()


def use(language: str) -> None:
    """Set this thread's language; one that is not known is Chinese."""
    _current.set(_known(language))


@contextmanager
def using(language: str) -> Iterator[None]:
    """Use ``language`` inside a ``with`` block."""
    token = _current.set(_known(language))
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
    """Return ``message`` (Chinese source text) in the current language, in English where that lacks it."""
    said = current()
    if said == "zh":
        return message
    return catalogue(said).get(message) or catalogue("en").get(message, message)


def pick(chinese: str, english: str) -> str:
    """Return the cell of a bilingual table (name, name_en) that suits the current language."""
    return english if current() != "zh" and english else chinese


def listed(names: Iterable[str]) -> str:
    """Return names one after the other, with the comma of the current language between them."""
    return _("、").join(names)
