"""From a cell's value, its number format and the unit of its headings to a figure with bounds."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from math import isfinite

from loaders.grid import CellError
from loaders.grid.model import Value
from loaders.numbers import digits, shown
from loaders.vocabulary.units import Unit, unit
from tidy import values
from tidy.values import Printed

CODE = re.compile(r"0\d+|\d{16,}")
NEGATIVE = re.compile(r"^(?:[-−－﹣](?=\d)|[(（](?=[\d,，.]+[)）]$))")
GROUP_BLANKS = re.compile(r"(?<=\d)[\s\u00a0\u2009\u202f](?=\d{3}(?:\D|$))")
CURRENCY = {"¥": "元", "￥": "元", "RMB": "元"}
TRAILING_MARKS = re.compile(r"(?<=[\d%])\s*[*†‡①-⑳]+$")


@dataclass(frozen=True, slots=True)
class Amount:
    """A cell read as a figure: the number with its bounds, how it is printed, where its unit came from.

    ``source`` is ``cell`` or ``format`` when the cell itself prints a unit, else empty.
    """

    printed: Printed
    as_printed: str
    source: str = ""


class NoAmount(ValueError):
    """Raised for a cell that holds no figure."""


@lru_cache(maxsize=65_536)
def amount(value: Value, number_format: str, heading: Unit | None, *, share: bool = True) -> Amount:
    """Return what a cell prints, its headings' unit filled in where the cell has none.

    ``share`` says that percentages end at 100.  Raises :class:`NoAmount` for text, dates, codes.
    """
    if isinstance(value, bool) or value is None or isinstance(value, CellError):
        raise NoAmount(value)
    if isinstance(value, (int, float)):
        if not isfinite(value):
            raise NoAmount(value)
        return _formatted(float(value), number_format, heading, share)
    if not isinstance(value, str):
        raise NoAmount(value)
    return _of_text(value, heading, share)


def _formatted(number: float, number_format: str, heading: Unit | None, share: bool) -> Amount:
    look = shown(number_format, number < 0)
    if look.plain:
        return _scaled(Printed(number, number, number), digits(number), heading)
    before = "" if look.before in CURRENCY else look.before
    phrase = f"{before}{digits(abs(number) * look.factor)}{look.after or CURRENCY.get(look.before, '')}"
    try:
        found = _of_text(phrase, heading, share)
    except NoAmount:
        return _scaled(Printed(number, number, number), digits(number), heading)
    found = _negated(found) if number < 0 else found
    return replace(found, source="format" if found.source else "")


def _of_text(text: str, heading: Unit | None, share: bool) -> Amount:
    plain = unicodedata.normalize("NFKC", TRAILING_MARKS.sub("", GROUP_BLANKS.sub("", text))).strip()
    sign = NEGATIVE.match(plain)
    body = plain[sign.end() :].rstrip(")") if sign else plain
    for symbol, word in CURRENCY.items():
        if body.startswith(unicodedata.normalize("NFKC", symbol)):
            body = body[len(symbol) :].strip() + word
    if CODE.fullmatch(body):
        raise NoAmount(text)
    found = _parsed(body, heading, share)
    return _negated(found) if sign else found


def _parsed(body: str, heading: Unit | None, share: bool) -> Amount:
    try:
        bare = values.parse(body, "", share=share)
    except values.NotANumber as error:
        raise NoAmount(body) from error
    if not bare.unit:
        return _scaled(bare, body, heading, share)
    known = unit(bare.unit)
    if known is None:  # "5人（新增）": more than a figure stands here, a person must look
        raise NoAmount(body)
    return Amount(replace(bare, unit=known.base), body, "cell")


def _scaled(bare: Printed, body: str, heading: Unit | None, share: bool = True) -> Amount:
    """Put the heading's unit to a number that prints none: 12.5 under 万人 is 12.5万人."""
    if heading is None:
        return Amount(bare, body)
    if heading.factor == 1.0:
        made = replace(bare, unit=heading.base)
        if heading.base == "%" and made.qualifier != "exact":
            made = values.parse(body, "%", share=share)
        return Amount(made, body)
    f = heading.factor
    made = replace(
        bare, value=_clean(bare.value * f), low=_times(bare.low, f), high=_times(bare.high, f), unit=heading.base
    )
    return Amount(made, f"{body}{heading.printed}")


def _times(end: float | None, factor: float) -> float | None:
    return None if end is None else _clean(end * factor)


def _clean(number: float) -> float:
    """Binary noise removed: 1.1 × 10,000 is 11,000."""
    return float(f"{number:.12g}")


def _negated(found: Amount) -> Amount:
    p = found.printed
    low, high = (None if end is None else -end for end in (p.high, p.low))
    turned = replace(p, value=-p.value, low=low, high=high, low_open=p.high_open, high_open=p.low_open)
    return replace(found, printed=turned, as_printed=f"-{found.as_printed}")
