"""Axes a reader can read: round ticks, 万人 and 万元, classes of a map."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tidy.format import plain, scaled, unit_name
from tidy.language import current

ENGLISH = ((1e9, "billion"), (1e6, "million"), (1e3, "thousand"))
CHINESE = ((1e8, "亿"), (1e4, "万"))


@dataclass(frozen=True, slots=True)
class Axis:
    """Tick places in base units, their texts, and the unit that the texts are in."""

    places: tuple[float, ...]
    texts: tuple[str, ...]
    unit: str
    low: float
    high: float


def unit_for(largest: float, unit: str) -> tuple[float, str]:
    """Return the factor and name of the unit for figures up to ``largest``: 10000 and 万人."""
    steps = ENGLISH if current() == "en" else CHINESE
    for factor, word in steps:
        if largest >= factor and unit != "%":
            join = " " if current() == "en" else ""
            return factor, f"{word}{join}{unit_name(unit)}".strip()
    return 1.0, unit_name(unit)


def step_for(span: float, count: int) -> float:
    """Return the round step (1, 2, 2.5 or 5 times a power of ten) that cuts ``span`` into about ``count``."""
    raw = span / count
    power: float = 10.0 ** math.floor(math.log10(raw))
    return next(nice * power for nice in (1, 2, 2.5, 5, 10) if nice * power >= raw * 0.999)


def axis(
    values: Sequence[float],
    unit: str,
    *,
    zero: bool = True,
    tight: bool = False,
    count: int = 4,
    limit: float | None = None,
) -> Axis:
    """Return a value axis over ``values``; from zero unless told otherwise, never beyond ``limit``.

    It ends at a round number, or ``tight`` at the largest value.
    """
    known = [value for value in values if math.isfinite(value)] or [0.0, 1.0]
    top, bottom = max(known), min([0.0, *known] if zero else known)
    if top == bottom:
        top, bottom = top + (abs(top) or 1.0), (bottom if zero else bottom - (abs(bottom) or 1.0))
    step = step_for(top - bottom, count)
    first = math.floor(bottom / step) * step
    places = [first + step * index for index in range(math.ceil((top - first) / step - 1e-9) + 1)]
    end = top if tight else min(places[-1], math.inf if limit is None else max(limit, top))
    places = [place for place in places if place <= end] or [bottom]
    factor, word = unit_for(max(abs(place) for place in places), unit)
    texts = tuple(plain(round(place / factor, 6)) for place in places)
    return Axis(tuple(places), texts, word, places[0], end)


def classes(values: Sequence[float], count: int = 5) -> list[float]:
    """Return rising class limits for a map: even round steps, or 1-2-5 steps where values are skewed."""
    known = sorted(value for value in values if math.isfinite(value))
    if not known:
        return []
    low, high = known[0], known[-1]
    if low == high:
        return [low, low]
    if counted(known) and high - low < count:
        return [float(one) for one in range(int(low), int(high) + 2)]  # each number its own class
    middle = known[len(known) // 2]
    if low > 0 and middle > 0 and high / middle > 5:
        return _by_quantiles(known, count)
    step = step_for(high - low, count)
    first = math.floor(low / step + 1e-9) * step
    steps = math.ceil((high - first) / step - 1e-9)
    return [round(first + step * index, 10) for index in range(max(steps, 1) + 1)][: count + 2]


def counted(values: Sequence[float]) -> bool:
    """True for small whole numbers, such as pilots, which nobody halves."""
    return all(value == int(value) and 0 <= value < 1000 for value in values if math.isfinite(value))


def _by_quantiles(known: list[float], count: int) -> list[float]:
    """Round limits that hold about the same number of areas each."""
    limits = [_rounded(known[0], math.floor)]
    for part in range(1, count):
        limit = _rounded(known[len(known) * part // count], math.floor)
        if limit > limits[-1]:
            limits.append(limit)
    return [*limits, _rounded(known[-1], math.ceil)]


def _rounded(number: float, towards: Callable[[float], int]) -> float:
    """Two leading digits: 12,597 → 12,000 or 13,000."""
    power: float = 10.0 ** (math.floor(math.log10(number)) - 1)
    return towards(round(number / power, 9)) * power


def class_of(value: float, limits: Sequence[float]) -> int:
    """Return the index of the class that holds ``value``; the top limit belongs to the last class."""
    inside = sum(value >= limit for limit in limits) - 1
    return max(0, min(inside, len(limits) - 2))


def class_names(limits: Sequence[float], *, whole: bool = False) -> list[str]:
    """Return the classes as a legend reads: 10–20万, 650–1.2万, 0–100,000; the lower end belongs to the class.

    Of ``whole`` numbers each stands in one name only: 0–4, 5–10, or 1, 2, 3.
    """
    if whole and len(limits) > 2:
        single = all(high - low == 1 for low, high in pairwise(limits))
        tops = [*(limit - 1 for limit in limits[1:-1]), limits[-1] - single]
        return [
            plain(low) if low == top else f"{plain(low)}–{plain(top)}" for low, top in zip(limits, tops, strict=False)
        ]
    if current() == "en" or not limits:
        return _ranges([plain(limit) for limit in limits], "")
    factor, word = unit_for(max(limits), "")
    if all(not limit or limit >= factor / 10 for limit in limits):
        return _ranges([plain(round(limit / factor, 4)) for limit in limits], word)
    return _ranges([scaled(limit) for limit in limits], "")


def _ranges(texts: list[str], word: str) -> list[str]:
    return [(f"{low}–{high}" if low != high else low) + word for low, high in pairwise(texts)]
