"""A file in which no figure was found: said, never an empty success."""

from __future__ import annotations

from loaders.read.workbook import Reading
from tidy.language import _
from tidy.problems import Problem


def check(reading: Reading) -> list[Problem]:
    """Return one problem for a file without any data cell, and one for each sheet that is not empty but gave none."""
    if reading.form:
        return []
    if reading.cells.empty:
        advice = _("请确认数据写在工作表的单元格里，而不是图片、文本框或另一个文件中")
        return [Problem("no_figures", _("没有找到任何数据单元格"), advice, reading.file)]
    read = set(reading.cells["sheet"].unique())
    return [
        Problem(
            "sheet_without_figures",
            _("工作表中有内容，但没有找到数据"),
            _("如应有数据，请检查表头和数据是否相连"),
            reading.file,
            sheet.name,
            severity="note",
        )
        for sheet in reading.sheets
        if sheet.name not in read and any(any(row) for row in sheet.rows)
    ]
