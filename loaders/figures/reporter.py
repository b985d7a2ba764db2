"""Whom a figure is about: the union, pilot or place that headings and sentences name.

Known reporters come from ``data/reporters.csv`` when it is there; others are recognised by
their form (…省总工会, …市, …小镇工会联合会).
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from loaders.figures import lexicon

DATA = Path(__file__).resolve().parent.parent.parent / "data"
_PLACE = r"[\u4e00-\u9fff]{1,7}?(?:省|自治区|市|州|地区|盟|区|县|旗|镇|乡|街道|小镇|园区|开发区|商圈|兵团)"
_UNION = re.compile(rf"(?P<place>(?:{_PLACE}){{1,3}})(?:总工会|工会联合会|联合工会|各级工会|工会|总(?=[\u4e00-\u9fff]))")
_LEADING = re.compile(rf"^[\s\u3000*#（(一二三四五六七八九十、.\d)）]*(?P<place>(?:{_PLACE}){{1,3}})(?=[：:，]|职工|工会|[\u4e00-\u9fff]{{0,2}}\d{{4}}年|\d{{4}}年|今年|去年|现有|共)")
_NATION = re.compile(r"全国工会|中华全国总工会|全国总工会|全总")
_NOT_PLACE = re.compile(r"^(?:全|各|我|该|本|两|多|县|市|区|镇|乡|省|街道|在|为|由|向|据|从|对|和|与|及|以|按照|记者|日前|近日|近年)")
_PREFIX = re.compile(r"^.*(?:按照|根据|年|月|日|来|在|从|由|据|向|至|到|是|为|于|和|与|对|记者|的)(?=[\u4e00-\u9fff]{2,}(?:省|市|区|县|州|旗|镇|园区|小镇))")


@dataclass(frozen=True, slots=True)
class Reporter:
    """A reporter's short name with its id and city when ``data/reporters.csv`` knows it."""

    name: str
    reporter_id: str = ""
    city: str = ""


@cache
def known(folder: Path = DATA) -> dict[str, Reporter]:
    """Return name or alias → reporter; empty when the table is not shipped."""
    path = folder / "reporters.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    return {
        name: Reporter(row["name"], row["reporter_id"], row["city"])
        for row in table
        for name in [*lexicon.split(row.get("aliases", "")), row["name"]]
        if len(name) >= 2
    }


@cache
def _known_pattern() -> re.Pattern[str]:
    return re.compile(lexicon.trie(known()))


def of(words: str) -> Reporter | None:
    """Return the reporter that ``words`` name, the last and most particular; ``None`` for none."""
    found = None
    if known():
        for match in _known_pattern().finditer(words):
            found = known()[match[0]]
    return found or _by_form(words)


def _by_form(words: str) -> Reporter | None:
    match = _LEADING.match(words) or _UNION.search(words)
    if match:
        place = _PREFIX.sub("", match["place"])
        if len(place) >= 2 and not _NOT_PLACE.match(place):
            return Reporter(place)
    return Reporter("全国") if _NATION.search(words) else None
