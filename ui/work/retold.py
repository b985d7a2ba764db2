"""Findings told in the reader's language: a draft keeps them in the words of whoever had the file read.

A kept sentence is found among the catalogue's by what stands between its figures and names, and made again with them.
What the file itself says stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from string import Formatter
from typing import NamedTuple

from tidy import language
from tidy.problems import Problem

Names = Mapping[str, str]
LISTED = "、"


class Sentence(NamedTuple):
    """A sentence of the catalogue in one language: its longest fixed part, its pattern, and its Chinese source."""

    fixed: str
    pattern: re.Pattern[str]
    source: str


def problems(kept: Iterable[Mapping[str, str]], said_in: str, names: Callable[[], Names]) -> list[Problem]:
    """Return kept findings in the reader's language; ``names`` gives those of reporters and indicators in it."""
    found = [Problem(**one) for one in kept]  # type: ignore[arg-type]
    if said_in == language.current():
        return found
    retell = partial(_told, said_in=said_in, names=names())
    return [replace(p, message=retell(p.message, p.text), advice=retell(p.advice, p.text)) for p in found]


def _told(text: str, quoted: str, said_in: str, names: Names) -> str:
    """Return a sentence, or a name, in the reader's language; as it is where nobody knows it or the file says so."""
    if not text or text == quoted:
        return text
    if text in names:
        return names[text]
    for one in _sentences(said_in):
        if one.fixed in text and (found := one.pattern.fullmatch(text)):
            values = {
                name: LISTED.join(_told(part, quoted, said_in, names) for part in value.split(LISTED))
                for name, value in found.groupdict().items()
            }
            return "".join(_filled(language._(one.source), values))
    return text


def _filled(template: str, values: Names) -> Iterator[str]:
    for literal, name, _spec, _how in Formatter().parse(template):
        yield literal
        if name is not None:
            yield values[f"_{name}"]


@lru_cache(maxsize=4)
def _sentences(said_in: str) -> tuple[Sentence, ...]:
    """Return the catalogue's sentences, those with most fixed words first: of two that fit, they say more."""
    sources = {source: source for source in language.catalogue("en")}
    worded = sources if said_in == "zh" else sources | language.catalogue(said_in)
    made = sorted(
        ((_fixed(text), text, source) for source, text in worded.items()), key=lambda one: -len("".join(one[0]))
    )
    return tuple(Sentence(max(fixed, key=len), _pattern(text), source) for fixed, text, source in made if any(fixed))


def _fixed(text: str) -> list[str]:
    return [literal for literal, *_field in Formatter().parse(text)]


def _pattern(text: str) -> re.Pattern[str]:
    pattern, seen = "", set[str]()
    for literal, name, _spec, _how in Formatter().parse(text):
        pattern += re.escape(literal)
        if name is not None:
            pattern += f"(?P=_{name})" if name in seen else f"(?P<_{name}>.*?)"
            seen.add(name)
    return re.compile(pattern, re.DOTALL)
