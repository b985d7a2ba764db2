"""Figures as readers write them: never finer than printed, the qualifier in front, 万 and 亿.

:func:`amount` is for screens and exports; :func:`phrase` writes a printed phrase that
:func:`tidy.values.parse` reads back to the same figure.
"""

from __future__ import annotations

from math import isclose, isinf, isnan
from typing import Literal

from tidy import suppression
from tidy.intervals import Interval
from tidy.language import _, current
from tidy.values import Printed, Qualifier, rules

_UNITS_EN = """
人=people 人次=person-times 家=units 个= 户=households 件=cases 起=cases 场=events 场次=events
次=times 元=yuan 期=sessions 支=teams 份=copies 平方米=m² 平方公里=km² 亩=mu 条=items 项=items
处=places 篇=articles 台=sets 套=sets 倍=times 对=couples 所=schools 间=rooms 块=pieces 本=volumes
册=volumes 小时=hours 公里=km 门=courses 幢=buildings 座=buildings 层=floors 批=batches 名=people
百分点=percentage-points
"""
UNITS_EN = dict(pair.split("=") for pair in _UNITS_EN.split())


def unit_name(unit: str) -> str:
    """Return the unit in the reader's language."""
    return UNITS_EN.get(unit, unit) if current() == "en" else unit


def plain(number: float) -> str:
    """Return a number without noise or exponent: 12,597 · 95.6 · 1,419.61."""
    text = f"{number:,.6f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def scaled(number: float, unit: str = "", factor: float = 0) -> str:
    """Return a number with its unit: in Chinese 49万人, 1,419.61万元, 1.2亿元; in English 490,000 people.

    万 is used from ten thousand on where two decimals of it lose nothing, 亿 likewise; so a
    figure printed to the last digit keeps it (12,597人). A ``factor`` other than zero is the
    table's one unit (1, 1e4 for 万, 1e8 for 亿), by which the bare number is divided.
    """
    if factor:
        return plain(number / factor)
    if current() == "en":
        name = unit_name(unit)
        return f"{plain(number)}{name}" if name == "%" or not name else f"{plain(number)} {name}"
    for factor, word, decimals in ((1e8, "亿", 4), (1e4, "万", 2)):
        if abs(number) >= factor and isclose(round(number / factor, decimals) * factor, number, rel_tol=1e-12):
            return f"{plain(number / factor)}{word}{unit}"
    return f"{plain(number)}{unit}"


def amount(
    value: float,
    low: float | None,
    high: float | None,
    unit: str = "",
    qualifier: str = "exact",
    factor: float = 0,
) -> str:
    """Return a figure with its qualifier in front: ``≥ 49万人``, ``约 2万人``, ``20–30人``.

    ``low`` and ``high`` are the bounds (``None`` or NaN: no limit). Exact figures with two
    ends are ranges. ``factor`` is that of :func:`scaled`.
    """
    if qualifier == suppression.QUALIFIER:
        return suppression.MARK
    if value is None or isnan(value):
        return _("未填报")
    span = Interval.of(low, high)
    if qualifier == "at_least":
        return f"≥ {scaled(value, unit, factor)}"
    if qualifier == "at_most":
        return f"≤ {scaled(value, unit, factor)}"
    if qualifier == "approx":
        return _("约 {amount}").format(amount=scaled(value, unit, factor))
    return bounds(span, unit, factor) if not span.is_point and not isinf(span.high) else scaled(value, unit, factor)


def bounds(span: Interval, unit: str = "", factor: float = 0) -> str:
    """Return an interval for a reader: ``20–30人``, ``≥ 95%``, or the number where both ends meet."""
    if span.is_point:
        return scaled(span.low, unit, factor)
    if isinf(span.high):
        return _("不详") if isinf(span.low) else f"≥ {scaled(span.low, unit, factor)}"
    if isinf(span.low):
        return f"≤ {scaled(span.high, unit, factor)}"
    return f"{scaled(span.low, '', factor)}–{scaled(span.high, unit, factor)}"


def phrase(printed: Printed) -> str:
    """Return a Chinese phrase that prints ``printed``; the inverse of :func:`tidy.values.parse`.

    Raises ``ValueError`` for a figure that no rule of the table can print.
    """
    if printed.qualifier == "exact" and printed.low != printed.high:
        return f"{_digits(printed.low)}—{_digits(printed.high)}{printed.unit}"
    from tidy.values import parse

    for rule in rules():
        if not rule.canonical or rule.qualifier != printed.qualifier or rule.position == "digit":
            continue
        text = _place(rule.printed[0] if rule.printed else "", rule.position, printed)
        if parse(text, share=printed.high == 100 and printed.unit == "%") == printed:
            return text
    raise ValueError(printed)


def _place(word: str, position: str, printed: Printed) -> str:
    number = _digits(printed.value)
    middle = word if position == "inside" else ""
    before = word if position == "before" else ""
    after = word if position == "after" else ""
    return f"{before}{number}{middle}{printed.unit}{after}"


def _digits(number: float | None) -> str:
    return f"{number:.12g}" if number is not None and abs(number) < 1e12 else f"{number:.0f}"


def qualifier_word(qualifier: Qualifier | Literal["suppressed"]) -> str:
    """Return the word for a qualifier: 确数, 约数, 不少于, 不多于; or that the figure is hidden."""
    return {
        "exact": _("确数"),
        "approx": _("约数"),
        "at_least": _("不少于"),
        "at_most": _("不多于"),
        "suppressed": _("人数少，不显示"),
    }[qualifier]
