"""Last period's figures printed in a form (上年同期) against what was published."""

from __future__ import annotations

from math import isclose

from loaders.checks._at import MOST, among, at
from loaders.read.workbook import Reading
from tidy import periods
from tidy.language import _
from tidy.problems import Problem

KEY = ["reporter_id", "indicator_id", "period", "measure", "scope"]


def check(reading: Reading) -> list[Problem]:
    """Return a warning for each earlier figure that differs from the published one; earlier figures are not stored."""
    if reading.previous is None or reading.previous.empty:
        return []
    told = among(reading.cells, reading.cells["state"].eq("compared") & reading.cells["value"].notna())
    old = reading.previous.assign(scope=reading.previous.get("scope", ""))
    both = told.merge(old[[*KEY, "value"]].drop_duplicates(KEY, keep="last"), on=KEY, suffixes=("", "_published"))
    return [
        at(reading, row, "history_changed",
           _("{when}的数填作 {now:g}，已发布的是 {old:g}").format(
               when=periods.label(row.period), now=row.value, old=row.value_published),
           _("以往数字不在此处修改；要更正请走数据更正"), "warning")
        for row in both.itertuples() if not isclose(row.value, row.value_published, rel_tol=1e-6)
    ][:MOST]  # fmt: skip
