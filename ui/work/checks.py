"""Checks of figures that no workbook holds (reports, corrections): what the store would refuse, said beforehand."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from store.base import KEY
from tidy.checks import allowed_words, bounds, periods
from tidy.language import _
from tidy.problems import Problem
from ui import cached

CHECKS = (allowed_words.check, periods.check, bounds.check)


def of_figures(figures: pd.DataFrame, file: str) -> list[Problem]:
    """Return what is wrong with figures as they would be published, each at its place in the text."""
    if figures.empty:
        return []
    placed, reference = figures.assign(line=figures["locator"], file=file), cached.reference()
    found = [problem for check in CHECKS for problem in check(placed, reference)]
    return [*found, *_said_twice(placed)]


def _said_twice(figures: pd.DataFrame) -> list[Problem]:
    """Figures that the same text gives twice with different values: one of them has to go."""
    different = figures.drop_duplicates([*KEY, "value"])
    twice = different[different.duplicated(list(KEY), keep=False)]
    message, advice = _("同一单位、指标和时期有几个不同的数：“{text}”"), _("只采用一个，或写明口径")
    one = Problem("duplicate_key", "", advice)
    return [
        replace(one, message=message.format(text=row.as_printed), file=row.file, cell=row.locator, text=row.as_printed)
        for row in twice.itertuples()
    ]
