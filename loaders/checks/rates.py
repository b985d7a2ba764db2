"""A rate against its own parts where the same file reports both (建会率 = 建会企业数 ÷ 应建会企业数)."""

from __future__ import annotations

import pandas as pd

from loaders.checks._at import MOST, at, indicator_name, rows
from loaders.read.workbook import Reading
from tidy.language import _
from tidy.problems import Problem

KEY = ["reporter_id", "period", "scope"]
LOOKED_AT = [*KEY, "indicator_id", "value", "sheet", "cell", "text"]
POINTS = 0.1  # percentage points that rounding explains


def check(reading: Reading) -> list[Problem]:
    """Return a warning for each exact rate that differs from the ratio of its parts."""
    parts = reading.vocabulary.indicator[["numerator_id", "denominator_id"]]
    there = set(reading.cells["indicator_id"].unique())
    parts = parts[[{id, *both} <= there for id, *both in parts.itertuples()]]
    if parts.empty:
        return []
    cells = reading.cells.loc[reading.cells["state"].eq("stored") & reading.cells["qualifier"].eq("exact"), LOOKED_AT]
    rates = cells.merge(parts, left_on="indicator_id", right_index=True)
    both = _with(_with(rates, cells, "numerator"), cells, "denominator")
    both["ratio"] = 100 * both["numerator"] / both["denominator"].where(both["denominator"] > 0)
    bad = both[(both["ratio"] - both["value"]).abs() > POINTS]
    return [
        at(reading, row, "rate_differs",
           _("{name} {printed:g}% 与 {numerator:g}÷{denominator:g}＝{ratio:.2f}% 不符").format(
               name=indicator_name(reading, row.indicator_id), printed=row.value, numerator=row.numerator,
               denominator=row.denominator, ratio=row.ratio), _("核对分子、分母和比率"), "warning")
        for row in rows(bad.head(MOST))
    ]  # fmt: skip


def _with(rates: pd.DataFrame, cells: pd.DataFrame, part: str) -> pd.DataFrame:
    values = cells.drop_duplicates([*KEY, "indicator_id"])[[*KEY, "indicator_id", "value"]]
    values = values.rename(columns={"indicator_id": f"{part}_id", "value": part})
    return rates.merge(values, on=[*KEY, f"{part}_id"])
