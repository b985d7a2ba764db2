"""Counts and amounts below zero."""

from __future__ import annotations

from loaders.checks._at import MOST, among, at, rows
from loaders.read.workbook import Reading
from tidy.language import _
from tidy.problems import Problem


def check(reading: Reading) -> list[Problem]:
    """Return a problem for each negative figure; worked-out changes may be negative and are not asked."""
    cells = reading.cells
    bad = among(cells, cells["state"].isin(["stored", "total"]) & (cells["value"] < 0))
    return [
        at(
            reading,
            row,
            "negative",
            _("数字为负：{text}").format(text=row.as_printed),
            _("核对符号；增减数请填在增减栏"),
        )
        for row in rows(bad.head(MOST))
    ]
