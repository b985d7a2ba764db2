"""What sort of thing a cell's value is, in one letter.

Rows become short strings of letters (``TNNNN``), so that a question about a row is asked once for
every row of the same shape.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from loaders.grid.model import CellError, Value
from loaders.layout.units import is_unit
from loaders.layout.words import is_mark

BLANK, NUMBER, YEAR, PERIOD, PHRASE, TEXT, MARK, ERROR = " ", "N", "Y", "Q", "U", "T", "M", "E"
LONG = 200  # characters beyond which a text is words without a look
FIGURES = frozenset("NEYU")  # what can stand in a data column as a figure
NUMERIC = frozenset("NEYUM")
WORDY = frozenset("TQ")
NUMBERS = {int, float}
PIECE = 1_000  # cells of a column that are looked at together

_PLAIN = re.compile(
    r"[(（]?[-−–－+＋±]?\s*[¥￥$€£]?\s*[-−]?"
    r"(?:\d{1,3}(?:[,，'’ \u00a0\u2009\u202f]\d{3})+|\d+)(?:[.,．·]\d+)?(?:[eE][-+]?\d+)?"
    r"\s*[%％‰]?[)）]?\s*(?:[a-zA-Z*†‡¹²³]{1,2}|\([a-z0-9]\))?"
)
_SHORT_DECIMAL = re.compile(r"[-−]?(?:[.,]\d+|\d{1,3}(?:\.\d{3})+,\d+)\s*%?")
STARTS = frozenset(
    "0123456789０１２３４５６７８９(（-−–－+＋±¥￥$€£.,\"'‘’第前一二三四上下QqHhJjFfMmAaSsOoNnDd约近超逾达不至≥≤><＞＜数几"
)
DATED = frozenset("第前一二三四上下")  # such a text is a period or words
_YEAR = re.compile(r"(?:1[89]|20)\d\d[*pPrReE]?")
_PERIOD = re.compile(
    r"[\"'‘’]?(?:1[89]|20)?\d\d\s*年(?:度|末|底)?(?:\s*[第前上下]?[一二三四1-4半全]?\s*(?:季度|半年|年))?"
    r"(?:\s*\d{1,2}\s*(?:[-—~至到]\s*\d{1,2})?\s*月(?:份|末|底)?)?(?:\s*\d{1,2}\s*日)?"
    r"|(?:1[89]|20)\d\d\s*[-/.–—~至]\s*(?:(?:1[89]|20)?\d{2,4}|[IVX]{1,3}|[QqHh]\d|\d{1,2})(?:[-/.]\d{1,2})?"
    r"|\d{1,2}\s*(?:[-—~至到]\s*\d{1,2})?\s*月(?:份|末)?|[第前]?[一二三四1-4]\s*季度?|[上下]半年"
    r"|[QqHh][1-4][ -]?(?:(?:19|20)\d\d)?|(?:19|20)\d\d\s*[QqHhMm]\d{1,2}"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ .-]*(?:\d{2,4})?"
)
_PHRASE = re.compile(
    r"(?:约|近|超过?|逾|达|不足|不到|至少|≥|≤|>|<|＞|＜)?\s*[-−]?\d[\d,，]*(?:[.．]\d+)?\s*"
    r"(?:(?:[-—~～至]\s*\d[\d,，]*(?:[.．]\d+)?)|[十百千万亿]+)?\s*[余多]?\s*"
    r"(?P<unit>[%％‰]|[\u4e00-\u9fff]{1,5}?)?\s*(?:以上|以下|以内|左右|不等|多)?"
)
_SHARE = re.compile(
    r"(?:约|近|超过?|逾|达|过)?(?:[一二三四五六七八九]成[半一二三四五六七八九]?|半数)(?:以上|以下|左右|多)?|[过超近]半"
)
SHARED = frozenset("约近超逾达过一二三四五六七八九半")  # what _SHARE can begin with
_VAGUE = re.compile(r"[数几][十百千万亿]+[余多]?(?P<unit>[\u4e00-\u9fff]{0,4})")


def kind(value: Value) -> str:
    """Return the letter of a value."""
    if type(value) is str:
        return of_text(value)
    if value is None:
        return BLANK
    known = _BY_TYPE.get(type(value))
    if known:
        return known
    if isinstance(value, str):
        return of_text(value)
    return YEAR if 1800 <= value <= 2100 and value == int(value) else NUMBER  # type: ignore[operator,arg-type]


_BY_TYPE = {bool: TEXT, CellError: ERROR, dt.date: PERIOD, dt.datetime: PERIOD, dt.time: PERIOD, dt.timedelta: PERIOD}


def of_text(text: str) -> str:
    """Return the letter of a text cell."""
    plain = text.strip(" \t\r\n\u00a0\u3000\u200b\ufeff") if len(text) <= LONG or text[:LONG].isspace() else text
    if not plain:
        return BLANK
    if len(plain) > 40:
        return TEXT
    first = plain[0]
    if is_mark(plain):
        return MARK
    if first not in STARTS or first in DATED:
        dated = first in DATED and ("季" in plain or "半" in plain) and _PERIOD.fullmatch(plain)
        return PERIOD if dated else PHRASE if first in SHARED and _SHARE.fullmatch(plain) else TEXT
    if _YEAR.fullmatch(plain):
        return YEAR
    if _PLAIN.fullmatch(plain) or _SHORT_DECIMAL.fullmatch(plain):
        return NUMBER
    if _PERIOD.fullmatch(plain.lower()):
        return PERIOD
    if _SHARE.fullmatch(plain):
        return PHRASE
    phrase = _PHRASE.fullmatch(plain) or _VAGUE.fullmatch(plain)
    return PHRASE if phrase and (not phrase["unit"] or is_unit(phrase["unit"])) else TEXT


def kinds(rows: Sequence[Sequence[Value]]) -> list[str]:
    """Return the letters of every row. They are told column by column: most of a column's cells are of one type."""
    known: dict[str, str] = {}
    columns = [_of_column(column, known) for column in zip_longest(*rows)]
    return ["".join(letters) for letters in zip(*columns, strict=True)] if columns else [""] * len(rows)


def _of_column(column: Sequence[Value], known: dict[str, str]) -> str:
    """Return the letters of a column; ``known`` keeps those of a sheet's words."""
    return "".join(_of_piece(column[at : at + PIECE], known) for at in range(0, len(column), PIECE))


def _of_piece(piece: Sequence[Any], known: dict[str, str]) -> str:
    types = set(map(type, piece))
    if types == {str}:
        known |= {text: of_text(text) for text in set(piece).difference(known)}
        return "".join(map(known.__getitem__, piece))
    if types <= NUMBERS:
        return "".join([YEAR if 1800 <= v <= 2100 and v == int(v) else NUMBER for v in piece])
    return BLANK * len(piece) if types == {type(None)} else "".join(map(kind, piece))
