"""A value is a number inside its own bounds, and shares stay within their maximum."""

from __future__ import annotations

import pandas as pd

from tidy.checks._row import fault
from tidy.language import _
from tidy.problems import Problem
from tidy.schema import Reference


def check(table: pd.DataFrame, reference: Reference) -> list[Problem]:
    """Return a problem for each value that is no number, out of bounds or above its indicator's maximum."""
    maximum = reference.indicators.set_index("indicator_id")["maximum"]
    limit = table["indicator_id"].map(maximum)
    problems = []
    for row in table[table["value"].isna()].itertuples():
        problems.append(fault(row, "no_value", _("数值不是数"), _("填写数字，文字放入备注"), row.as_printed))
    outside = (table["value"] < table["low"]) | (table["value"] > table["high"])
    for row in table[outside].itertuples():
        message = _("数值 {value:g} 不在上下界 {low:g}—{high:g} 之内").format(
            value=row.value, low=row.low, high=row.high
        )
        problems.append(fault(row, "outside_bounds", message, _("核对数值与上下界，按原文所印改正"), row.value))
    for row in table[table["value"] > limit].itertuples():
        message = _("数值 {value:g} 超过该指标的上限 {limit:g}").format(
            value=row.value, limit=maximum[row.indicator_id]
        )
        problems.append(fault(row, "above_maximum", message, _("核对数值，或改用可超过上限的指标"), row.value))
    return problems
