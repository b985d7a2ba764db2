"""Why the layout of a table is less than sure, in the reader's words."""

from __future__ import annotations

from collections.abc import Iterable

from tidy.language import _


def in_words(reasons: Iterable[str]) -> str:
    """Return the reasons of :attr:`Table.reasons` as one phrase; a code without words stays as it is."""
    words = {
        "no_header": _("没有找到表头"),
        "columns_alike": _("有几列的表头相同"),
        "rows_alike": _("有几行的标题相同"),
        "pairs": _("没有表头，按“左边是项目、右边是填报内容”的登记表读取"),
        "no_row_headings": _("没有找到行标题"),
    }
    return "、".join(words.get(reason, reason) for reason in reasons)
