"""What a number format adds to a number: ``0.0%``, ``#,##0.00"万元"``, ``0"万余人"``, ``0!.0,"万"``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]|[_*].|(?P<bare>.)', re.S
)
DIGITS = "0#?.,/Ee+-() "
PLAIN = frozenset(
    {"General", "0", "0.0", "0.00", "#,##0", "#,##0.00", "#,##0.0", "@", "0_ ", "0.00_ ", "0_);[Red]\\(0\\)"}
)


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
    if number_format in PLAIN:
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
