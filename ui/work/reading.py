"""Jobs for the reading process: a workbook with corrected cells, and its cells as texts. No Streamlit here.

Corrections go into the sheets before anything is understood, so that every check looks at the
corrected workbook.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from loaders.annotated import without_our_notes
from loaders.checks import check
from loaders.grid import Sheet, parse_a1, read
from loaders.grid.model import column_name
from loaders.layout.view import plain_text
from loaders.loaded import Loaded
from loaders.loading import Wishes, _understood
from loaders.read.observations import observations, source, source_id
from loaders.read.roles import roles

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def corrected(path: Path, name: str, wishes: Wishes, cells: Mapping[str, str]) -> Loaded:
    """Read a workbook as :func:`loaders.load` does, with ``cells`` (Sheet!A1 → text) put in its sheets first."""
    content = path.read_bytes()
    sheets = _sheets(path, cells)
    reading, recognised, layouts = _understood(name, sheets, wishes)
    id = source_id(content)
    about = source(id, name, content, "workbook", reading.today.isoformat())
    problems = [*(recognised.problems if recognised else []), *check(reading)]
    kind = "template" if recognised else "workbook"
    return Loaded(name, kind, observations(reading.cells, id), problems, reading.cells, roles(reading), about, layouts)


def _sheets(path: Path, cells: Mapping[str, str]) -> list[Sheet]:
    sheets = without_our_notes(read(path))
    by_name = {sheet.name: sheet for sheet in sheets}
    for place, text in cells.items():
        name, _mark, address = place.rpartition("!")
        if name in by_name:
            _put(by_name[name], *parse_a1(address), _value(text))
    return sheets


def _value(text: str) -> str | float | None:
    """A plain number becomes one; an empty text empties the cell."""
    plain = text.strip().replace(",", "")
    return float(plain) if NUMBER.fullmatch(plain) else text.strip() or None


def _put(sheet: Sheet, row: int, column: int, value: str | float | None) -> None:
    i, j = row - sheet.top, column - sheet.left
    if i < 0 or j < 0:
        return
    while len(sheet.rows) <= i:
        sheet.rows.append([])
    line = sheet.rows[i]
    line.extend([None] * (j + 1 - len(line)))
    line[j] = value
    sheet.uncached.discard((row, column))


def grids(path: Path, cells: Mapping[str, str]) -> dict[str, pd.DataFrame]:
    """Return each sheet as a frame of texts under column letters, row numbers as its index, corrections put in."""
    return {sheet.name: _grid(sheet) for sheet in _sheets(path, cells)}


def _grid(sheet: Sheet) -> pd.DataFrame:
    width = max((len(row) for row in sheet.rows), default=0)
    lines: list[list[Any]] = [[plain_text(value) for value in row] + [""] * (width - len(row)) for row in sheet.rows]
    columns = [column_name(sheet.left + n) for n in range(width)]
    index = pd.Index([str(sheet.top + n + 1) for n in range(len(lines))])
    return pd.DataFrame(lines, columns=columns, index=index, dtype="str")
