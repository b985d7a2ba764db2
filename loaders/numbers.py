"""What the figure in a cell says: its number, unit and qualifier, from value and number format.

The text keeps what is printed; a percentage and a unit that live only in the number format
(``0.0%``, ``#,##0"万元"``) are brought back, for every value reader drops them.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from loaders.grid.model import PLAIN, CellError, Style, Value
from tidy import values

BLANKS = re.compile(r"[\s\u00a0\u2009\u202f\u3000\u200b\ufeff'’]+")
FULL = str.maketrans("０１２３４５６７８９．，％＋－（）﹪−–", "0123456789.,%+-()%--")
PLAIN_NUMBER = re.compile(r"([-+]?)(?:[¥￥$€£])?([-+]?)(\d[\d,.]*|[.,]\d+)(%|‰)?([a-zA-Z*†‡¹²³]{0,2})")
WORDS = re.compile(r"[\u4e00-\u9fff%‰℃°]")
TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]|[_*].|(?P<bare>.)', re.S
)
DIGITS = "0#?.,/Ee+-() "
NO_MEANING = frozenset(
    {"General", "0", "0.0", "0.00", "#,##0", "#,##0.00", "#,##0.0", "@", "0_ ", "0.00_ ", "0_);[Red]\\(0\\)"}
)


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
    """Return a number as a cell would show it in full: no exponent, no trailing zeros, no binary noise."""
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    return f"{number:.15g}" if 1e-4 <= abs(number) < 1e15 else f"{Decimal(repr(number)):f}"


def _formatted(number: float, number_format: str) -> Reading:
    if not math.isfinite(number):
        return Reading("", None)
    look = shown(number_format, number < 0)
    if look.plain:
        return Reading(digits(number), number)
    number = float(f"{number * look.factor:.12g}") if look.factor != 1.0 else number
    text = f"{look.before}{digits(number)}{look.after}"
    if look.before or WORDS.search(look.after.removesuffix("%")):
        return _phrase(text) if WORDS.search(text) else Reading(text, number, look.after)
    return Reading(text, number, look.after)


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
    """Read separators: a lone comma before other than three digits is a decimal comma, so is one after points."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+,\d+", number):
        number = number.replace(".", "")
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


@dataclass(frozen=True, slots=True)
class Shown:
    """How a format shows a number: words before and after it, and what the number is multiplied by."""

    before: str = ""
    after: str = ""
    factor: float = 1.0

    @property
    def plain(self) -> bool:
        """True when the format adds no meaning."""
        return not self.before and not self.after and self.factor == 1.0


@lru_cache(maxsize=1024)
def shown(number_format: str, negative: bool = False) -> Shown:
    """Return what ``number_format`` adds to a number.

    >>> shown('0.0%'), shown('#,##0"万余人"'), shown('0!.0,"万元"')
    (Shown(before='', after='%', factor=100.0), Shown(before='', after='万余人', factor=1.0), Shown(before='', after='万元', factor=0.0001))
    """
    if number_format in NO_MEANING:
        return Shown()
    sections = _sections(number_format)
    section = sections[1] if negative and len(sections) > 1 else sections[0]
    before, after, factor, digits = "", "", 1.0, ""
    for match in TOKEN.finditer(section):
        word = _word(match)
        if match["bare"] and (word in DIGITS or (word.isascii() and word != "%")):
            digits += word if word in DIGITS else ""
        elif word == ".":  # 0!.0, shows tenths by a point that is only text
            digits += "!"
        elif digits:
            after += word
        else:
            before += word
    return Shown(before.strip(), after.strip(), factor * _factor(digits, after))


def _word(match: re.Match[str]) -> str:
    return next((found for name in ("quoted", "escaped", "currency", "bare") if (found := match[name]) is not None), "")


def _sections(number_format: str) -> list[str]:
    return re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', number_format)


def _factor(digits: str, after: str) -> float:
    factor = 100.0 if "%" in after or "％" in after else 1.0
    plain = digits.rstrip(" ()-+")
    factor /= 1000.0 ** (len(plain) - len(plain.rstrip(",")))
    if "!" in plain:
        factor /= 10.0 ** sum(c in "0#?" for c in plain.split("!", 1)[1])
    return float(f"{factor:.12g}")
