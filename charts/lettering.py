"""Widths and line breaks of Chinese and Latin text, for margins that are known beforehand.

Plotly's own margins depend on the browser; a figure that also becomes PNG, PPTX and paper
must not, so labels are measured here: a Chinese character is one em wide, others 0.56.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
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


def apart(wanted: list[float], gap: float) -> list[float]:
    """Return places near ``wanted`` that are at least ``gap`` from each other, in the same order.

    Neighbours that are too close are pushed as a group around their common middle.
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    groups: list[list[int]] = []
    middles: list[float] = []
    for index in order:
        groups.append([index])
        middles.append(wanted[index])
        while len(groups) > 1 and _too_close(groups, middles, gap):
            last = groups.pop()
            groups[-1] += last
            middles.pop()
            middles[-1] = sum(wanted[one] for one in groups[-1]) / len(groups[-1])
    placed = list(wanted)
    for group, middle in zip(groups, middles, strict=True):
        for place, index in enumerate(group):
            placed[index] = middle + (place - (len(group) - 1) / 2) * gap
    return placed


def _too_close(groups: list[list[int]], middles: list[float], gap: float) -> bool:
    half = (len(groups[-1]) + len(groups[-2])) / 2 * gap
    return middles[-1] - middles[-2] < half
