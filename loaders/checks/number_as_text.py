"""Numbers typed as text: read as numbers here, but left out by every sum in the uploader's own workbook."""

from __future__ import annotations

import re

from loaders.checks._at import MOST, among, at, rows
from loaders.read.workbook import Reading
from tidy.language import _
from tidy.problems import Problem

PLAIN = re.compile(r"\s*[-+（(]?[\d０-９,，. \u00a0\u3000]+[)）]?\s*")


def check(reading: Reading) -> list[Problem]:
    """Return a note for each number that is stored as text where the file could have stored a number."""
    cells = reading.cells
    knowing = cells["sheet"].isin([sheet.name for sheet in reading.sheets if not sheet.text_only])
    written = among(cells, ~cells["typed"] & cells["state"].isin(["stored", "total"]) & knowing)
    typed = among(written, written["text"].map(lambda text: bool(PLAIN.fullmatch(text))).astype(bool))
    return [
        at(reading, row, "number_as_text", _("数字以文本形式存储"), _("已按数字读入；表内求和公式不会计入它，请改成数值格式"), "note")
        for row in rows(typed.head(MOST))
    ]  # fmt: skip
