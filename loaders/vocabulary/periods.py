"""Periods as forms print them (``2018年1—6月``, ``截至2018年9月底``, ``上年同期``) in ISO 8601."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from tidy import periods

YEAR = r"(?P<{0}>(?:19|20)\d\d)\s*年?(?:度)?"
PART = (
    r"(?P<half>[上下]半年)|第?(?P<quarter>[一二三四1-4])\s*季度?|[Qq](?P<q>[1-4])|[Hh](?P<h>[12])"
    r"|(?P<month>\d{1,2})\s*月?(?:份)?\s*[-至到]\s*(?P<last>\d{1,2})\s*月(?:份)?"
    r"|(?P<single>\d{1,2})\s*月(?:份)?(?:(?P<day>\d{1,2})\s*日)?"
)
OPEN = r"(?P<open>截至|截止|至)?\s*(?:到|目前)?"
POINT = re.compile(rf"{OPEN}(?:{YEAR.format('year')}\s*)?(?:{PART})?\s*(?P<end>末|底)?")
DATE = re.compile(r"(?P<year>(?:19|20)\d\d)\s*[-/.]\s*(?P<month>\d{1,2})(?:\s*[-/.]\s*(?P<day>\d{1,2}))?")
RANGE = re.compile(r"(?:19|20)\d\d年?\s*(?:\d{1,2}月)?\s*[-至到]\s*(?:19|20)\d\d年?\s*(?:\d{1,2}月)?")
INSIDE = re.compile(
    rf"{RANGE.pattern}(?:份|末|底)?"
    rf"|(?:截至|截止)?\s*(?:到)?(?:19|20)\d\d\s*年(?:度)?\s*(?:[上下]半年|第?[一二三四1-4]\s*季度?"
    rf"|\d{{1,2}}\s*月?(?:份)?\s*[-至到]\s*\d{{1,2}}\s*月(?:份)?|\d{{1,2}}\s*月(?:份)?(?:\d{{1,2}}\s*日)?)?[末底]?"
)
DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip(" \u3000。：:")
    return re.sub(r"[—–―~－]+", "-", plain)


@lru_cache(maxsize=16_384)
def period_of(text: str, year: int | None = None) -> str | None:
    """Return the period that the whole of ``text`` names; ``None`` when it names none.

    ``year`` completes a heading without one (``上半年``, ``9月``).

    >>> period_of("2018年1—6月"), period_of("截至2018年9月底"), period_of("三季度", 2018), period_of("会员数")
    ('2018-H1', '../2018-09', '2018-Q3', None)
    """
    plain = _plain(text)
    if not plain or not (plain[0].isdigit() or plain[0] in "截至第上下一二三四QqHh."):
        return None
    if periods.is_valid(plain):
        return plain
    return _range(plain) or _date(plain) or _point(plain, year)


def period_in(text: str) -> str | None:
    """Return the one period that stands somewhere in ``text`` (a title); ``None`` for none or several."""
    found = {period_of(match[0].strip()) for match in INSIDE.finditer(_plain(text))} - {None}
    return found.pop() if len(found) == 1 else None


def without_period(text: str) -> str:
    """Return ``text`` without the periods in it: ``2018年新建工会数`` → 新建工会数."""
    return INSIDE.sub("", _plain(text))


def _range(plain: str) -> str | None:
    if not RANGE.fullmatch(plain.rstrip("末底份")):
        return None
    parts = re.split(r"[-至到]\s*(?=(?:19|20)\d\d)", plain, maxsplit=1)
    if len(parts) < 2:
        return None
    first, last = (_point(part.strip(), None) for part in parts)
    whole = f"{first}/{last}"
    return whole if first and last and periods.is_valid(whole) else None


def _date(plain: str) -> str | None:
    match = DATE.fullmatch(plain)
    if not match:
        return None
    iso = f"{match['year']}-{int(match['month']):02d}" + (f"-{int(match['day']):02d}" if match["day"] else "")
    return iso if periods.is_valid(iso) else None


def _point(plain: str, year: int | None) -> str | None:
    match = POINT.fullmatch(plain)
    if not match or not (match["year"] or (year and _has_part(match))):
        return None
    number = int(match["year"] or year or 0)
    iso = f"{number}{_tail(match)}" if not match["month"] else _months(number, match)
    if not periods.is_valid(iso):
        return None
    if match["open"]:
        return f"../{iso}"
    return periods.parse(iso).end.isoformat() if match["end"] else iso


def _has_part(match: re.Match[str]) -> bool:
    return any(match[name] for name in ("half", "quarter", "q", "h", "month", "single"))


def _tail(match: re.Match[str]) -> str:
    if match["half"] or match["h"]:
        return "-H1" if match["half"] == "上半年" or match["h"] == "1" else "-H2"
    if match["quarter"] or match["q"]:
        return f"-Q{DIGITS[match['quarter'] or match['q']]}"
    if match["single"]:
        return f"-{int(match['single']):02d}" + (f"-{int(match['day']):02d}" if match["day"] else "")
    return ""


def _months(year: int, match: re.Match[str]) -> str:
    """Months from–to; the halves and quarters of a year by their own names."""
    first, last = int(match["month"]), int(match["last"])
    named = {(1, 6): "H1", (7, 12): "H2", (1, 3): "Q1", (4, 6): "Q2", (7, 9): "Q3", (10, 12): "Q4"}
    if (first, last) == (1, 12):
        return str(year)
    short = named.get((first, last))
    return f"{year}-{short}" if short else f"{year}-{first:02d}/{year}-{last:02d}"


@lru_cache(maxsize=256)
def year_before(period: str) -> str:
    """Return the same period one year earlier: ``2018-H1`` → ``2017-H1``; empty for none."""
    return re.sub(r"(?:19|20)\d\d", lambda match: str(int(match[0]) - 1), period)


@lru_cache(maxsize=256)
def previous(period: str) -> str:
    """Return the period before: the half, quarter, month or year before this one; empty when unknown."""
    point = re.fullmatch(r"(\d{4})(?:-(?:([HQ])(\d)|(\d\d)))?", period)
    if not point:
        return year_before(period)
    year, letter, part, month = int(point[1]), point[2], int(point[3] or 0), int(point[4] or 0)
    if letter:
        return f"{year}-{letter}{part - 1}" if part > 1 else f"{year - 1}-{letter}{2 if letter == 'H' else 4}"
    if month:
        return f"{year}-{month - 1:02d}" if month > 1 else f"{year - 1}-12"
    return str(year - 1)
