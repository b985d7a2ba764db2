"""xls (BIFF2 to BIFF8) with formats, notes and merges, by xlrd."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from pathlib import Path

import xlrd

from loaders.grid.crypt import Locked
from loaders.grid.formats import ERRORS
from loaders.grid.model import PLAIN, CellError, Merge, Sheet, Style, Value

RECORD, CELL = struct.Struct("<HH"), struct.Struct("<HH")
FORMULAS, END = (0x0006, 0x0206, 0x0406), 0x000A
RESULT = slice(6, 14)  # of a formula's record, from BIFF3 on
EMPTY_TEXT = b"\x03\xff\xff"
BOLD = 600  # the weight of a font from which on it is bold


def read(path: Path) -> list[Sheet]:
    """Return the sheets of an xls workbook; xlrd's errors pass through."""
    book = _open(path)
    styles = _styles(book)
    sheets = [_sheet(book, sheet, styles) for sheet in book.sheets()]
    for number, sheet in enumerate(sheets):
        sheet.uncached = set(_blank_formulas(book, number))
    book.release_resources()
    return sheets


def _blank_formulas(book: xlrd.Book, number: int) -> Iterator[tuple[int, int]]:
    """Yield where formulas give an empty text: xlrd tells them from empty cells no more."""
    place, data = (
        book._sh_abs_posn[number],
        book.mem or b"",
    )  # the oldest kinds, one sheet each, leave nothing to look at
    while place + RECORD.size <= len(data):
        kind, size = RECORD.unpack_from(data, place)
        body = data[place + RECORD.size : place + RECORD.size + size]
        if kind == END:
            return
        if kind in FORMULAS and len(body) >= RESULT.stop and body[RESULT][:1] + body[RESULT][6:] == EMPTY_TEXT:
            row, column = CELL.unpack_from(body)
            yield row, column
        place += RECORD.size + size


def _open(path: Path) -> xlrd.Book:
    """Open with formats; where they are broken, without; a damaged container is read as far as it goes."""
    for formats in (True, False):
        try:
            book = xlrd.open_workbook(
                str(path),
                formatting_info=formats,
                logfile=io.StringIO(),
                ignore_workbook_corruption=True,
                on_demand=True,
            )
            book.sheets()
            return book
        except Exception as error:  # xlrd fails on damaged files in any way
            if "encrypted" in str(error).lower():
                raise Locked from error
            if not formats:
                raise
    raise AssertionError("unreachable")


def _styles(book: xlrd.Book) -> list[Style]:
    if not book.formatting_info:
        return [PLAIN]
    found = []
    for xf in book.xf_list:
        form = book.format_map.get(xf.format_key)
        font = book.font_list[xf.font_index] if xf.font_index < len(book.font_list) else None
        bold = font is not None and font.weight >= BOLD  # the bit for bold is often left unset from BIFF5 on
        found.append(Style(form.format_str if form else "General", bold, xf.alignment.indent_level))
    return found or [PLAIN]


def _sheet(book: xlrd.Book, source: xlrd.sheet.Sheet, styles: list[Style]) -> Sheet:
    rows: list[list[Value]] = []
    ids: list[list[int]] = []
    for number in range(source.nrows):
        rows.append(
            [
                _value(book, kind, value)
                for kind, value in zip(source.row_types(number), source.row_values(number), strict=True)
            ]
        )
        if book.formatting_info:
            ids.append([min(i or 0, len(styles) - 1) for i in _xf_indexes(source, number)])
    return Sheet(
        source.name,
        rows,
        styles=styles,
        style_ids=ids,
        visible=source.visibility == 0,
        merges=[Merge(top, left, bottom - 1, right - 1) for top, bottom, left, right in source.merged_cells],
        hidden_rows={n for n, info in source.rowinfo_map.items() if info.hidden},
        hidden_columns={n for n, info in source.colinfo_map.items() if info.hidden},
        comments={at: note.text.strip() for at, note in source.cell_note_map.items()},
    )


def _xf_indexes(source: xlrd.sheet.Sheet, row: int) -> list[int]:
    return [source.cell_xf_index(row, column) for column in range(source.row_len(row))]


def _value(book: xlrd.Book, kind: int, value: object) -> Value:
    if kind == xlrd.XL_CELL_ERROR:
        return CellError(ERRORS.get(int(value), "#ERR!"))  # type: ignore[call-overload]
    if kind == xlrd.XL_CELL_DATE:
        try:
            moment: Value = xlrd.xldate.xldate_as_datetime(value, book.datemode)
            return moment
        except (ValueError, OverflowError):
            return value  # type: ignore[return-value]
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    return None if value == "" else value  # type: ignore[return-value]
