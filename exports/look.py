"""Colours, fonts and lettering that all exported files share.

The colours are those of the screens' light theme (``charts.palette``); a test holds them equal,
since exports may not import charts.
"""

from __future__ import annotations

from math import ceil
from unicodedata import east_asian_width

INK, MUTED, RULE, MISSING, ACCENT = "1b1f24", "565d66", "c9ced4", "eceef0", "0067b1"
CATEGORICAL = (
    "0067b1", "c65a00", "9a8ac3", "1a3703", "e9677c", "41006a", "724a03", "5480ff", "935466",
    "112ea4", "503e59",
)  # fmt: skip
SEQUENTIAL = ("dbe9f6", "a9cfe7", "62a8d3", "2a76b5", "08417f")
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
    parts = [int(colour[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return INK if light > 0.18 else "ffffff"


def shade(value: float, low: float, high: float) -> str:
    """Return the sequential colour of ``value`` between ``low`` and ``high``."""
    share = 0.5 if high <= low else (value - low) / (high - low)
    return SEQUENTIAL[min(int(share * len(SEQUENTIAL)), len(SEQUENTIAL) - 1)]
