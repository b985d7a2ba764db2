"""xlsx, xlsm, xltx (transitional and strict): values by calamine, the rest by one pass of the XML.

calamine is the fastest reader and opens strict files, which openpyxl reads as empty; but it turns
error values into empty text and drops styles, hence the second pass.  Where calamine fails or ends
the process, :mod:`loaders.grid.second` reads with openpyxl.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import python_calamine

from loaders import sandbox
from loaders.grid import ooxml
from loaders.grid.model import CellError, Sheet, Value
from loaders.grid.quiet import unwatched
from loaders.grid.sheet_xml import Look, look

LARGEST = 20_000_000  # cells of a grid


def read(path: Path) -> list[Sheet]:
    """Return the sheets of an OOXML workbook; calamine's or zipfile's errors pass through."""
    with zipfile.ZipFile(path) as archive:
        package = ooxml.Package(archive)
        parts = ooxml.sheets(package)
        styles = ooxml.styles(package)
        found = []
        book = open_book(path)
        for part in parts:
            sandbox.alive()
            sheet = values(book, part.name)
            sheet.visible, sheet.styles = part.visible, styles
            stream = package.open(part.path)
            if stream:
                with stream:
                    dress(sheet, look(stream))
                sheet.comments = ooxml.comments(package, part.path)
            found.append(sheet)
        return found


def open_book(path: Path) -> python_calamine.CalamineWorkbook:
    """Open a workbook by its content; by its path, calamine would believe the ending."""
    return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))


def values(book: python_calamine.CalamineWorkbook, name: str) -> Sheet:
    """Return a sheet with its values only, at their true addresses."""
    source = book.get_sheet_by_name(name)
    with unwatched():
        rows: list[list[Value]] = source.to_python(skip_empty_area=True)  # type: ignore[assignment]
    top, left = source.start or (0, 0)
    return Sheet(name=name, rows=rows, top=top, left=left)


def dress(sheet: Sheet, found: Look) -> None:
    """Put styles, errors and the rest where they belong."""
    _make_room(sheet, found)
    for (row, column), error in found.errors.items():
        sheet.rows[row - sheet.top][column - sheet.left] = CellError(error)
    end = sheet.top + len(sheet.rows)
    rows = [found.styles.get(row, ()) for row in range(sheet.top, end)]
    sheet.style_ids = _shifted(rows, sheet.left) if sheet.left else rows
    sheet.uncached, sheet.merges = found.uncached, found.merges
    sheet.hidden_rows, sheet.hidden_columns = found.hidden_rows, found.hidden_columns


def _shifted(rows: list[Sequence[int]], left: int) -> list[Sequence[int]]:
    """Leave out the columns before ``left``; rows that share their styles go on sharing them."""
    cut = {id(row): row[left:] for row in rows}
    return [cut[id(row)] for row in rows]


def _make_room(sheet: Sheet, found: Look) -> None:
    """Widen the grid where an error cell or an uncached formula stands outside the trimmed values."""
    places = [*found.errors]
    if not places:
        return
    top = min([r for r, _ in places] + ([sheet.top] if sheet.rows else []))
    left = min([c for _, c in places] + ([sheet.left] if sheet.rows else []))
    width = max(max(c for _, c in places) + 1, sheet.left + max(map(len, sheet.rows), default=0))
    height = max(max(r for r, _ in places) + 1, sheet.top + len(sheet.rows))
    if (height - top) * (width - left) > LARGEST:
        raise ValueError("a stray cell; openpyxl keeps only what is filled")
    shift: list[Value] = [None] * (sheet.left - left if sheet.rows else 0)
    rows: list[list[Value]] = [[] for _ in range(sheet.top - top)] if sheet.rows else []
    rows += [shift + row for row in sheet.rows]
    rows += [[] for _ in range(height - top - len(rows))]
    for row in rows:
        row.extend([None] * (width - left - len(row)))
    sheet.rows, sheet.top, sheet.left = rows, top, left
