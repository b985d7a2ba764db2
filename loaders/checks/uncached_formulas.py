"""Formulas that were never calculated: their cells look empty to every reader."""

from __future__ import annotations

from loaders.checks._at import MOST
from loaders.grid import a1
from loaders.read.workbook import Reading
from tidy.language import _
from tidy.problems import Problem


def check(reading: Reading) -> list[Problem]:
    """Return a problem for each formula without a stored result."""
    return [
        Problem(
            "uncached_formula",
            _("公式的结果是空的，或没有算出来"),
            _("请用表格软件打开、重算并保存"),
            reading.file,
            sheet.name,
            a1(*spot),
        )
        for sheet in reading.sheets
        for spot in sorted(sheet.uncached)[:MOST]
    ]
