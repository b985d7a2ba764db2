"""Which columns of a block are tables of their own, side by side."""

from __future__ import annotations

from collections.abc import Iterator

from loaders.layout.blocks import Block
from loaders.layout.kinds import BLANK, FIGURES
from loaders.layout.view import View
from loaders.layout.words import is_row_key

LOWER = 4  # rows by which the header of one table may stand below that of another beside it


def apart(view: View, block: Block) -> list[tuple[int, int]]:
    """Cut a block at blank columns into tables that stand side by side."""
    rows = range(block.start, block.last + 1)
    filled = [any(view.kinds[r][c] != BLANK for r in rows) for c in range(view.width)]
    found: list[list[int]] = []
    for column, full in enumerate(filled):
        if full and found and filled[column - 1]:
            found[-1][1] = column + 1
        elif full:
            found.append([column, column + 1])
    return list(_joined(view, block, found))


def halves(view: View, block: Block, left: int, right: int) -> list[tuple[int, int]]:
    """Cut a strip whose header comes twice or more, each time from its row headings on: one table in columns, as in a paper."""
    for row in range(block.start, block.first):
        texts = [view.text(row, c) for c in range(left, right)]
        for width in range(2, len(texts) // 2 + 1) if all(texts) else ():
            if texts == texts[:width] * (len(texts) // width):
                starts = range(left, right, width)
                if all(is_row_key(texts[0]) or _majority(view, block, c) == "T" for c in starts):
                    return [(start, start + width) for start in starts]
    return [(left, right)]


def _joined(view: View, block: Block, pieces: list[list[int]]) -> Iterator[tuple[int, int]]:
    """Keep apart only what has its own row headings and figures; drop lists of words on the right."""
    current: list[int] | None = None
    for left, right in pieces:
        kinds = [_majority(view, block, c) for c in range(left, right)]
        numbered = kinds[:2] == ["N", "T"] and _numbers_rows(view, block, left)
        own_table = (kinds[0] == "T" or numbered) and "N" in kinds[numbered:]
        if current is None:
            current = [left, right]
        elif own_table and "N" in [_majority(view, block, c) for c in range(*current)]:
            yield current[0], current[1]
            current = [left, right]
        elif "N" in kinds or "N" not in [_majority(view, block, c) for c in range(*current)]:
            current[1] = right
    if current:
        yield current[0], current[1]


def _numbers_rows(view: View, block: Block, column: int) -> bool:
    """Tell whether a column is called 序号 or the like; its header may stand lower than that of the table beside it."""
    return any(is_row_key(view.text(row, column)) for row in range(block.start, min(block.first + LOWER, block.last)))


def _majority(view: View, block: Block, column: int) -> str:
    kinds = [view.kinds[r][column] for r in range(block.first, block.last + 1)][:400]
    figures_ = sum(k in FIGURES for k in kinds)
    return "N" if figures_ and figures_ >= sum(k in "TQ" for k in kinds) else "T"
