"""Error values (``#REF!``, ``#N/A``) where figures should stand."""

from __future__ import annotations

from loaders.checks._at import MOST, among, at, rows
from loaders.read.workbook import Reading
from tidy.language import _
from tidy.problems import Problem


def check(reading: Reading) -> list[Problem]:
    """Return a problem for each cell with an error value."""
    cells = among(reading.cells, reading.cells["state"].eq("error"))
    return [
        at(reading, row, "formula_error", _("公式出错：{text}").format(text=row.text), _("修正公式，或直接填入数字"))
        for row in rows(cells.head(MOST))
    ]
