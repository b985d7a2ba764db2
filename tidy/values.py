"""What a printed number can mean: value, bounds, unit and qualifier.

The rules are design.md section 4; they stand in ``data/qualifiers.csv``, which the
dictionary page shows, and only this module applies them. *u* is one unit in the place of
the last printed significant digit.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from tidy import numerals
from tidy.intervals import Interval
from tidy.shares import HALF, in_percent

Qualifier = Literal["exact", "approx", "at_least", "at_most"]
TABLE = Path(__file__).resolve().parent.parent / "data" / "qualifiers.csv"
SAME_UNIT = {
    "名": "人", "位": "人", "％": "%", "﹪": "%", "个百分点": "百分点",
    "元人民币": "元", "㎡": "平方米", "平米": "平方米", "个人": "人",
}  # fmt: skip


BEFORE_SCALES = frozenset("上")  # 上百 is a hundred or more, 以上100 is not
ONLY_BEFORE_SCALES = "(?=[百千万亿])"


class NotANumber(ValueError):
    """Raised when a phrase prints no number that the rules can read."""


MEASURED = {
    "人", "人次", "元", "%", "百分点", "平方米", "平方公里", "亩", "公里", "米", "小时", "天", "倍", "吨", "户", "千瓦时",
}  # fmt: skip


def dimension(unit: str) -> str:
    """Return what a unit measures: itself for 人, 元, % …, one word for counters (家, 个, 场, 件 …).

    Sources count the same bodies now in 家, now in 个; figures of one indicator differ in
    kind only where their dimension differs.
    """
    return unit if unit in MEASURED else "count"


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table of printed qualifiers."""

    printed: tuple[str, ...]
    position: str
    direction: str
    qualifier: Qualifier
    low: str
    high: str
    low_open: bool
    high_open: bool
    canonical: bool
    meaning: str
    meaning_en: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed number in base units with what it can mean; ``None`` is no limit."""

    value: float
    low: float | None
    high: float | None
    unit: str = ""
    qualifier: Qualifier = "exact"
    low_open: bool = False
    high_open: bool = False

    @property
    def interval(self) -> Interval:
        """The bounds as an interval, open ends kept."""
        base = Interval.of(self.low, self.high)
        return Interval(base.low, base.high, base.low_open or self.low_open, base.high_open or self.high_open)


@cache
def rules() -> tuple[Rule, ...]:
    """Return the table of printed qualifiers, in the file's order."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(_rule(row) for row in csv.DictReader(file))


def _rule(row: dict[str, str]) -> Rule:
    words = tuple(filter(None, row["printed"].split("|")))
    flags = {key: row[key] == "true" for key in ("low_open", "high_open", "canonical")}
    texts = {key: row[key] for key in ("position", "direction", "low", "high", "meaning", "meaning_en")}
    return Rule(printed=words, qualifier=row["qualifier"], **texts, **flags)  # type: ignore[arg-type]


def words(position: str) -> tuple[str, ...]:
    """Return the printed words of one position (before, inside, after, range), longest first."""
    found = [word for rule in rules() if rule.position == position for word in rule.printed]
    return tuple(sorted(found, key=len, reverse=True))


def _any(position: str) -> str:
    return "|".join(f"{re.escape(word)}{ONLY_BEFORE_SCALES}" if word in BEFORE_SCALES else re.escape(word)
                    for word in words(position))  # fmt: skip


