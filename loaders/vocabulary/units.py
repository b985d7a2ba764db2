"""What a printed unit means: its base unit, how many of it one is, and what kind of thing it counts."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from tidy import numerals
from tidy.schema import DATA
from tidy.values import SAME_UNIT

SCALE = re.compile(r"^([十百千万亿]+)(?=\S)")
BRACKETED = re.compile(r"\s*[(（\[【]\s*(?:单位\s*[:：])?\s*([^()（）\[\]【】]{1,8}?)\s*[)）\]】]\s*$")
AFTER_COMMA = re.compile(r"[,，]\s*([^,，]{1,6})$")


@dataclass(frozen=True, slots=True)
class Unit:
    """A printed unit: ``万人`` is 10,000 of the base unit 人, which counts people."""

    printed: str
    base: str
    factor: float
    kind: str


@lru_cache(maxsize=1)
def _known() -> dict[str, tuple[str, str]]:
    """Printed unit → (base unit, kind), from the table of units that the report reader uses too."""
    with (DATA / "lexicon" / "units.csv").open(encoding="utf-8", newline="") as file:
        return {
            word: (row["unit"] or word, row["kind"])
            for row in csv.DictReader(file)
            for word in row["printed"].split("|")
        }


def unit(printed: str) -> Unit | None:
    """Return what ``printed`` means as a unit; ``None`` when it is none that is known.

    >>> unit("万人"), unit("会员")
    (Unit(printed='万人', base='人', factor=10000.0, kind='people'), None)
    """
    last = printed[-1:]
    return None if "\u4e00" <= last <= "\u9fff" and last not in _ends() else _unit(printed)


@lru_cache(maxsize=1)
def _ends() -> frozenset[str]:
    """Return the characters that units end with: nearly every word is told from one by its last."""
    return frozenset(word[-1:] for word in [*_known(), *SAME_UNIT])


@lru_cache(maxsize=4096)
def _unit(printed: str) -> Unit | None:
    plain = unicodedata.normalize("NFKC", printed).strip().replace(" ", "")
    scale = SCALE.match(plain)
    rest = plain[scale.end() :] if scale else plain
    found = _known().get(rest) or _known().get(SAME_UNIT.get(rest, ""))
    if not found:
        return None
    factor = float(numerals.scale_of(scale[1])) if scale else 1.0
    return Unit(plain, found[0], factor, found[1])


@lru_cache(maxsize=65_536)
def split(heading: str) -> tuple[str, Unit | None]:
    """Return a heading without the unit it ends with, and that unit: ``会员数（万人）`` → 会员数, 万人."""
    for pattern in (BRACKETED, AFTER_COMMA):
        match = pattern.search(heading)
        found = unit(match[1]) if match else None
        if match and found and match.start():
            return heading[: match.start()], found
    return heading, None


def kind_of(base: str) -> str:
    """Return the kind of thing a base unit counts; the unit itself when the table has none."""
    found = unit(base)
    return found.kind if found else base
