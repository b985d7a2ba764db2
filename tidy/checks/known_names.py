"""Every reporter, indicator and source of an observation stands in its reference table."""

from __future__ import annotations

import pandas as pd

from tidy.checks._row import fault
from tidy.language import _
from tidy.problems import Problem
from tidy.schema import Reference


def check(table: pd.DataFrame, reference: Reference) -> list[Problem]:
    """Return a problem for each identifier that no reference table knows."""
    known = {
        "reporter_id": (set(reference.reporters["reporter_id"]), "reporters.csv"),
        "indicator_id": (set(reference.indicators["indicator_id"]), "indicators.csv"),
        "source_id": (set(reference.sources["source_id"]), "sources.csv"),
    }
    problems = []
    for column, (names, home) in known.items():
        for row in table[~table[column].isin(names)].itertuples():
            name = getattr(row, column)
            message = _("{column} “{name}”不在 {home} 中").format(column=column, name=name, home=home)
            advice = _("改成已有的编号，或先在 {home} 中登记").format(home=home)
            problems.append(fault(row, f"unknown_{column.removesuffix('_id')}", message, advice, name))
    return problems