@cache
def _pattern() -> re.Pattern[str]:
    scale, number = (
        numerals.SCALE,
        rf"(?:[数几]{numerals.SCALE}+|{numerals.COMPOUND}|{numerals.ARABIC}|{numerals.CHINESE}|半)",
    )
    inside = rf"(?:{_any('inside')})?"
    return re.compile(
        rf"(?:达到|达|共计|共|合计|有)?(?P<before>{_any('before')})?\s*(?P<number>{number})\s*(?P<inner>{inside})"
        rf"\s*(?P<scale>{scale}*)(?P<outer>{inside})"
        rf"(?:\s*(?P<firstunit>[^\d\s\W一二两三四五六七八九十至到]{{0,4}}|%|％)\s*(?:{_any('range')})\s*"
        rf"(?P<second>{number})(?P<secondscale>{scale}*))?"
        rf"\s*(?P<unit>[^\d\s，。,;；、]*?)\s*(?P<after>{_any('after')})?"
    )


@cache
def _half() -> re.Pattern[str]:
    said = "|".join(word for rule in rules() if rule.direction == "half" for word in rule.printed)
    return re.compile(rf"(?P<before>{_any('before')}|{HALF})?(?:{said})(?P<after>{_any('after')})?")


# 未发生一起, 无一例: a quantity of none, said in words.
_NONE = re.compile(r"(?:未发生|没有|无)(?:一|1)(?P<unit>[起例件次人家])")
_PAIR = re.compile(r"(?P<tens>十?)(?P<pair>一二|二三|两三|三四|三五|四五|五六|六七|七八|八九)(?P<scale>[十百千万亿]*)")


@lru_cache(maxsize=65536)
def parse(text: str, unit: str = "", *, share: bool = True) -> Printed:
    """Return what the printed phrase means, by the rules of ``data/qualifiers.csv``.

    ``unit`` is used when the phrase prints none. With ``share`` a percentage at or below
    100 is limited to 100. Raises :class:`NotANumber` when no number can be read.

    >>> parse("49万余人").interval
    Interval(low=490000.0, high=500000.0, low_open=True, high_open=True)
    >>> parse("95%以上").high, parse("十几家").low, parse("过半").low
    (100.0, 11.0, 50.0)
    """
    phrase = in_percent(text.strip().replace("\n", "").replace("\r", ""), _half())
    if zero := _NONE.fullmatch(phrase):
        return Printed(0.0, 0.0, 0.0, SAME_UNIT.get(zero["unit"], zero["unit"]) or unit)
    match = _pattern().fullmatch(phrase)
    if not match:
        raise NotANumber(text)
    found = SAME_UNIT.get(match["unit"], match["unit"])
    try:
        printed = _meaning(match)
    except ValueError as error:
        raise NotANumber(text) from error
    printed = replace(printed, unit=found or unit)
    return _limited(printed) if share and printed.unit == "%" else printed


def parse_digits(before: str, digits: str, behind: str, unit: str = "") -> Printed:
    """Return what :func:`parse` returns for ``before + digits + behind``, in a tenth of the time.

    What stands around the digits is understood once; statistics print it again and again with other digits.

    >>> parse_digits("近", "1.3", "万余人") == parse("近1.3万余人")
    True
    """
    shape = _shape(before, behind, unit)
    if shape is None:
        return parse(before + digits + behind, unit)
    rule, factor, unit = shape
    whole, _point, part = digits.replace(",", "").partition(".")
    scaled = int(whole + part) * factor
    value = scaled / 10 ** len(part)
    if rule.position == "none":
        return Printed(value, value, value, unit)
    zeros = len(str(scaled)) - len(str(scaled).rstrip("0"))
    step = factor / 10 ** len(part) if part else float(10**zeros)
    printed = _bounded(value, step if scaled else 1.0, rule, unit)
    return _limited(printed) if unit == "%" else printed


@lru_cache(maxsize=4096)
def _shape(before: str, behind: str, unit: str) -> tuple[Rule, int, str] | None:
    """Rule, factor and unit of digits between ``before`` and ``behind``; none where the digits are not all."""
    phrase = f"{before}1{behind}"
    match = None if {"分", "成", "半"}.intersection(phrase) else _pattern().fullmatch(phrase)
    if not match or match["second"] or match["number"] != "1":
        return None
    return _rule_for(match), numerals.scale_of(match["scale"]), SAME_UNIT.get(match["unit"], match["unit"]) or unit


