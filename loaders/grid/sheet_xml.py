"""One quick pass over a sheet's XML for what value readers drop.

Style numbers, error values, formulas never calculated, hidden rows and columns, merges.  Rows are
cut out of the text instead of being parsed, because most rows of a large sheet have the same cells
with the same styles: each such row costs one look-up.  (Expat with a Python callback per element
takes twice the time of expat alone; this pass takes about as long as expat alone.)
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Protocol

from loaders.grid.model import Merge, column_index, column_name, parse_a1, parse_range

CHUNK = 1 << 20
ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?row\s*>)", re.S)
PLAIN_CELL = re.compile(rb'<c r="([A-Z]+)\d+"(?: s="(\d+)")?(?: t="(\w+)")?[ />]')
CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c\s*>)", re.S)
WHOLE_CELL = re.compile(rb'<c r="([A-Z]+)\d+"([^<>/]*)(/>|><v>[^<]*</v></c>|><is><t[^<>]*>[^<]*</t></is></c>)')
INNER = {b"/>": rb"/>", b"><v": rb"><v>[^<]*</v></c>", b"><i": rb"><is><t[^<>]*>[^<]*</t></is></c>"}
WIDE = 200  # cells of a row beyond which it is not compared as a whole
SHAPE = re.compile(rb'<c r="[A-Z]+\d+("[^>]*)>')
ROW_OTHER = re.compile(rb"</\w+:row\s*>|</row\s+>|<(?:\w+:)?row\b[^>]*/>")
ROW_NUMBER = re.compile(rb"""\br\s*=\s*["'](\d+)""")
DIGITS = b"0123456789"
START = re.compile(rb"<(?:\w+:)?c[ >/]")
ATTRIBUTE = re.compile(rb"""([\w:]+)\s*=\s*["']([^"']*)["']""")
VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]+)</")
FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
HIDDEN_COLUMN = re.compile(rb"<(?:\w+:)?col\b[^>]*>")
MERGE = re.compile(rb"""<(?:\w+:)?mergeCell\b[^>]*?ref\s*=\s*["']([^"']+)["']""")
ROWS_OPEN = re.compile(rb"<(?:\w+:)?sheetData\b[^>]*>")
MOST_MERGES = 20_000


@dataclass(slots=True)
class Look:
    """What the XML says beyond the values; styles by row: ``styles[row][column]``."""

    styles: dict[int, Sequence[int]] = field(default_factory=dict)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    uncached: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)


