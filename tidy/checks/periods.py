"""Periods are ISO 8601 forms that the project knows."""

from __future__ import annotations

import pandas as pd

from tidy import periods
from tidy.checks._row import fault
from tidy.language import _
from tidy.problems import Problem
from tidy.schema import Reference


def check(table: pd.DataFrame, reference: Reference) -> list[Problem]:
    """Return a problem for each period that cannot be read."""
    bad = table[~table["period"].map(periods.is_valid)]
    return [
        fault(
            row,
            "bad_period",
            _("时期“{period}”无法识别").format(period=row.period),
            _("写成 2017、2018-H1、2018-09、2018-08-31、2013/2018 或 ../2018-10"),
            row.period,
        )
        for row in bad.itertuples()
    ]
