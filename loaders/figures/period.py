"""The time a figure is for: years, halves, months and days said in or before its sentence.

Relative words (今年, 去年, 上半年, 截至目前) are resolved against the document's date, else
against the last year the text named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_N = r"(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})"
_TIME = re.compile(
    rf"(?P<y1>(?:19|20)\d\d)\s?年?\s*(?:至|到|—|-|–|～|~)\s*(?P<y2>(?:19|20)\d\d)年?(?!\d|-)"
    rf"|(?P<rel>今年以来|今年|本年度|本年|当年|去年|上年|前年|明年)(?:(?P<rm>{_N})月(?:份|底|末|初)?(?:(?P<rd>{_N})[日号])?)?"
    rf"|(?P<year>(?:19|20)\d\d)\s?[年.]\s?(?:度)?(?:(?P<month>{_N})\s?月(?:份|底|末|初)?(?:\s?(?P<day>{_N})\s?[日号])?|(?P<ydone>底|末|初))?"
    rf"|(?P<half>上半年|下半年)|(?P<quarter>前?[一二三四](?:个?季度))"
    rf"|(?P<span>(?:近|过去|最近|这)?(?P<n>[一二两三四五六七八九十]{{1,2}}|\d{{1,2}})(?:多|余)?年(?:多)?(?:来|间|里)|(?:近年|历年|多年|几年)来)"
    rf"|(?P<plan>[“\"]?十[一二三四五]五[”\"]?)(?:以来|期间|时期)"
    rf"|(?P<monthonly>(?<![\d年]){_N})\s?月(?:份|底|末|初)?(?:\s?(?P<dayonly>{_N})\s?[日号])?"
)
_HINT = re.compile(r"[年月季“五]|[12][09]\d\d")
_COMPARED = re.compile(r"(?:与|和|比|较|按|按照)$")
_SINCE = re.compile(r"^[^，。；]{0,12}(?:以来|开始|起|至今|启动|推行|实施以来)")
_NOW = re.compile(r"截至目前|截止目前|至今|目前|现有|迄今")
_DIGITS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_PLANS = {"十一五": 2006, "十二五": 2011, "十三五": 2016, "十四五": 2021}


@lru_cache(maxsize=4_096)
def _times(words: str) -> tuple[tuple[re.Match[str], ...], bool]:
    """Return the time words of ``words`` that are not only compared with, and whether they say 目前."""
    found = (
        match
        for match in (_TIME.finditer(words) if _HINT.search(words) else ())
        if not _COMPARED.search(words, max(0, match.start() - 3), match.start())
    )
    return tuple(found), bool(_NOW.search(words))


@dataclass(slots=True)
class Clock:
    """What the text has said about time so far: the document's date and the running period."""

    year: int = 0
    month: int = 0
    current: str = ""
    since: str = ""
    document_year: int = 0
    anchor: int = 0

    def read(self, words: str) -> None:
        """Take in the time words of ``words``, in order."""
        found, now = _times(words)
        for match in found:
            self._take(match, words)
        if now and not self.since:
            self.current = self.current or self._now()

    def _now(self) -> str:
        if not self.year:
            return ""
        return f"{self.year}-{self.month:02d}" if self.month else str(self.year)

    def period(self, measure: str) -> str:
        """Return the ISO 8601 period for a figure of ``measure`` at this place; empty when unknown."""
        if measure == "cumulative":
            return self._cumulative()
        return self.current

    def _cumulative(self) -> str:
        end = self.current.rsplit("/", 1)[-1] or self._now()
        if not end:
            return ""
        if "/" in self.current and not self.since:
            return self.current  # 2013至2018年
        start = self.since if self.since and self.since[:4] <= end[:4] else ".."
        return end if start == end else f"{start}/{end}"

    def _take(self, match: re.Match[str], words: str) -> None:
        if match["y1"]:
            self.current, self.year, self.month = f"{match['y1']}/{match['y2']}", int(match["y2"]), 0
        elif match["plan"]:
            self.since = str(_PLANS.get(match["plan"].strip('“”"'), ""))
        elif match["span"]:
            self._years_back(match["n"])
        elif match["half"] or match["quarter"]:
            self._part_of_year(match["half"], match["quarter"])
        else:
            self._point(match, words)

    def _years_back(self, count: str | None) -> None:
        anchor = self.document_year or self.year
        self.since = str(anchor - number(count)) if anchor and count else ""

    def _part_of_year(self, half: str | None, quarter: str | None) -> None:
        if self.year and half:
            self.current = f"{self.year}-H{1 if half == '上半年' else 2}"
        elif self.year and quarter:
            last = number(quarter.lstrip("前")[0])
            whole = quarter[0] == "前"
            self.current = f"{self.year}-01/{self.year}-{3 * last:02d}" if whole else f"{self.year}-Q{last}"

    def _point(self, match: re.Match[str], words: str) -> None:
        year = self._year_of(match)
        month, day = _month_day(match)
        if not 0 <= month <= 12 or not 0 <= day <= 31 or not year:
            return
        point = str(year) + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if month and day else "")
        if _SINCE.match(words[match.end() :]) and not match["rel"]:
            self.since, self.anchor = point, year
            return
        self.year, self.month, self.current = year, month, point
        self.document_year = self.document_year or year

    def _year_of(self, match: re.Match[str]) -> int:
        if match["year"]:
            return int(match["year"])
        anchor = self.document_year or self.year
        shift = {"去年": -1, "上年": -1, "前年": -2, "明年": 1}.get(match["rel"] or "", 0)
        if match["rel"] == "当年":
            return self.year or self.anchor
        return anchor + shift if anchor else 0


def _month_day(match: re.Match[str]) -> tuple[int, int]:
    month = match["month"] or match["rm"] or match["monthonly"]
    day = match["day"] or match["rd"] or match["dayonly"]
    return number(month), number(day)


def number(digits: str | None) -> int:
    """Return a small number printed in digits or Chinese; 0 for none.

    >>> number("十二"), number("8"), number(None)
    (12, 8, 0)
    """
    if not digits:
        return 0
    if digits.isdigit():
        return int(digits)
    total = 0
    for digit in digits:
        value = _DIGITS.get(digit, 0)
        total = (total or 1) * 10 if digit == "十" and total else total + value
    return total
