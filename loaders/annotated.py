"""The signs of an annotated copy, so that what we wrote into it is not read back as the uploader's own."""

from __future__ import annotations

from collections.abc import Iterable

from loaders.grid import Sheet

LIST = "问题清单"
SIGN = "【检查】"


def without_our_notes(sheets: Iterable[Sheet]) -> list[Sheet]:
    """Return the sheets of a workbook that may be an annotated copy, as they were before it was annotated."""
    kept = []
    for sheet in sheets:
        first = sheet.value(0, 0)
        if sheet.name == LIST and isinstance(first, str) and first.startswith(SIGN):
            continue
        sheet.comments = {spot: text for spot, text in sheet.comments.items() if not text.startswith(SIGN)}
        kept.append(sheet)
    return kept
