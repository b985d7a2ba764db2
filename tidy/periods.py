"""Statistical periods in ISO 8601 forms, as design.md section 3 prints them.

``2017`` a year · ``2018-H1`` ``2018-Q3`` parts of one · ``2018-09`` a month · ``2018-08-31``
a day · ``2013/2018`` from the start of one to the end of the other · ``../2018-10`` everything
up to the end of October 2018 · empty: the source states none.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from tidy.language import _, current

PeriodType = Literal["instant", "interval", "unstated"]
_POINT = re.compile(r"(\d{4})(?:-(?:H([12])|Q([1-4])|(\d{2})(?:-(\d{2}))?))?")
OPEN = ".."


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days; ``start`` is ``None`` when the period is open at its beginning."""

    text: str
    start: date | None
    end: date

    def __str__(self) -> str:
        return self.text

    @property
    def year(self) -> int:
        """The calendar year in which the period ends; charts place a figure there."""
        return self.end.year

    def contains(self, other: Period) -> bool:
        """True when every day of ``other`` lies in this period."""
        begins = self.start is None or (other.start is not None and self.start <= other.start)
        return begins and other.end <= self.end

    def overlaps(self, other: Period) -> bool:
        """True when the two periods share a day."""
        first = self.start is None or self.start <= other.end
        return first and (other.start is None or other.start <= self.end)


@lru_cache(maxsize=4096)
def parse(text: str) -> Period:
    """Return the period that ``text`` names; raise ``ValueError`` for any other form.

    >>> parse("2018-H1").end, parse("2013/2018").start, parse("../2018-10").start
    (datetime.date(2018, 6, 30), datetime.date(2013, 1, 1), None)
    """
    first, slash, last = text.partition("/")
    if not slash:
        start, end = _span(first)
        return Period(text, start, end)
    begin = None if first == OPEN else _span(first)[0]
    end = _span(last)[1]
    if begin is not None and begin > end:
        raise ValueError(f"period ends before it begins: {text!r}")
    return Period(text, begin, end)


def _span(text: str) -> tuple[date, date]:
    """First and last day of one point such as 2018, 2018-H1, 2018-Q3, 2018-09 or 2018-08-31."""
    match = _POINT.fullmatch(text)
    if not match:
        raise ValueError(f"not a period: {text!r}")
    year, half, quarter, month, day = (int(part) if part else 0 for part in match.groups())
    if day:
        return date(year, month, day), date(year, month, day)
    first, last = (month, month) if month else (1, 12)
    if half:
        first, last = 6 * half - 5, 6 * half
    if quarter:
        first, last = 3 * quarter - 2, 3 * quarter
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def is_valid(text: str) -> bool:
    """True for an empty period (none stated) and for every form :func:`parse` reads."""
    try:
        return not text or bool(parse(text))
    except ValueError:
        return False


def union_year(year: int) -> Period:
    """Return the union survey year: October of the year before to September of ``year``."""
    return parse(f"{year - 1}-10/{year}-09")


def year_of(text: str) -> int | None:
    """Return the calendar year in which the period ends, ``None`` when it states none."""
    return parse(text).year if text else None


def last_day(text: str) -> int:
    """Return the number of the period's last day (1 is 1 January of the year 1), 0 when it states none."""
    return parse(text).end.toordinal() if text else 0


def label(text: str) -> str:
    """Return the period as readers write it: 2018年上半年, 2013年—2018年, 截至2018年10月."""
    if not text:
        return _("时期未注明")
    first, slash, last = text.partition("/")
    if not slash:
        return _point_label(first)
    if first == OPEN:
        return _("截至{end}").format(end=_point_label(last))
    return f"{_point_label(first)}—{_point_label(last)}"


def _point_label(text: str) -> str:
    match = _POINT.fullmatch(text)
    if not match or current() == "en":
        return text
    year, half, quarter, month, day = match.groups()
    tail = {"1": "上半年", "2": "下半年"}.get(half or "", "")
    tail += f"第{quarter}季度" if quarter else ""
    tail += f"{int(month)}月" if month else ""
    tail += f"{int(day)}日" if day else ""
    return f"{year}年{tail}"
