"""Numerals in running text: where they stand and what number they print.

Arabic and Chinese digits, full-width forms, thousands separators (also the spaces of
statistical tables) and mixed forms such as ``1.3万`` are found by :func:`scan`;
:func:`number` turns one into a float. What a number *means* (unit, 以上, 余 …) is the
business of :mod:`tidy.values`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

_DIGIT = "[0-9０-９]"
_GROUPED = rf"{_DIGIT}{{1,3}}(?:[ ,，\u00a0\u2009]{_DIGIT}{{3}})+(?!{_DIGIT})"
ARABIC = rf"(?:(?:{_GROUPED}|{_DIGIT}+)(?:[.．]{_DIGIT}+)?)"
COMPOUND = rf"(?:{_DIGIT}+[万亿](?:{_DIGIT}{{1,4}}[百千万]+)+)"  # 15万3千, 1亿2000万
CHINESE = r"(?:(?:[〇零一二两三四五六七八九十百千万亿廿]○*)+)"
SCALE = "[十百千万亿]"
_HALF_OF = "年月天日周个小径辈生截场路程夜途决脱价工期票山岛自闭封官军空信疑懂推就掩露公制成身边晌导大"  # 近半年, 超半径: no half of a whole
NUMERAL = re.compile(
    rf"{COMPOUND}(?!{SCALE})|{ARABIC}{SCALE}*|[数几]{SCALE}+|{CHINESE}|半(?=[数价天年])|(?<=[过近超])半(?![{_HALF_OF}])"
)
_TO_ASCII = str.maketrans("０１２３４５６７８９．，○", "0123456789.,〇", " \u00a0\u2009")
_SCALES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_COMPOUND = re.compile(COMPOUND)
_SPLIT = re.compile(rf"([0-9.,]+)({SCALE}*)")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral in a text: ``text[start:end]`` is how it is printed."""

    start: int
    end: int
    text: str


def scan(text: str) -> Iterator[Numeral]:
    """Yield every numeral of ``text`` in order, whether or not it is a figure."""
    for match in NUMERAL.finditer(text):
        yield Numeral(match.start(), match.end(), match.group())


def scale_of(words: str) -> int:
    """Return the factor of scale words: 万 → 10,000, 百万 → 1,000,000."""
    factor = 1
    for word in words:
        factor *= _SCALES[word]
    return factor


def _small() -> dict[str, Decimal]:
    """What most Chinese numerals print, 零 to 九十九亿 with one scale: the library that reads the rest loads slowly."""
    digits = "零一二三四五六七八九"
    found = {"〇": Decimal(0), "两": Decimal(2)}
    for value in range(100):
        tens, ones = divmod(value, 10)
        ten = ("" if tens < 2 else digits[tens]) + ("十" if tens else "")
        found[ten + digits[ones] if ones or not tens else ten] = Decimal(value)
    for printed, amount in list(found.items()):
        scales = ("万", "亿") if amount > 9 else ("百", "千", "万", "百万", "千万", "亿") if amount else ()
        found |= {printed + scale: amount * scale_of(scale) for scale in scales}
    return found


_SMALL = _small()


@lru_cache(maxsize=4096)
def exact(text: str) -> Decimal:
    """Return the number that ``text`` prints; raise ``ValueError`` when it prints none.

    >>> exact("1.3万"), exact("两百"), exact("１２，５９７"), exact("百")
    (Decimal('13000.0'), Decimal('200'), Decimal('12597'), Decimal('100'))
    """
    plain = text.translate(_TO_ASCII)
    arabic = _SPLIT.fullmatch(plain)
    if arabic:
        return _arabic(arabic[1]) * scale_of(arabic[2])
    if _COMPOUND.fullmatch(plain):
        return sum((_arabic(digits) * scale_of(scale) for digits, scale in _SPLIT.findall(plain)), Decimal(0))
    if plain[:1] in _SCALES:  # 百余家: a bare scale word counts one of itself
        plain = plain if plain[:1] == "十" else "一" + plain
    if plain in _SMALL:
        return _SMALL[plain]
    try:
        import cn2an  # only where a Chinese numeral is read: it takes long to load

        return Decimal(str(cn2an.cn2an(plain, "smart")))
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise ValueError(f"not a number: {text!r}") from error


def _arabic(digits: str) -> Decimal:
    try:
        return Decimal(digits.replace(",", ""))
    except InvalidOperation as error:
        raise ValueError(f"not a number: {digits!r}") from error


def number(text: str) -> float:
    """Return :func:`exact` as a float."""
    return float(exact(text))


def place(text: str) -> float:
    """Return one unit in the place of the last printed significant digit (design: *u*).

    >>> place("500"), place("49万"), place("1230"), place("1.25亿")
    (100.0, 10000.0, 10.0, 1000000.0)
    """
    value = exact(text)
    if not value:
        return 1.0
    plain = text.translate(_TO_ASCII)
    arabic = _SPLIT.fullmatch(plain)
    if arabic and "." in arabic[1]:
        decimals = len(arabic[1].split(".")[1])
        return float(Decimal(scale_of(arabic[2])).scaleb(-decimals))
    return float(Decimal(1).scaleb(value.normalize().as_tuple().exponent))  # type: ignore[arg-type]
