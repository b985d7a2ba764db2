"""Colours, fonts and lettering that all exported files share; colours stand as office files write them, without #."""

from __future__ import annotations

from math import ceil
from unicodedata import east_asian_width

from tidy import colours

RULE = "c9ced4"
INK, MUTED, MISSING, ACCENT = (one[1:] for one in (colours.INK, colours.MUTED, colours.MISSING, colours.ACCENT))
CATEGORICAL = tuple(one[1:] for one in colours.CATEGORICAL)
SEQUENTIAL = tuple(one[1:] for one in colours.SEQUENTIAL)
# Names only: the reader's machine has them (Windows and WPS the first, Debian the second).
LATIN, CJK = "Arial", "Microsoft YaHei"
SONG, HEI = "SimSun", "SimHei"
LINE = 1.22  # height of a line in font sizes


def ems(text: str) -> float:
    """Return the width of ``text`` in font sizes, on the safe side: a Chinese character is 1."""
    return sum(1.0 if east_asian_width(letter) in "WFA" else 0.58 for letter in text)


def lines(text: str, width: float, size: float) -> int:
    """Return how many lines ``text`` takes in ``width`` inches at ``size`` points."""
    room = max(width * 72 / size, 1.0)
    return sum(max(1, ceil(ems(line) * 1.03 / room)) for line in text.split("\n"))


def fitting(text: str, width: float, height: float, largest: float, smallest: float) -> float:
    """Return the largest font size at which ``text`` stays inside a box of inches."""
    size = largest
    while size > smallest and lines(text, width, size) * size * LINE / 72 > height:
        size -= 1
    return size


def cut(text: str, width: float, height: float, size: float) -> str:
    """Return ``text``, ended by … where even at ``size`` it would leave the box."""
    rows = max(1, int(height * 72 / (size * LINE)))
    while text and lines(text, width, size) > rows:
        text = text[: -max(2, len(text) // 20)].rstrip() + "…"
    return text


def text_on(colour: str) -> str:
    """Return the ink that reads better on ``colour`` (hex without #)."""
    return INK if colours.luminance(f"#{colour}") > colours.DARK_BELOW else "ffffff"


def shade(value: float, low: float, high: float) -> str:
    """Return the sequential colour of ``value`` between ``low`` and ``high``."""
    share = 0.5 if high <= low else (value - low) / (high - low)
    return SEQUENTIAL[min(int(share * len(SEQUENTIAL)), len(SEQUENTIAL) - 1)]
