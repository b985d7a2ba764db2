"""Units and qualifiers that stand only in the number format: copied elsewhere, the figure loses them."""

from __future__ import annotations

from loaders.checks._at import among, at, rows
from loaders.read.workbook import Reading
from tidy.language import _
from tidy.problems import Problem


def check(reading: Reading) -> list[Problem]:
    """Return a note for each column and format that adds a unit (percentages are common and left out)."""
    cells = reading.cells
    only = among(cells, cells["unit_source"].eq("format") & cells["unit"].ne("%")).drop_duplicates(
        ["table", "column", "number_format"]
    )
    return [
        at(reading, row, "unit_in_format",
           _("单位只写在数字格式里，读作 {printed}").format(printed=row.as_printed), _("请核对；最好把单位写进表头"), "note")
        for row in rows(only)
    ]  # fmt: skip
