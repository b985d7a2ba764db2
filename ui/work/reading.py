"""Jobs for the reading process: a workbook with corrected cells, and its cells as texts. No Streamlit here.

Corrected cells go into the sheets before anything is understood, corrected figures in before the checks: every
check looks at what would be published.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from loaders.annotated import without_our_notes
from loaders.grid import Sheet, parse_a1, read
from loaders.grid.model import column_name
from loaders.layout.view import plain_text
from loaders.loaded import Loaded
from loaders.loading import Wishes, result, understood
from loaders.read.cells import plain
from loaders.read.workbook import Reading, Stranger
from ui.work import rows

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


Edits = Mapping[str, Mapping[str, Any]]


def corrected(path: Path, name: str, wishes: Wishes, cells: Mapping[str, str], edits: Edits) -> Loaded:
    """Read a workbook as :func:`loaders.load` does, corrections put in: ``cells`` (Sheet!A1 → text) and ``edits``.

    ``edits`` (row of the draft → column → value) count for the checks; the figures are returned as they were read.
    """
    reading, recognised, layouts = understood(name, _sheets(path, cells), wishes)
    as_read = reading.cells
    if edits:
        reading.cells = as_read = plain(as_read)
        reading.cells = _edited(reading, edits)
        reading.strangers = [one for one in reading.strangers if not _solved(one, as_read, reading.cells)]
    loaded = result(name, path.read_bytes(), reading, recognised, layouts)
    loaded.cells = as_read
    return loaded


def _edited(reading: Reading, edits: Edits) -> pd.DataFrame:
    """The cells with corrected figures in their places; a figure that is complete now can be stored."""
    maximum = reading.vocabulary.reference.indicators.set_index("indicator_id")["maximum"]
    table = rows.edited(rows.of_cells(reading.cells), edits, maximum.eq(100).to_dict())
    table = table[table["row"].isin(list(edits))]
    made, columns = reading.cells.copy(), [name for name in SAID if name in reading.cells]
    made.loc[table.index, columns] = table[columns]
    whole = rows.complete(table)
    made.loc[table.index[whole], "state"] = "stored"
    made.loc[table.index[~whole & table["value"].notna()], "state"] = "unknown"
    made.loc[table.index[~whole & table["value"].isna()], "state"] = "text"
    return made


SAID = tuple(dict.fromkeys((*rows.EDITABLE, *rows.FOUND)))


def _solved(one: Stranger, before: pd.DataFrame, after: pd.DataFrame) -> bool:
    """Tell whether every figure that lacked a name under a strange heading has been given one."""
    paths = before["row_path"] + "\n" + before["column_path"]
    under = before["sheet"].eq(one.sheet) & paths.str.contains(one.label.text, regex=False)
    lacked = under & before["state"].eq("unknown")
    return bool(lacked.any() and after.loc[lacked, "state"].eq("stored").all())


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
