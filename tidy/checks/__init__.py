"""Checks of a tidy table: one file a check, each ``check(table, reference) -> list[Problem]``."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from tidy.checks import allowed_words, bounds, duplicate_ids, known_names, periods, printed_agrees
from tidy.problems import Problem
from tidy.schema import Reference

Check = Callable[[pd.DataFrame, Reference], list[Problem]]
ALL: tuple[Check, ...] = (
    known_names.check,
    allowed_words.check,
    periods.check,
    bounds.check,
    printed_agrees.check,
    duplicate_ids.check,
)


def check_observations(table: pd.DataFrame, reference: Reference) -> list[Problem]:
    """Return every problem of an observations table, in the order of its lines."""
    problems = [problem for check in ALL for problem in check(table, reference)]
    return sorted(problems, key=lambda problem: (problem.file, int(problem.cell or 0)))
