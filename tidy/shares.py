"""Shares said in words, as percentages: 三分之二, 八成五, 过半."""

from __future__ import annotations

import re
from decimal import Decimal

from tidy import numerals

# 过半, 近半数, 半数以上: a share said without a number; 过 qualifies nothing else.
HALF = "过"
_FRACTION = re.compile(r"(?P<whole>百|[二两三四五六七八九十]+)分之(?P<part>.+)")
_CHENG = re.compile(rf"(?P<tenths>{numerals.CHINESE}|{numerals.ARABIC})成(?P<rest>[半一二三四五六七八九])?")


def in_percent(phrase: str, half_said: re.Pattern[str]) -> str:
    """Rewrite 百分之九十五, 三分之一, 八成, 过半 and 半数 as percentages.

    ``half_said`` finds a half with the words ``before`` and ``after`` it.
    """
    half = half_said.fullmatch(phrase)
    if half and (half["before"] or phrase[:1] == "半" != phrase):
        before = "超过" if half["before"] == HALF else half["before"] or ""
        return f"{before}50%{half['after'] or ''}"

    def fraction(match: re.Match[str]) -> str:
        whole = numerals.exact(match["whole"])
        tail = re.match(rf"{numerals.ARABIC}|{numerals.CHINESE}", match["part"])
        if not tail:
            return match[0]
        share = numerals.exact(tail[0]) * 100 / whole
        return f"{_plain(share)}%{match['part'][tail.end() :]}"

    phrase = _FRACTION.sub(fraction, phrase)
    return _CHENG.sub(lambda m: f"{_plain(numerals.exact(m['tenths']) * 10 + _rest(m['rest']))}%", phrase)


def _rest(digit: str | None) -> Decimal:
    """八成五 is 85%, 八成半 too."""
    return Decimal(0) if not digit else Decimal(5) if digit == "半" else numerals.exact(digit)


def _plain(number: Decimal) -> str:
    return f"{round(float(number), 2):.10g}"
