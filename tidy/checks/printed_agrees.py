"""The printed phrase says the same as value, bounds, qualifier and unit (design.md section 4)."""

from __future__ import annotations

from math import isclose, isnan
from typing import Any

import pandas as pd

from tidy import values
from tidy.checks._row import fault
from tidy.language import _
from tidy.problems import Problem
from tidy.schema import Reference


def check(table: pd.DataFrame, reference: Reference) -> list[Problem]:
    """Return a problem for each row whose ``as_printed`` reads otherwise than its columns."""
    share = reference.indicators.set_index("indicator_id")["maximum"].eq(100)
    problems = []
    for row in table.itertuples():
        try:
            printed = values.parse(row.as_printed, row.unit, share=bool(share.get(row.indicator_id, False)))
        except values.NotANumber:
            problems.append(_unreadable(row))
            continue
        differing = [name for name, cell, want in _pairs(row, printed) if not _same(cell, want)]
        if differing:
            problems.append(_disagrees(row, printed, differing))
    return problems


def _pairs(row: Any, printed: values.Printed) -> list[tuple[str, Any, Any]]:
    return [
        ("value", row.value, printed.value),
        ("low", row.low, printed.low),
        ("high", row.high, printed.high),
        ("qualifier", row.qualifier, printed.qualifier),
        ("unit", row.unit, printed.unit),
    ]


def _same(cell: Any, want: Any) -> bool:
    if isinstance(want, str):
        return bool(cell == want)
    if want is None or isnan(want):
        return cell is None or isnan(cell)
    return isclose(cell, want, rel_tol=1e-9)


def _unreadable(row: Any) -> Problem:
    message = _("原文词句“{text}”读不出数").format(text=row.as_printed)
    return fault(row, "unreadable_print", message, _("as_printed 须含数字及其单位"), row.as_printed)


def _disagrees(row: Any, printed: values.Printed, differing: list[str]) -> Problem:
    message = _("原文词句“{text}”与 {columns} 不一致").format(text=row.as_printed, columns="、".join(differing))
    advice = _("按原文应为 value={value:g}，low={low}，high={high}，{qualifier}，{unit}").format(
        value=printed.value,
        low=printed.low,
        high=printed.high,
        qualifier=printed.qualifier,
        unit=printed.unit,
    )
    return fault(row, "print_disagrees", message, advice, row.as_printed)
