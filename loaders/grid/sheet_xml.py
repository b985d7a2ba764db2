"""One quick pass over a sheet's XML for what value readers drop.

Style numbers, error values, formulas never calculated, hidden rows and columns, merges.  Rows are
cut out with regular expressions instead of an XML parser, because most rows of a large sheet have
the same cells with the same styles: each such row costs one look-up.  (Bare expat with a Python
callback per element takes twice the time of expat alone; this pass takes about as long as expat.)
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import IO

from loaders.grid.model import Merge, column_index, parse_a1, parse_range

CHUNK = 1 << 20
ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?row\s*>)", re.S)
PLAIN_CELL = re.compile(rb'<c r="([A-Z]+)\d+"(?: s="(\d+)")?(?: t="(\w+)")?[ />]')
CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c\s*>)", re.S)
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
    def __init__(self) -> None:
        self.look = Look()
        self.known: dict[tuple[tuple[bytes, bytes, bytes], ...], array[int]] = {}
        self.row = -1

    def rows(self, data: bytes) -> int:
        """Take in every whole row of ``data``; return where the last one ends."""
        end = 0
        for match in ROW.finditer(data):
            end = match.end()
            self._row(match[1], match[2] or b"")
        return end

    def _row(self, attributes: bytes, body: bytes) -> None:
        own = dict(ATTRIBUTE.findall(attributes))
        number = own.get(b"r", b"")
        self.row = int(number) - 1 if number.isdigit() else self.row + 1
        if own.get(b"hidden") in (b"1", b"true"):
            self.look.hidden_rows.add(self.row)
        cells = PLAIN_CELL.findall(body)
        if b"<f" in body or b':f' in body or b't="e"' in body or len(cells) != len(START.findall(body)):
            self._slow_row(body)
            return
        signature = tuple(cells)
        styles = self.known.get(signature)
        if styles is None:
            styles = self.known[signature] = _styles((column_index(c.decode()), int(s or 0)) for c, s, _ in cells)
        self.look.styles[self.row] = styles

    def _slow_row(self, body: bytes) -> None:
        column, found = -1, []
        for attributes, inner in CELL.findall(body):
            own = dict(ATTRIBUTE.findall(attributes))
            column = _column(own.get(b"r", b""), column + 1)
            style = own.get(b"s", b"0")
            found.append((column, int(style) if style.isdigit() else 0))
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


def look(part: IO[bytes]) -> Look:
    """Return what the XML of one sheet says beyond its values, reading it in pieces."""
    work, rest, in_rows = _Pass(), b"", False
    while chunk := part.read(CHUNK):
        rest += chunk
        if not in_rows and (start := ROWS_OPEN.search(rest)):
            _hidden_columns(rest[:start.start()], work.look)
            rest, in_rows = rest[start.end():], True
        if in_rows:
            rest = rest[work.rows(rest):]
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
