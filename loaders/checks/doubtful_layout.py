"""A table whose layout was read with little confidence: said with the reasons."""

from __future__ import annotations

from loaders.grid import a1
from loaders.read.reasons import in_words
from loaders.read.workbook import Reading
from tidy.language import _
from tidy.problems import Problem

ENOUGH = 0.7


def check(reading: Reading) -> list[Problem]:
    """Return a warning for each table below the confidence that is enough."""
    return [
        Problem("doubtful_layout", _("表的结构把握不大（{sure:.0%}）：{why}").format(
                    sure=table.confidence, why=in_words(table.reasons) or _("原因不明")),
                _("请核对预览中的表头、行标题和数据；确认一次后同样的表不再询问"), reading.file, table.sheet,
                a1(table.top, min([*table.stub, *table.data], default=0)), severity="warning")
        for table in reading.tables if table.confidence < ENOUGH
    ]  # fmt: skip
