"""Results for a time that has not ended; targets may lie ahead."""

from __future__ import annotations

from loaders.checks._at import among, at, rows
from loaders.read.workbook import Reading
from tidy import periods
from tidy.language import _
from tidy.problems import Problem


def check(reading: Reading) -> list[Problem]:
    """Return a problem for each table and period that ends after today."""
    cells = reading.cells
    late = {text for text in cells["period"].unique() if text and periods.parse(text).end > reading.today}
    told = cells["state"].eq("stored") & cells["measure"].ne("target") & cells["period"].isin(late)
    first = among(cells, told).drop_duplicates(["table", "period"])
    return [
        at(reading, row, "future_period",
           _("统计时期 {period} 尚未结束（今天 {today}）").format(period=periods.label(row.period), today=reading.today.isoformat()),
           _("核对年份；计划数请在表头注明“计划”"), "error" if periods.parse(row.period).year > reading.today.year else "warning")
        for row in rows(first)
    ]  # fmt: skip
