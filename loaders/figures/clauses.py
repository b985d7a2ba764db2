"""The words around each figure of a sentence: what leads to it, what follows, what it shares.

A figure's own words reach from the figure before it (or the last comma) to the next comma or
figure; ``lead`` is the sentence up to there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from loaders.figures.model import Figure
from loaders.figures.sentences import CLAUSE, Sentence

REACH = 60  # characters of a figure's own words on either side
_LIST = re.compile(r"^\s*(?:[、和及与或]|以及)")
_ASIDE = re.compile(r"[（(][^（()）]*、[^（()）]*[)）]")
_SECOND_UNIT = re.compile(r"^[（(][\u4e00-\u9fff]{1,2}[)）]")
_FIRST_CLAUSE = re.compile(
    r"[，；：。！？!?\n;—,、（(▏│｜](?:(?<![,、（(])|(?<=,)(?!\d)|(?<=、)(?=[^，。；：]{0,10}$)|(?<=[（(])(?=其中|含|包括))"
)


@dataclass(slots=True)
class Part:
    """One figure with its words; ``before`` and ``after`` are parts of the same sentence."""

    figure: Figure
    left: str
    right: str
    lead: str
    listed: bool
    joined: bool
    predicate: str = ""
    next_clause: str = ""
    run: int = 1
    before: Part | None = None


def parts(sentence: Sentence, figures: list[Figure]) -> list[Part]:
    """Return one :class:`Part` for each of the sentence's figures, in order."""
    found: list[Part] = []
    text, done = sentence.text, sentence.start
    for index, figure in enumerate(figures):
        stop = figures[index + 1].start if index + 1 < len(figures) else sentence.end
        part = _part(text, done, figure, stop, sentence.start)
        part.before = found[-1] if found else None
        found.append(part)
        done = figure.end
    _share_predicates(found)
    return found


def _share_predicates(found: list[Part]) -> None:
    """70家单位、4686人加入计划: the list's verb follows its last member."""
    for part, following in zip(reversed(found[:-1]), reversed(found[1:]), strict=True):
        part.run = following.run + 1 if following.listed else 1
        if (following.listed or following.joined) and len(part.right) <= 8:
            part.predicate = following.predicate


def _part(text: str, done: int, figure: Figure, stop: int, start: int) -> Part:
    gap = text[done : figure.start]
    cut = _last_cut(gap)
    own_list = cut == 0 and done > start and "、" in gap
    cut = gap.index("、") + 1 if own_list else cut
    tail = text[figure.end : stop]
    tail = _bracketed(tail) if "（" in tail or "(" in tail else tail
    end = _FIRST_CLAUSE.search(tail)
    right = (tail[: end.start()] if end else tail)[:REACH]
    return Part(
        figure=figure,
        left=gap[cut:][-REACH:],
        right=right,
        predicate=right,
        next_clause=tail[end.start() : end.start() + 24] if end else "",
        lead=text[max(start, figure.start - 160) : done + cut],
        listed=own_list or (done > start and bool(_LIST.match(gap))),
        joined=cut == 0 and done > start,
    )


def _bracketed(tail: str) -> str:
    """``tail`` without a second unit (132家（处）), lists in brackets, and what is still open: the next figure's own."""
    tail = _ASIDE.sub("", _SECOND_UNIT.sub("", tail))
    opened = max(tail.rfind("（"), tail.rfind("("))
    return tail if opened < 0 or "）" in tail[opened:] or ")" in tail[opened:] else tail[:opened] + "，" + tail[opened:]


def _last_cut(gap: str) -> int:
    """Just behind the last clause mark of ``gap``; 0 when there is none."""
    cut = 0
    for mark in CLAUSE.finditer(gap):
        cut = mark.end()
    return cut
