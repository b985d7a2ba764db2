"""Figures for which nothing says when."""

from __future__ import annotations

from loaders.checks._at import among, at, rows
from loaders.read.workbook import Reading
from tidy.language import _
from tidy.problems import Problem


def check(reading: Reading) -> list[Problem]:
    """Return one warning a table at its first stored figure without a period."""
    cells = reading.cells
    without = among(cells, cells["state"].eq("stored") & cells["period"].eq("")).drop_duplicates("table")
    return [
        at(
            reading,
            row,
            "no_period",
            _("没有写明统计时期"),
            _("在表头上方加一行，如“统计时间：2018年上半年”"),
            "warning",
        )
        for row in rows(without)
    ]
