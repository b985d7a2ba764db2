"""The unit a figure is in: from its heading, its row's unit column, or the line above the table."""

from __future__ import annotations

import re
from functools import lru_cache

from loaders.layout.words import squeeze, words

GROUP = re.compile(r"[(（\[【]([^()（）\[\]【】]{1,12})[)）\]】]")
AFTER_COMMA = re.compile(r"[,，_/／]([^,，_/／]{1,6})$")
COUNTED = re.compile(r"([人户家件次个份场期])[数次]$|(?:率|占比|比重|比例)$")
PREFIX = "十百千万亿"


@lru_cache(maxsize=8192)
def unit_in(label: str) -> str:
    """Return the unit a heading names in brackets or after a comma: ``产值（亿元）`` → ``亿元``."""
    for found in reversed(GROUP.findall(label)):
        plain = str(found).strip().removeprefix("单位：").removeprefix("单位:")
        if is_unit(plain):
            return plain
    tail = AFTER_COMMA.search(label)
    return tail[1].strip() if tail and is_unit(tail[1]) else ("%" if label.rstrip().endswith(("%", "％")) else "")


@lru_cache(maxsize=8192)
def is_unit(text: str) -> bool:
    """Tell whether a word is a unit, with or without 万, 亿 and ``/``."""
    plain = squeeze(text)
    known = words()["units"]
    if plain in known:
        return True
    parts = [part.lstrip(PREFIX) for part in re.split(r"[/／每]", plain) if part]
    return bool(parts) and all(part in known or (not part and plain[0] in PREFIX) for part in parts)


def fitting(units: str, labels: list[str]) -> str:
    """Return the one of several units (``单位：户、人``) that the headings name; empty when none or more do.

    A single unit holds for all but headings that say what they count: 万元 is no unit of 帮扶人数 or 建会率.
    """
    if not units:
        return ""
    several = [unit for unit in re.split(r"[、,，/]", units) if unit]
    if len(several) < 2 or is_unit(units):
        said = next((found for label in labels if (found := COUNTED.search(squeeze(label)))), None)
        return units if said is None or any(word in units for word in said[1] or "%‰") else ""
    heads = squeeze("".join(labels))
    named = [unit for unit in several if unit.lstrip(PREFIX) in heads]
    return named[0] if len(named) == 1 else ""
