"""A unit that cannot count what the indicator counts: 万元 under 会员数, 人 typed in a column of 家."""

from __future__ import annotations

import pandas as pd

from loaders.checks._at import MOST, at, indicator_name, rows
from loaders.read.workbook import Reading
from loaders.vocabulary.units import kind_of
from tidy.language import _
from tidy.problems import Problem

ALIKE = ({"body", "household", "building"}, {"case", "event", "visits"}, {"thing", "piece", "item", "body"})


def check(reading: Reading) -> list[Problem]:
    """Return a problem for each figure whose unit is of another kind than its indicator's."""
    cells = reading.cells
    figures = cells["state"].isin(["stored", "total"])
    own = reading.vocabulary.indicator["unit"]
    pairs = cells.loc[figures, ["unit", "indicator_id"]].drop_duplicates()
    bad = {(unit, id) for unit, id in pairs.itertuples(index=False) if id and _differ(unit, str(own[id]))}
    if not bad:
        return []
    differs = [pair in bad for pair in zip(cells["unit"], cells["indicator_id"], strict=True)]
    wrong = cells[figures & pd.Series(differs, index=cells.index)]
    return [
        at(reading, row, "unit_mismatch",
           _("计量单位“{unit}”与指标“{name}”的单位“{own}”不符").format(
               unit=row.unit, name=indicator_name(reading, row.indicator_id), own=own[row.indicator_id]),
           _("核对表头、单元格和数字格式里的单位"))
        for row in rows(wrong.head(MOST))
    ]  # fmt: skip


def _differ(printed: str, own: str) -> bool:
    if not printed or not own or printed == own:
        return False
    kinds = {kind_of(printed), kind_of(own)}
    return len(kinds) > 1 and not any(kinds <= alike for alike in ALIKE)
