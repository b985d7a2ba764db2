"""Which indicator group a figure belongs to, told by the strong words nearest to it.

``data/lexicon/indicator_words.csv`` lists the words of each group with their strength;
``group_shifts.csv`` says where the kind of unit changes the group (a share is a coverage rate).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from loaders.figures import lexicon
from loaders.figures.clauses import Part

_STRENGTH = {word: (row["group"], int(row["strength"])) for word, row in lexicon.each("indicator_words", "words")}
_WORDS = re.compile(lexicon.trie(_STRENGTH))
_SHIFTS = {(row["topic"], row["kind"]): row for row in lexicon.rows("group_shifts")}
DEFAULT = "activity"


class Mark(NamedTuple):
    """A word of the lexicon in the text, with its group and strength."""

    start: int
    end: int
    word: str
    group: str
    strength: int


def marks(text: str, start: int = 0, end: int | None = None) -> list[Mark]:
    """Return the marks of ``text[start:end]`` in order."""
    stop = len(text) if end is None else end
    return [
        Mark(m.start(), m.end(), m[0], *_STRENGTH[m[0]])
        for m in _WORDS.finditer(text, start, stop)
        if _STRENGTH[m[0]][1]
    ]


def topic(found: list[Mark], part: Part, fallback: str) -> tuple[str, float]:
    """Return (group, confidence) of the strongest word around the figure of ``part``.

    A word counts by its strength, less the farther it stands; the figure's own words count most.
    """
    votes: dict[str, float] = {}
    start, end = part.figure.start, part.figure.end
    first, last = start - len(part.left), end + len(part.right)
    for begins, ends, _word, group, strength in found:
        if first <= begins and ends <= last:
            weight = strength * 1.7
        elif ends <= start:
            weight = strength - (start - ends) / 40
        else:
            weight = strength * 0.7 - (begins - end) / 15
        if weight > 0:
            vote = votes.get(group, 0.0)
            votes[group] = weight + 0.15 * vote if weight > vote else vote + 0.15 * weight
    if fallback:
        votes[fallback] = max(votes.get(fallback, 0.0), 1.6 if part.listed else 1.2) + 0.3
    if not votes:
        return DEFAULT, 0.2
    ranked = sorted(votes.values())
    group = next(name for name, vote in votes.items() if vote == ranked[-1])
    return group, min(1.0, 0.5 + (ranked[-1] - (ranked[-2] if len(ranked) > 1 else 0.0)) / 4)


def shifted(group: str, kind: str, words: str) -> str:
    """Return the group after the kind of unit is taken into account."""
    row = _SHIFTS.get((group, kind)) or _SHIFTS.get(("*", kind))
    if row is None:
        return group
    nouns = lexicon.split(row["nouns"])
    return row["group"] if not nouns or any(noun in words for noun in nouns) else group


def title_group(text: str) -> str:
    """Return the group that most marks of a heading or opening name; empty when none does."""
    return most(marks(text))


def most(found: list[Mark]) -> str:
    """Return the group with the strongest marks; empty for none."""
    votes: dict[str, int] = {}
    for mark in found:
        votes[mark.group] = votes.get(mark.group, 0) + mark.strength
    return max(votes, key=lambda name: votes[name]) if votes else ""


def subject(found: list[Mark], at: int, group: str) -> str:
    """Return the nearest word before ``at`` that speaks of ``group``: what a bare 投入 was for."""
    word = ""
    for mark in found:
        if mark.end <= at and mark.group == group and mark.strength >= 2:
            word = mark.word
    return word
