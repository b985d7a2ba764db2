"""An observation id names one row."""

from __future__ import annotations

import pandas as pd

from tidy.checks._row import fault
from tidy.language import _
from tidy.problems import Problem
from tidy.schema import Reference


def check(table: pd.DataFrame, reference: Reference) -> list[Problem]:
    """Return a problem for every row whose id stands in an earlier row too."""
    again = table[table["observation_id"].duplicated()]
    return [
        fault(
            row,
            "duplicate_id",
            _("编号“{name}”重复").format(name=row.observation_id),
            _("每行用不同的 observation_id"),
            row.observation_id,
        )
        for row in again.itertuples()
    ]
