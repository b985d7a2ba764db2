"""The words of ``data/vocabulary/headings.toml``: what a heading says besides names."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from typing import Literal

from loaders.vocabulary.keys import key
from tidy.schema import DATA

Aspect = Literal["reporter", "city", "period", "unit", "indicator", "ignore"]
FILE = DATA / "vocabulary" / "headings.toml"
PAIR = re.compile(r"^\s*[(（]?\s*([^:：]{1,12}?)\s*[:：]\s*(.*?)\s*[)）]?\s*$", re.S)


@lru_cache(maxsize=1)
def _lists() -> dict[str, dict[str, str]]:
    """Section → spelling → name of the list that it stands in."""
    found = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        section: {key(word): name for name, words in lists.items() for word in words}
        for section, lists in found.items()
    }


def context_pair(text: str) -> tuple[str, str] | None:
    """Return (aspect, value) of a line such as ``填报单位：杭州市总工会``; ``None`` for any other text."""
    match = PAIR.match(text)
    aspect = _lists()["context"].get(key(match[1])) if match else None
    return (aspect, match[2]) if match and aspect else None


def is_aside(name: str) -> bool:
    """Tell whether a question of a form is about the form itself (who, when, which number), not about a figure."""
    return column_aspect(name) == "ignore" or key(name) in _lists()["context"]


def column_aspect(name: str) -> str:
    """Return what a column of row headings holds by its own heading; empty when that says nothing."""
    return _lists()["columns"].get(key(name), "")


@lru_cache(maxsize=16_384)
def is_plain(text: str) -> bool:
    """Tell whether a heading says only that there is a figure below (数量, 本期数)."""
    return key(text) in _lists()["plain"]


@lru_cache(maxsize=16_384)
def measure_of(text: str) -> str:
    """Return ``target`` or ``cumulative`` for 计划数, 累计 …; empty for other headings."""
    return _lists()["measures"].get(key(text), "")


@lru_cache(maxsize=16_384)
def relative_of(text: str) -> str:
    """Return ``same``, ``year_before`` or ``before`` for 本期, 上年同期, 上期 …; empty for others."""
    return _lists()["relative"].get(key(text), "")


@lru_cache(maxsize=16_384)
def is_derived(text: str) -> bool:
    """Tell whether figures under a heading are worked out from others (同比增长, 占比)."""
    return key(text) in _lists()["derived"]


@lru_cache(maxsize=16_384)
def is_section(text: str) -> bool:
    """Tell whether a heading only groups indicators (组织建设情况)."""
    return key(text) in _lists()["sections"]


@lru_cache(maxsize=16_384)
def is_whole(text: str) -> bool:
    """Tell whether a label stands for the reporter of the whole form (全市, 全省合计)."""
    return key(text) in _lists()["whole"]
