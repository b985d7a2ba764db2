"""Shares above 100 %, and percentages typed as fractions (0.95 for 95 %)."""

from __future__ import annotations

from loaders.checks._at import MOST, among, at, indicator_name, rows, said
from loaders.read.workbook import Reading
from tidy.language import _
from tidy.problems import Problem


def check(reading: Reading) -> list[Problem]:
    """Return a problem for each figure above its indicator's maximum, a warning for what looks like a fraction."""
    cells, stored = reading.cells, reading.cells["state"].eq("stored")
    limit = said(cells["indicator_id"], reading.vocabulary.indicator["maximum"]).astype("float64")
    above = stored & (cells["value"] > limit)
    over = among(cells, above).assign(limit=limit[above])
    fraction = stored & limit.eq(100) & cells["value"].gt(0) & cells["value"].lt(1)
    small = among(cells, fraction & ~cells["unit_source"].isin(["cell", "format"]))
    return [
        at(reading, row, "above_maximum",
           _("{name} {value:g}% 超过上限 {limit:g}%").format(
               name=indicator_name(reading, row.indicator_id), value=row.value, limit=row.limit), _("核对数字和小数点"))
        for row in rows(over.head(MOST))
    ] + [
        at(reading, row, "share_as_fraction",
           _("百分比写成了小数：{value:g}").format(value=row.value),
           _("如指 {percent:g}%，请填 {percent:g} 或把单元格设为百分比格式").format(percent=round(row.value * 100, 6)), "warning")
        for row in rows(small.head(MOST))
    ]  # fmt: skip
