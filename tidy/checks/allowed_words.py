"""Coded columns hold only the words of the schema."""

from __future__ import annotations

import pandas as pd

from tidy.checks._row import fault
from tidy.language import _
from tidy.problems import Problem
from tidy.schema import MEASURES, PERIOD_TYPES, QUALIFIERS, Reference

ALLOWED = {"measure": MEASURES, "qualifier": QUALIFIERS, "period_type": PERIOD_TYPES}


def check(table: pd.DataFrame, reference: Reference) -> list[Problem]:
    """Return a problem for each coded cell that holds another word."""
    problems = []
    for column, words in ALLOWED.items():
        for row in table[~table[column].isin(words)].itertuples():
            word = getattr(row, column)
            message = _("{column} 写作“{word}”，不是规定的用词").format(column=column, word=word)
            advice = _("改成其中之一：{words}").format(words=" · ".join(words))
            problems.append(fault(row, f"bad_{column}", message, advice, word))
    return problems
