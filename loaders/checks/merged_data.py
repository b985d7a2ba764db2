"""Merged cells over the data area: one figure that seems to stand for several cells."""

from __future__ import annotations

from loaders.checks._at import at
from loaders.grid import a1
from loaders.read.workbook import Reading
from tidy.language import _
from tidy.problems import Problem


def check(reading: Reading) -> list[Problem]:
    """Return a warning for each figure whose cell is merged with others of the data area."""
    cells = reading.cells
    found = []
    for sheet in reading.sheets:
        corners = {(m.top, m.left): m for m in sheet.merges if (m.bottom, m.right) != (m.top, m.left)}
        own = cells[cells["sheet"].eq(sheet.name)] if corners else cells.head(0)
        merged = [spot in corners for spot in zip(own["row"], own["column"], strict=True)]
        for row in own[merged].itertuples() if any(merged) else ():
            merge = corners[row.row, row.column]
            reach = f"{a1(merge.top, merge.left)}:{a1(merge.bottom, merge.right)}"
            message = _("数据区有合并单元格 {reach}，只算在 {cell} 一格").format(reach=reach, cell=row.cell)
            found.append(at(reading, row, "merged_data", message, _("拆分合并，每格各填一个数"), "warning"))
    return found
