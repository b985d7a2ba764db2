"""Words where a figure should stand; those that hide a number are told apart."""

from __future__ import annotations

import re
from typing import Any

from loaders.checks._at import MOST, among, at, rows
from loaders.read.workbook import Reading
from tidy.language import _
from tidy.problems import Problem

DIGIT = re.compile(r"[0-9０-９〇一二三四五六七八九十百千万亿]")
REMARK_LENGTH = 30


def check(reading: Reading) -> list[Problem]:
    """Return a problem for each text cell under an indicator."""
    cells = reading.cells
    words = among(cells, cells["state"].eq("text") & cells["indicator_id"].ne(""))
    return [_one(reading, row) for row in rows(words.head(MOST))]


def _one(reading: Reading, row: Any) -> Problem:
    text = str(row.text)
    if DIGIT.search(text) and len(text) <= REMARK_LENGTH:
        message = _("“{text}”里有数字，但不能当作一个数").format(text=text)
        return at(reading, row, "number_in_text", message, _("单元格只填一个数，说明写在备注栏或批注里"))
    return at(reading, row, "not_a_number", _("“{text}”不是数").format(text=text), _("填数字；没有数据请留空或填“—”"))
