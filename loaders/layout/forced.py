"""A table whose header rows and heading columns a person has named: nothing is left to the rules."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.grid.model import Sheet
from loaders.layout.blocks import Block
from loaders.layout.kinds import BLANK
from loaders.layout.reading import Frame, _assemble
from loaders.layout.stub import Columns
from loaders.layout.table import Table
from loaders.layout.view import View


def forced_table(sheet: Sheet, header: Sequence[int], stub: Sequence[int]) -> Table | None:
    """Return the table under the ``header`` rows and beside the ``stub`` columns (the sheet's, from 0)."""
    view = View(sheet)
    rows = sorted(row - sheet.top for row in header)
    if not rows or rows[-1] + 1 >= view.height:
        return None
    body = rows[-1] + 1
    named = [column - sheet.left for column in stub]
    beside = [c for c in range(max(named, default=-1) + 1, view.width) if c not in named]
    data = [c for c in beside if any(view.kinds[r][c] != BLANK for r in range(rows[0], view.height))]
    block = Block(0, body, view.height - 1, view.height)
    return _assemble(view, block, Frame(rows, body, Columns(named, data, set(data))))
