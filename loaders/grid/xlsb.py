"""xlsb: values by calamine, errors, formats, merges and hidden rows by a scan of its records (MS-XLSB)."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

from loaders.grid import ooxml
from loaders.grid.formats import BUILTIN, ERRORS
from loaders.grid.model import PLAIN, Merge, Sheet, Style
from loaders.grid.sheet_xml import Look
from loaders.grid.xlsx import dress, open_book, values

ROW, CELL_ERROR, FORMULA_ERROR, COLUMN, MERGE, FONT, FORMAT, XF = 0, 3, 11, 60, 176, 43, 44, 47
CELLS = range(1, 12)
SHEET, BEGIN_XFS, END_XFS = 156, 617, 618


def read(path: Path) -> list[Sheet]:
    """Return the sheets of a binary workbook; calamine's errors pass through."""
    with zipfile.ZipFile(path) as archive:
        package = ooxml.Package(archive)
        styles = _styles(_part(package, "xl/styles.bin"))
        relations = package.relations("xl/workbook.bin")
        book = open_book(path)
        readable = set(book.sheet_names)
        found = []
        for name, relation, visible in _sheets(_part(package, "xl/workbook.bin")):
            kind, target = relations.get(relation, ("", ""))
            if name not in readable or kind not in ("worksheet", ""):
                continue
            sheet = values(book, name)
            sheet.visible, sheet.styles = visible, styles
            dress(sheet, look(_part(package, target)))
            found.append(sheet)
        return found


def _part(package: ooxml.Package, path: str) -> bytes:
    part = package.open(path)
    if part is None:
        return b""
    with part:
        return part.read()


def records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield (type, content) of a part's records until it ends or breaks off."""
    at = 0
    while at < len(data):
        kind, at = _number(data, at, 2)
        size, at = _number(data, at, 4)
        if at + size > len(data):
            return
        yield kind, data[at : at + size]
        at += size


def _number(data: bytes, at: int, longest: int) -> tuple[int, int]:
    """Read a number of 7 bits a byte, low bits first."""
    found = 0
    for place in range(longest):
        if at >= len(data):
            break
        byte = data[at]
        at += 1
        found |= (byte & 0x7F) << 7 * place
        if byte < 0x80:
            break
    return found, at


def _text(data: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", data, at)
    end = at + 4 + 2 * length
    return data[at + 4 : end].decode("utf-16-le", "replace"), end


def _sheets(workbook: bytes) -> Iterator[tuple[str, str, bool]]:
    for kind, data in records(workbook):
        if kind == SHEET and len(data) > 16:
            relation, at = _text(data, 8)
            yield _text(data, at)[0], relation, data[0] == 0


def _styles(data: bytes) -> list[Style]:
    formats, bold, found, inside = dict(BUILTIN), [], [], False
    for kind, content in records(data):
        if kind == FORMAT:
            formats[struct.unpack_from("<H", content)[0]] = _text(content, 2)[0]
        elif kind == FONT:
            bold.append(struct.unpack_from("<H", content, 4)[0] >= 600)
        elif kind in (BEGIN_XFS, END_XFS):
            inside = kind == BEGIN_XFS
        elif kind == XF and inside:
            _parent, number, font = struct.unpack_from("<HHH", content)
            found.append(Style(formats.get(number, "General"), font < len(bold) and bold[font], content[11]))
    return found or [PLAIN]


def look(data: bytes) -> Look:
    """Return what a sheet's records say beyond its values."""
    found, row = Look(), 0
    styles: dict[int, dict[int, int]] = {}
    for kind, content in records(data):
        if kind == ROW and len(content) >= 12:
            (row,) = struct.unpack_from("<I", content)
            if content[11] & 0x10:
                found.hidden_rows.add(row)
        elif kind in CELLS and len(content) >= 8:
            column, style = struct.unpack_from("<II", content)
            styles.setdefault(row, {})[column] = style & 0xFFFFFF
            if kind in (CELL_ERROR, FORMULA_ERROR) and len(content) > 8:
                found.errors[row, column] = ERRORS.get(content[8], "#ERR!")
        elif kind == MERGE and len(content) >= 16:
            top, bottom, left, right = struct.unpack_from("<IIII", content)
            found.merges.append(Merge(top, left, bottom, right))
        elif kind == COLUMN and len(content) >= 18 and content[16] & 1:
            first, last = struct.unpack_from("<II", content)
            found.hidden_columns.update(range(first, min(last, 16_383) + 1))
    found.styles = {r: [cells.get(c, 0) for c in range(min(max(cells), 16_383) + 1)] for r, cells in styles.items()}
    return found