class _Pass:
    """Goes through the rows of one sheet; ``known`` are the row shapes seen, with their styles."""

    def __init__(self) -> None:
        self.look = Look()
        self.known: dict[tuple[bytes, ...], Sequence[int] | None] = {}
        self.usual: tuple[re.Pattern[bytes], Sequence[int]] | None = None  # a whole row as the last two were
        self.before: tuple[bytes, ...] = ()
        self.row = -1

    def rows(self, data: bytes) -> bytes:
        """Take in every whole row of ``data``; return what is left."""
        *whole, rest = data.split(b"</row>")
        for piece in whole:
            start = piece.find(b"<row")
            end = piece.find(b">", start)
            if piece.find(b"<row", end) >= 0 or start < 0:
                self._pieces(piece + b"</row>")
            else:
                self._row(piece, start + 4, end)
        if ROW_OTHER.search(rest):
            return rest[self._pieces(rest) :]
        return rest

    def _pieces(self, data: bytes) -> int:
        """Take in rows of any dialect; return where the last whole one ends."""
        end = 0
        for match in ROW.finditer(data):
            end = match.end()
            self._head(match[1])
            self._slow_row(match[2] or b"")
        return end

    def _row(self, piece: bytes, start: int, end: int) -> None:
        """Take in one row whose cells begin after ``end``."""
        self._head(piece[start:end])
        if self.usual and (found := self.usual[0].fullmatch(piece, end + 1)) and found[1] == b"%d" % (self.row + 1):
            self.look.styles[self.row] = self.usual[1]
            return
        shape = tuple(SHAPE.findall(piece, end))
        first = piece.find(b'r="', end) + 3
        shape += (piece[first : first + 3].rstrip(DIGITS),)
        if shape not in self.known:
            self.known[shape] = self._plain_styles(piece[end + 1 :], len(shape) - 1)
        styles = self.known[shape]
        if styles is None or b"<f" in piece or not self._in_line(piece, end, len(styles)):
            self._slow_row(piece[end + 1 :])
        else:
            self.look.styles[self.row] = styles
            if shape == self.before and len(shape) < WIDE:
                self._expect(piece[end + 1 :], styles)
        self.before = shape

    def _expect(self, body: bytes, styles: Sequence[int]) -> None:
        """Let the next rows be compared with this one as a whole, which is quicker than cell by cell."""
        cells = WHOLE_CELL.findall(body)
        told = [rb'<c r="%s\d+"%s%s' % (column, re.escape(rest), INNER[inner[:3]]) for column, rest, inner in cells]
        if told:
            told[-1] = told[-1].replace(rb"\d+", rb"(\d+)", 1)  # a row without gaps has its number in the last cell
            whole = re.compile(b"".join(told))
            self.usual = (whole, styles) if whole.fullmatch(body) else None

    def _head(self, attributes: bytes) -> None:
        number = ROW_NUMBER.search(attributes)
        self.row = int(number[1]) - 1 if number else self.row + 1
        if b"hidden" in attributes and dict(ATTRIBUTE.findall(attributes)).get(b"hidden") in (b"1", b"true"):
            self.look.hidden_rows.add(self.row)

    def _plain_styles(self, body: bytes, count: int) -> Sequence[int] | None:
        """Return the styles of a row of neighbouring plain cells; ``None`` where more must be looked at."""
        cells = PLAIN_CELL.findall(body)
        columns = [column_index(c.decode()) for c, _s, _t in cells]
        if len(cells) != count or len(cells) != len(START.findall(body)) or any(t == b"e" for _c, _s, t in cells):
            return None
        if not columns or columns != list(range(columns[0], columns[0] + count)):
            return None
        return _styles(zip(columns, (int(s or 0) for _c, s, _t in cells), strict=True))

    def _in_line(self, piece: bytes, end: int, width: int) -> bool:
        """Tell whether the last cell stands where a row without gaps ends."""
        last = piece.rfind(b'<c r="') + 6
        return last > end and piece.startswith(column_name(width - 1).encode() + b'%d"' % (self.row + 1), last)

    def _slow_row(self, body: bytes) -> None:
        column, found = -1, []
        for attributes, inner in CELL.findall(body):
            own = dict(ATTRIBUTE.findall(attributes))
            column = _column(own.get(b"r", b""), column + 1)
            style = own.get(b"s", b"0")
            found.append((column, int(style) if style.isdigit() else 0))
            if inner:
                self._content((self.row, column), own.get(b"t", b""), inner)
        self.look.styles[self.row] = _styles(found)

    def _content(self, at: tuple[int, int], kind: bytes, inner: bytes) -> None:
        value = VALUE.search(inner)
        if kind == b"e" and value:
            self.look.errors[at] = unescape(value[1].decode("utf-8", "replace"))
        elif value is None and FORMULA.search(inner):
            self.look.uncached.add(at)


def _styles(cells: Iterator[tuple[int, int]] | list[tuple[int, int]]) -> array[int]:
    pairs = list(cells)
    styles = array("H", bytes(2 * (max((c for c, _ in pairs), default=-1) + 1)))
    for column, style in pairs:
        styles[column] = min(style, 65_535)
    return styles


def _column(reference: bytes, fallback: int) -> int:
    try:
        return parse_a1(reference.decode())[1] if reference else fallback
    except ValueError:
        return fallback


class Readable(Protocol):
    """What can be read in pieces: a file, a part of a zip."""

    def read(self, size: int = -1, /) -> bytes: ...


def look(part: Readable) -> Look:
    """Return what the XML of one sheet says beyond its values, reading it in pieces."""
    work, rest, in_rows = _Pass(), b"", False
    while chunk := part.read(CHUNK):
        rest += chunk
        if not in_rows and (start := ROWS_OPEN.search(rest)):
            _hidden_columns(rest[: start.start()], work.look)
            rest, in_rows = rest[start.end() :], True
        if in_rows:
            rest = work.rows(rest)
    work.look.merges = _merges(rest)
    return work.look


def _hidden_columns(head: bytes, found: Look) -> None:
    for match in HIDDEN_COLUMN.findall(head):
        own = dict(ATTRIBUTE.findall(match))
        if own.get(b"hidden") in (b"1", b"true") and own.get(b"min", b"").isdigit():
            last = min(int(own.get(b"max", own[b"min"])), 16_384)
            found.hidden_columns.update(range(int(own[b"min"]) - 1, last))


def _merges(tail: bytes) -> list[Merge]:
    found = []
    for reference in MERGE.findall(tail)[:MOST_MERGES]:
        try:
            found.append(parse_range(reference.decode()))
        except ValueError:
            continue
    return found
