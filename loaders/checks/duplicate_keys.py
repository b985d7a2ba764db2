"""The same reporter, indicator and period twice in one file."""

from __future__ import annotations

from math import isclose

from loaders.checks._at import MOST, among, at, indicator_name, reporter_name, rows
from loaders.read.workbook import Reading
from tidy import periods
from tidy.language import _
from tidy.problems import Problem

KEY = ["reporter_id", "indicator_id", "period", "measure", "scope"]


def check(reading: Reading) -> list[Problem]:
    """Return a problem at the second and later figures of one key: an error where they differ."""
    cells = reading.cells[[*KEY, "value", "sheet", "cell", "text"]][reading.cells["state"].eq("stored")]
    again = among(cells, cells.duplicated(KEY, keep="first"))
    if again.empty:
        return []
    first = cells.drop_duplicates(KEY)[[*KEY, "sheet", "cell", "value"]]
    both = again.merge(first, on=KEY, suffixes=("", "_first"))
    return [
        at(reading, row, "duplicate_key",
           _("{reporter}的“{indicator}”（{period}）已在 {sheet}!{cell} 填过：{value:g}").format(
               reporter=reporter_name(reading, row.reporter_id), indicator=indicator_name(reading, row.indicator_id),
               period=periods.label(row.period), sheet=row.sheet_first, cell=row.cell_first, value=row.value_first),
           _("只保留一处；若口径不同，请在标题里写明"),
           "warning" if isclose(row.value, row.value_first) else "error")
        for row in rows(both.head(MOST))
    ]  # fmt: skip
