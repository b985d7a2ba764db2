"""Which indicator group a figure belongs to, told by the strong words nearest to it.

``data/lexicon/indicator_words.csv`` lists the words of each group with their strength;
``group_shifts.csv`` says where the kind of unit changes the group (a share is a coverage rate).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from loaders.figures import lexicon
from loaders.figures.clauses import Part

_STRENGTH = {
    word: (row["group"], int(row["strength"])) for word, row in lexicon.each("indicator_words", "words")
}
_WORDS = re.compile(lexicon.trie(_STRENGTH))
_SHIFTS = [
    (row["topic"], row["kind"], tuple(lexicon.split(row["nouns"])), row["group"])
    for row in lexicon.rows("group_shifts")
]
DEFAULT = "activity"


@dataclass(frozen=True, slots=True)
class Mark:
    """A word of the lexicon in the text, with its group and strength."""

    start: int
    end: int
    word: str
    group: str
    strength: int


def marks(text: str, start: int = 0, end: int | None = None) -> list[Mark]:
    """Return the marks of ``text[start:end]`` in order."""
    stop = len(text) if end is None else end
    return [Mark(m.start(), m.end(), m[0], *_STRENGTH[m[0]]) for m in _WORDS.finditer(text, start, stop) if _STRENGTH[m[0]][1]]


def topic(found: list[Mark], part: Part, fallback: str) -> tuple[str, float]:
    """Return (group, confidence) of the strongest word around the figure of ``part``."""
    figure = part.figure
    own = (figure.start - len(part.left), figure.end + len(part.right))
    best, votes = 0.0, {}
    for mark in found:
        weight = _weight(mark, figure.start, figure.end, own)
        if weight > 0:
            votes[mark.group] = max(votes.get(mark.group, 0.0), weight) + 0.15 * min(weight, votes.get(mark.group, 0.0))
    if fallback:
        votes[fallback] = max(votes.get(fallback, 0.0), 1.6 if part.listed else 1.2) + 0.3
    if not votes:
        return DEFAULT, 0.2
    group = max(votes, key=lambda name: votes[name])
    best = votes[group]
    rest = max((vote for name, vote in votes.items() if name != group), default=0.0)
    return group, min(1.0, 0.5 + (best - rest) / 4)


def _weight(mark: Mark, start: int, end: int, own: tuple[int, int]) -> float:
    """A word counts by its strength, less the farther it stands; own words count most."""
    if own[0] <= mark.start and mark.end <= own[1]:
        return mark.strength * 1.7
    distance = start - mark.end if mark.end <= start else mark.start - end
    far = distance / (40 if mark.end <= start else 15)
    return mark.strength * (1.0 if mark.end <= start else 0.7) - far


def shifted(group: str, kind: str, words: str) -> str:
    """Return the group after the kind of unit is taken into account."""
    for topic_name, of_kind, nouns, target in reversed(_SHIFTS):
        if topic_name in ("*", group) and of_kind == kind and (not nouns or any(noun in words for noun in nouns)):
            return target
    return group


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
