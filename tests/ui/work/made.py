"""Workbooks and reports made for these tests."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook

GOOD = (("梦想小镇", 1200, "约30"), ("云栖小镇", 800, 20))
REPORT = "2019年，梦想小镇工会会员达到1300余人，建立基层工会31个。电话：0571-88880000。\n"


def workbook(rows: Sequence[Sequence[object]] = GOOD, *, year: int = 2019, extra: Sequence[object] = ()) -> bytes:
    """A small cross-tab as counties send it: title, unit line, headings, figures; ``extra`` is one more line."""
    book = Workbook()
    sheet = book.active
    sheet.title = "会员"
    sheet.append([f"{year}年会员情况统计表"])
    sheet.append(["制表：办公室", None, "单位：人"])
    sheet.append(["填报单位", "工会会员数", "基层工会数"])
    for row in (*rows, *([extra] if extra else [])):
        sheet.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def pasted(rows: int = 200, columns: int = 8) -> str:
    """A block as Excel puts it on the clipboard: tabs between cells, a line a row, every value different."""
    return "\n".join("\t".join(str(1000 * row + column) for column in range(columns)) for row in range(rows))
