"""Widths and line breaks of Chinese and Latin text, for margins that are known beforehand.

Plotly's own margins depend on the browser; a figure that also becomes PNG, PPTX and paper
must not, so labels are measured here: a Chinese character is one em wide, others 0.56.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import NamedTuple
from unicodedata import east_asian_width

_TAG = re.compile(r"<[^>]+>")
_PIECE = re.compile(r"[（《“]?(?:[\x21-\x7e]+ ?|.)", re.DOTALL)  # Latin words stay whole
_NO_START = frozenset("，。；：、）》！？,.;:)%")


def ems(text: str) -> float:
    """Return the width of ``text`` in ems; markup has none."""
    shown = _TAG.sub("", text)
    return sum(1.0 if east_asian_width(letter) in "WFA" else 0.56 for letter in shown)


def pixels(texts: Iterable[str], size: int) -> int:
    """Return the width of the widest line of ``texts`` at a font size; 0 for none."""
    lines = (line for text in texts for line in text.split("<br>"))
    return math.ceil(max((ems(line) for line in lines), default=0.0) * size)


def count_lines(text: str) -> int:
    """Return how many lines ``text`` has."""
    return text.count("<br>") + 1


def wrap(text: str, width: int, size: int, most: int = 9) -> str:
    """Return ``text`` broken by ``<br>`` into lines of ``width`` pixels.

    Where it needs more than ``most`` lines, the last one kept ends in ….
    """
    room = width / size
    lines: list[str] = []
    line = ""
    for piece in _PIECE.findall(text):
        if ems(line + piece.rstrip()) > room and line and piece[0] not in _NO_START:
            lines.append(line.rstrip())
            line = ""
        line += piece
    lines.append(line.rstrip())
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1][:-1] + "…"]
    return "<br>".join(lines)


def apart(wanted: list[float], heights: list[float], low: float = -math.inf, high: float = math.inf) -> list[float]:
    """Return places near ``wanted`` at which things of these heights do not overlap, in the same order.

    Neighbours that are too close are pushed as a group around their common middle, and inwards where they would
    reach below ``low`` or above ``high``; beyond these only where all together are higher than what lies between.
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    groups: list[_Group] = []
    for index in order:
        groups.append(_group([index], wanted, heights, low, high))
        while len(groups) > 1 and groups[-1].low < groups[-2].high:
            last = groups.pop()
            groups.append(_group([*groups.pop().who, *last.who], wanted, heights, low, high))
    placed = list(wanted)
    for group in groups:
        at = group.low
        for index in group.who:
            placed[index] = at + heights[index] / 2
            at += heights[index]
    return placed


class _Group(NamedTuple):
    who: list[int]
    low: float
    high: float


def _group(who: list[int], wanted: list[float], heights: list[float], low: float, high: float) -> _Group:
    """Things one above the other, around the middle of where they are wanted."""
    half = sum(heights[one] for one in who) / 2
    middle = sum(wanted[one] for one in who) / len(who)
    middle = max(low + half, min(high - half, middle))
    return _Group(who, middle - half, middle + half)
