"""Sheets without a table of figures: tables of words, and cells that stand alone."""

from __future__ import annotations

from loaders.layout.blocks import Block
from loaders.layout.kinds import BLANK, TEXT
from loaders.layout.stub import Columns
from loaders.layout.table import Figure, Role, Table
from loaders.layout.view import View
from loaders.layout.words import is_note, is_preamble

ROLES: dict[str, Role] = {"E": "error", "M": "missing"}
LOOSE = 0.2  # confidence of a cell without headings


def wordy_block(view: View) -> tuple[Block, int, Columns] | None:
    """Return block, first body row and columns of a table of words: a header row, then rows headed by their first cell."""
    wide = [r for r in range(view.height) if len(_spots(view, r)) >= 2 and not _line(view, r)]
    if not wide or wide[0] == view.height - 1:
        return None
    header = wide[0]
    bottom = max([header, *(s.bottom for s in view.spans if s.top == header and view.kinds[s.top][s.left] != BLANK)])
    last = max((r for r in wide if r > bottom), default=None)
    if last is None:
        return None
    used = [c for c in range(view.width) if any(view.kinds[r][c] != BLANK for r in range(header, last + 1))]
    return Block(0, bottom + 1, last, view.height), bottom + 1, Columns(used[:1], used[1:], telling=used[:1])


def _spots(view: View, row: int) -> set[tuple[int, int]]:
    return {view.origin(row, c) for c in view.filled(row)}


def _line(view: View, row: int) -> bool:
    first = view.text(row, view.filled(row)[0])
    return is_note(first) or is_preamble(first)


def loose_table(view: View) -> Table | None:
    """Return the figures, dates and errors of a sheet that has no table, each without headings."""
    top, left = view.sheet.top, view.sheet.left
    table = Table(view.sheet.name, top, top + view.height - 1)
    table.confidence = LOOSE
    table.reasons.append("no_table")
    found = [
        Figure(row + top, column + left, ROLES.get(kind, "data"), (), (), "")
        for row, kinds in enumerate(view.kinds)
        for column, kind in enumerate(kinds)
        if kind not in (BLANK, TEXT) or isinstance(view.value(row, column), bool)
    ]
    table.figures = found
    return table if found else None
