"""Traffic lights from declared thresholds; a fourth state where the figure straddles one."""

from __future__ import annotations

from typing import Literal

from tidy.intervals import Interval

Light = Literal["green", "amber", "red", "straddles"]


def light(figure: Interval, good: float, poor: float) -> Light:
    """Return the light of a figure by two declared thresholds.

    With ``good`` above ``poor`` more is better: green from ``good`` up, red below ``poor``;
    with ``good`` below ``poor`` less is better. ``straddles`` when the interval reaches into
    more than one colour.
    """
    if good < poor:
        return light(Interval(-figure.high, -figure.low, figure.high_open, figure.low_open), -good, -poor)
    if figure.low >= good:
        return "green"
    if figure.high < poor or (figure.high == poor and figure.high_open):
        return "red"
    below_good = figure.high < good or (figure.high == good and figure.high_open)
    return "amber" if figure.low >= poor and below_good else "straddles"
