"""Whom a figure is about: the union, pilot or place that headings and sentences name.

Places of all provinces come from ``data/lexicon/places.csv``, the pilots and federations of
Zhejiang from ``data/reporters.csv`` when it is shipped. A heading names the reporter of what
stands below it; a sentence that begins with another one changes it until the paragraph ends.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from loaders.figures import lexicon

DATA = Path(__file__).resolve().parent.parent.parent / "data"
_ROWS = {row["name"]: row for row in lexicon.rows("places")}
_SHORT = {
    re.sub(r"(?:壮族|回族|维吾尔)?(?:自治区|省|市)$", "", name): name
    for name, row in _ROWS.items()
    if row["level"] in ("province", "city") and len(name) > 2 and name.endswith(("省", "市", "自治区"))
}
_ENDS = re.compile("[省市区县州盟旗岛]")
_LENGTHS: dict[str, list[int]] = {}  # by the last two characters of names, longest first
for _length, _ending in sorted({(len(name), name[-2:]) for name in _ROWS}, reverse=True):
    _LENGTHS.setdefault(_ending, []).append(_length)
_SMALLER = r"[\u4e00-\u9fff]{1,6}?(?:镇|街道|乡|开发区|高新区|经开区|新区|小镇|园区|商圈|产业园|社区)"
_UNION = r"(?:总工会|工会联合会|联合工会|各级工会|工会系统|市总|工会)"
_BELOW = re.compile(rf"(?P<smaller>{_SMALLER})(?={_UNION})")
_SHORT_UNION = re.compile(rf"(?P<short>{lexicon.trie(_SHORT)})(?:市|省)?(?={_UNION}|全[市省区]|现有|各级)")
_PARKS = rf"(?:开发区|高新区|经开区|新区|小镇|园区|商圈|产业园)(?={_UNION})"
_SELF = re.compile(rf"(?P<smaller>[\u4e00-\u9fff]{{2,5}}{_PARKS})")
_PARK = re.compile(_PARKS)
_NATION = re.compile(r"全国(?:各级)?(?:工会|总工会)|中华全国总工会|中国工会|全总")
_BULLET = re.compile(r"^[\s\u3000*#>|（()）\d一二三四五六七八九十、.．◎●■—-]*")
_VAGUE = re.compile(r"^(?:[省市区县镇]总|我|该|本|全)")
_GENERIC = frozenset(("经开区", "开发区", "高新区"))
REACH = 14


@dataclass(frozen=True, slots=True)
class Reporter:
    """A reporter's short name, with its id and city when they are known."""

    name: str = ""
    reporter_id: str = ""
    city: str = ""


@cache
def known(folder: Path = DATA) -> dict[str, Reporter]:
    """Return name or alias → reporter of Zhejiang; empty when the table is not shipped."""
    path = folder / "reporters.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    names = ((name, row) for row in table for name in (*lexicon.split(row.get("aliases", "")), row["name"]))
    return {
        name: Reporter(row["name"], row["reporter_id"], row["city"])
        for name, row in names
        if len(name) >= 3 and not _VAGUE.match(name)
    }


@cache
def _known_names() -> re.Pattern[str]:
    return re.compile(lexicon.trie(known()))


@dataclass(slots=True)
class Desk:
    """Keeps who is being reported on while a text is read."""

    home: Reporter = field(default_factory=Reporter)
    current: Reporter = field(default_factory=Reporter)
    zhejiang: bool = False

    def heading(self, words: str) -> None:
        """A title or heading names the reporter of what follows it."""
        found = self._named(words)
        if found:
            self.home = self.current = found

    def sentence(self, words: str) -> None:
        """A sentence may begin with another reporter; the first one named becomes the document's."""
        begin = _BULLET.match(words)
        start = begin.end() if begin else 0
        found = self._named(words[start : start + 60 if not self.home.name else start + 24], REACH)
        if found:
            self.current = found
            self.home = self.home if self.home.name else found

    def paragraph(self) -> None:
        """A new paragraph speaks of the document's own reporter again."""
        self.current = self.home

    def _named(self, words: str, reach: int = 200) -> Reporter | None:
        self.zhejiang = self.zhejiang or "浙江" in words
        limit = reach if self.home.name else len(words)
        found = self._of_zhejiang(words, limit) or _by_place(words, limit)
        if found and found.city and _ROWS.get(found.city, {}).get("province") == "浙江省":
            self.zhejiang = True
        if not found and _NATION.search(words):
            return Reporter("全国")
        return found

    def _of_zhejiang(self, words: str, limit: int) -> Reporter | None:
        names = _known_names().findall(words, 0, limit + REACH)
        best = max(names, key=len) if names else ""
        return known()[best] if best and (self.zhejiang or len(best) >= 6) else None


def _by_place(words: str, limit: int) -> Reporter | None:
    """A place by its full name, a union by a short one (重庆工会), or a park of no listed place."""
    chain, end = _chain(words[: limit + REACH])
    if chain:
        below = _BELOW.match(words, end)
        return _reporter(below["smaller"] if below else chain[-1], chain)
    if "工会" not in words and "全" not in words and "现有" not in words:
        return None
    short = _SHORT_UNION.search(words, 0, limit + REACH)
    if short:
        return _reporter(_SHORT[short["short"]], [_SHORT[short["short"]]])
    own = _SELF.search(words, 0, limit + REACH) if _PARK.search(words) else None
    return Reporter(own["smaller"]) if own else None


def _chain(words: str) -> tuple[list[str], int]:
    """The first places that follow one another (河北省邯郸市邯山区) and where they end."""
    chain: list[str] = []
    done = -1
    for mark in _ENDS.finditer(words):
        end = mark.end()
        lengths = _LENGTHS.get(words[end - 2 : end], ())
        name = next((words[end - n : end] for n in lengths if n <= end and words[end - n : end] in _ROWS), "")
        if not name or words[end - len(name) - 1 : end - len(name)] == "自":
            continue
        if chain and end - len(name) > done:
            break
        chain.append(name)
        done = end
    return chain, done


def _reporter(name: str, places: list[str]) -> Reporter:
    city = next((row["city"] for place in reversed(places) if (row := _ROWS[place])["city"]), "")
    entry = known().get(f"{places[-1]}总工会") if name == places[-1] else known().get(name)
    return Reporter(name, entry.reporter_id if entry else "", city)
