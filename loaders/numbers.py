"""What the figure in a cell says: its number, unit and qualifier, from value and number format.

The text keeps what is printed; a percentage and a unit that live only in the number format
(``0.0%``, ``#,##0"万元"``) are brought back, for every value reader drops them.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import NamedTuple

from loaders.grid.model import PLAIN, CellError, Style, Value
from tidy import values

BLANKS = re.compile(r"[\s\u00a0\u2009\u202f\u3000\u200b\ufeff'’]+")
FULL = str.maketrans("０１２３４５６７８９．，％＋－（）﹪−–", "0123456789.,%+-()%--")
PLAIN_NUMBER = re.compile(r"([-+]?)(?:[¥￥$€£])?([-+]?)(\d[\d,.]*|[.,]\d+)(%|‰)?([a-zA-Z*†‡¹²³]{0,2})")
LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]\-]*)[^\]]*\]|\[[^\]]*\]|_.|\*.')
WORDS = re.compile(r"[\u4e00-\u9fff%‰℃°]")


class Reading(NamedTuple):
    """A cell's printed text, its number (``None`` when it holds none), unit and qualifier."""

    text: str
    value: float | None
    unit: str = ""
    qualifier: str = "exact"


def read_number(value: Value, style: Style = PLAIN) -> Reading:
    """Return what a data cell says."""
    if isinstance(value, bool) or value is None:
        return Reading("" if value is None else str(value).upper(), None)
    if isinstance(value, (int, float)):
        return _formatted(float(value), style.number_format)
    if isinstance(value, str):
        return Reading(str(value), None) if isinstance(value, CellError) else _from_text(value)
    return Reading(str(value), None)


def digits(number: float) -> str:
    """Print a number as a cell would under General: no needless point, no rounding noise."""
    if not math.isfinite(number):
        return ""
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    return repr(number)


def _formatted(number: float, number_format: str) -> Reading:
    if not math.isfinite(number):
        return Reading("", None)
    before, after, percent = affixes(number_format)
    if percent:
        number = float(f"{number * 100:.12g}")
        return Reading(f"{digits(number)}%", number, "%")
    if not (before or after):
        return Reading(digits(number), number)
    text = f"{before}{digits(number)}{after}"
    return _phrase(text) if WORDS.search(text) else Reading(text, number, after.strip())


@lru_cache(maxsize=4096)
def affixes(number_format: str) -> tuple[str, str, bool]:
    """Return the words before and after the number that a format prints, and whether it is a percentage."""
    section = number_format.split(";")[0]
    if number_format in ("General", "@") or not number_format:
        return "", "", False
    bare = LITERAL.sub(lambda m: m[1] or m[2] or m[3] or "", section)
    percent = "%" in LITERAL.sub("", section)
    places = [n for n, c in enumerate(bare) if c in "0#?"]
    if not places or percent:
        return "", "", percent
    before = bare[: places[0]].strip(" ,.-+()")
    after = re.sub(r"^[0#?,.E+\-/ ]*", "", bare[places[-1] + 1 :]).strip(" ()")
    return _words(before), _words(after), False


def _words(text: str) -> str:
    return text if not re.fullmatch(r"[ymdhs:/\-\s]*", text, re.I) else ""


@lru_cache(maxsize=65_536)
def _from_text(text: str) -> Reading:
    plain = BLANKS.sub("", text.translate(FULL))
    negative = plain.startswith("(") and plain.endswith(")") and plain[1:2].isdigit()
    found = PLAIN_NUMBER.fullmatch(plain.strip("()") if negative else plain)
    if found:
        number = _float(found[3])
        if number is not None:
            sign = -1 if negative or "-" in (found[1], found[2]) else 1
            return Reading(text.strip(), sign * number, found[4] or "")
    return _phrase(text.strip())


def _float(number: str) -> float | None:
    """Read separators: a lone comma before other than three digits is a decimal comma."""
    if number.count(",") == 1 and "." not in number and not re.fullmatch(r"\d{1,3},\d{3}", number):
        number = number.replace(",", ".")
    try:
        return float(number.replace(",", ""))
    except ValueError:
        return None


def _phrase(text: str) -> Reading:
    try:
        printed = values.parse(text)
    except (ValueError, ArithmeticError):
        return Reading(text, None)
    return Reading(text, printed.value, printed.unit, printed.qualifier)
