"""OpenDocument spreadsheets, zipped (ods) or flat (fods): repeated rows, merges, errors, printed units."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from loaders.grid.model import PLAIN, CellError, Merge, Sheet, Style, Value
from loaders.grid.ooxml import PARSER_OPTIONS

MOST_CELLS = 5_000_000
ERROR = re.compile(r"#[A-Z/0]+[!?A]?|Err:\d+|#N/A|#NAME\?|#DIV/0!")
LENGTH = re.compile(r"([\d.]+)(cm|mm|in|pt|pc)")
TO_CM = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 0.0353, "pc": 0.423}
STEP_CM = 0.35  # one step of indent


def read(path: Path) -> list[Sheet]:
    """Return the sheets of a zipped document; zip and XML errors pass through."""
    with zipfile.ZipFile(path) as archive:
        return _document(archive.read("content.xml"))


def read_flat(path: Path) -> list[Sheet]:
    """Return the sheets of a flat document."""
    return _document(path.read_bytes())


def _document(data: bytes) -> list[Sheet]:
    root = etree.fromstring(data, etree.XMLParser(**PARSER_OPTIONS))
    looks = dict(_looks(root))
    return [
        _Reader(table, looks).sheet()
        for table in root.iter("{*}table")
        if _own(table, "name") is not None and table.getparent().tag.endswith("spreadsheet")
    ]


def _own(element: etree._Element, name: str) -> str | None:
    return next((str(v) for k, v in element.attrib.items() if str(k).endswith("}" + name)), None)


def _looks(root: etree._Element) -> Iterator[tuple[str, Style]]:
    for style in root.iter("{*}style"):
        text, paragraph = style.find("{*}text-properties"), style.find("{*}paragraph-properties")
        bold = text is not None and _own(text, "font-weight") == "bold"
        margin = LENGTH.fullmatch(_own(paragraph, "margin-left") or "") if paragraph is not None else None
        indent = round(float(margin[1]) * TO_CM[margin[2]] / STEP_CM) if margin else 0
        yield _own(style, "name") or "", Style("General", bold, indent)


class _Reader:
    """Lays one table out as a grid."""

    def __init__(self, table: etree._Element, looks: dict[str, Style]) -> None:
        self.table, self.looks = table, looks
        self.made = Sheet(_own(table, "name") or "")
        self.styles: dict[Style, int] = {PLAIN: 0}
        self.ids: list[list[int]] = []
        self.room = MOST_CELLS

    def sheet(self) -> Sheet:
        row = 0
        for element in self.table.iter("{*}table-row"):
            repeat = int(_own(element, "number-rows-repeated") or 1)
            values, ids, notes, merges = self._row(element, row)
            if any(v is not None for v in values):
                self._put(row, values, ids, min(repeat, max(1, self.room // len(values))))
                self.made.merges += merges
                self.made.comments.update(notes)
            if _own(element, "visibility") in ("collapse", "filter"):
                self.made.hidden_rows.update(range(row, row + min(repeat, 10_000)))
            row += repeat
        self.made.styles, self.made.style_ids = list(self.styles), self.ids
        return self.made

    def _put(self, row: int, values: list[Value], ids: list[int], repeat: int) -> None:
        while len(self.made.rows) < min(row, len(self.made.rows) + 100_000):
            self.made.rows.append([])
            self.ids.append([])
        for _again in range(repeat):
            self.made.rows.append(values)
            self.ids.append(ids)
            self.room -= len(values)

    def _row(
        self, element: etree._Element, row: int
    ) -> tuple[list[Value], list[int], dict[tuple[int, int], str], list[Merge]]:
        values: list[Value] = []
        ids: list[int] = []
        notes: dict[tuple[int, int], str] = {}
        merges: list[Merge] = []
        for cell in element:
            tag = str(cell.tag)
            if not tag.endswith(("}table-cell", "}covered-table-cell")):
                continue
            column, repeat = len(values), int(_own(cell, "number-columns-repeated") or 1)
            value, style = self._cell(cell)
            across = int(_own(cell, "number-columns-spanned") or 1)
            down = int(_own(cell, "number-rows-spanned") or 1)
            if across > 1 or down > 1:
                merges.append(Merge(row, column, row + down - 1, column + across - 1))
            note = cell.find("{*}annotation")
            if note is not None:
                notes[row, column] = "\n".join(_paragraphs(note))
            if value is None and repeat > 200:
                repeat = 1 if cell.getnext() is None else min(repeat, 16_384)
            values += [value] * min(repeat, 16_384)
            ids += [style] * min(repeat, 16_384)
        while values and values[-1] is None:
            values.pop()
        return values, ids, notes, merges

    def _cell(self, cell: etree._Element) -> tuple[Value, int]:
        printed = "\n".join(_paragraphs(cell))
        value = _value(cell, printed)
        style = self.looks.get(_own(cell, "style-name") or "", PLAIN)
        if isinstance(value, float):
            style = Style(_format(_own(cell, "value-type") or "", printed), style.bold, style.indent)
        return value, self.styles.setdefault(style, len(self.styles))


def _paragraphs(cell: etree._Element) -> list[str]:
    return [_words(p) for p in cell if str(p.tag).endswith(("}p", "}h"))]


def _words(paragraph: etree._Element) -> str:
    text = paragraph.text or ""
    for child in paragraph:
        if str(child.tag).endswith("}s"):
            text += " " * min(int(_own(child, "c") or 1), 200)
        elif str(child.tag).endswith("}tab"):
            text += "\t"
        else:
            text += _words(child)
        text += child.tail or ""
    return text


def _value(cell: etree._Element, printed: str) -> Value:
    kind = _own(cell, "value-type")
    if ERROR.fullmatch(printed):
        return CellError(printed)
    try:
        if kind in ("float", "percentage", "currency"):
            return float(next(str(v) for k, v in cell.attrib.items() if str(k).endswith("}value")))
        if kind == "date":
            return dt.datetime.fromisoformat((_own(cell, "date-value") or "").rstrip("Z"))
    except (ValueError, StopIteration):
        return printed or None
    if kind == "boolean":
        return _own(cell, "boolean-value") == "true"
    return printed or None


def _format(kind: str, printed: str) -> str:
    """Make a number format of what the file prints around the number (``49.3万人``)."""
    if kind == "percentage":
        return "0.00%"
    tail = re.sub(r"^[^\d]*[\d.,\s\u00a0]*", "", printed).strip()
    return f'0"{tail}"' if re.search(r"[\u4e00-\u9fff]", tail) else "General"