def _meaning(match: re.Match[str]) -> Printed:
    pair = _PAIR.fullmatch(match["number"])
    if match["second"]:
        return _range(match)
    if pair:
        return _adjacent(pair, numerals.scale_of(match["scale"]))
    value, step = _value_and_step(match["number"] + match["scale"])
    return _bounded(value, step, _rule_for(match))


def _value_and_step(printed: str) -> tuple[float, float]:
    if printed[0] in "数几":
        base = numerals.number(printed[1:])
        return base * 2, base
    if printed == "半":
        return 0.5, 0.1
    return numerals.number(printed), numerals.place(printed)


def _rule_for(match: re.Match[str]) -> Rule:
    """The rule of the qualifiers printed around the number; contradictory ones have a rule of their own."""
    found = [
        _find(position, word)
        for position, word in (
            ("before", match["before"]),
            ("inside", match["inner"] or match["outer"]),
            ("after", match["after"]),
            ("digit", match["number"][0] if match["number"][0] in "数几" else None),
        )
        if word
    ]
    if not found:
        return next(rule for rule in rules() if rule.position == "none")
    if len({rule.direction for rule in found}) > 1:
        return next(rule for rule in rules() if rule.position == "contradictory")
    return found[0]


def _find(position: str, word: str) -> Rule:
    return next(rule for rule in rules() if rule.position == position and word in rule.printed)


# The ends of data/qualifiers.csv, from the value and one unit in its last printed place.
_ENDS: dict[str, Callable[[float, float], float | None]] = {
    "": lambda value, step: None, "0": lambda value, step: 0.0, "v": lambda value, step: value,
    "v+u": lambda value, step: value + step, "v-u": lambda value, step: value - step,
    "v+u/2": lambda value, step: value + step / 2, "v-u/2": lambda value, step: value - step / 2,
    "v+u/10": lambda value, step: value + step / 10, "v+9u/10": lambda value, step: value + step * 9 / 10,
}  # fmt: skip


def _bounded(value: float, step: float, rule: Rule, unit: str = "") -> Printed:
    if rule.position == "digit":  # 数百: the table's 20 and 90 are for tens
        return Printed(value, value, value / 2 * 9, unit, qualifier=rule.qualifier)
    return Printed(
        value + step / 10 if rule.direction == "some" else value,
        _clean(_ENDS[rule.low](value, step)),
        _clean(_ENDS[rule.high](value, step)),
        unit,
        rule.qualifier,
        rule.low_open,
        rule.high_open,
    )


def _clean(end: float | None) -> float | None:
    """Binary noise removed, so that 1.4 + 0.1 is the 1.5 a reader expects."""
    return None if end is None else float(f"{end:.12g}")


def _range(match: re.Match[str]) -> Printed:
    second_scale = numerals.scale_of(match["secondscale"])
    first_scale = numerals.scale_of(match["scale"]) if match["scale"] else second_scale
    low = numerals.number(match["number"]) * first_scale
    high = numerals.number(match["second"]) * second_scale
    if high < low:
        raise NotANumber(match[0])
    return Printed(low, low, high)


def _adjacent(pair: re.Match[str], scale: int) -> Printed:
    """三四十家: 30 to 40."""
    factor = numerals.scale_of(pair["scale"]) * scale
    tens = 10 if pair["tens"] else 0
    low, high = (tens + numerals.number(digit) for digit in pair["pair"])
    return Printed(low * factor, low * factor, high * factor, qualifier="approx")


def _limited(printed: Printed) -> Printed:
    """A share ends at 100; a completion rate that prints more than 100 is no share."""
    if printed.value > 100:
        return printed
    if printed.high is None:
        return replace(printed, high=100.0, high_open=False)
    if printed.high > 100:
        return replace(printed, high=100.0, high_open=False)
    return printed
