"""HTML saved as xls, and the web archives of old Excel: every innermost table is a sheet."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree, html

from loaders.grid.model import PLAIN, Merge, Sheet, Style, Value
from loaders.grid.text import decode
from loaders.refusal import Refused
from tidy.language import _

CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
INDENTS = re.compile(r"mso-char-indent-count\s*:\s*(\d{1,2})")
POINTS = re.compile(r"(?:padding-left|text-indent)\s*:\s*(\d{1,3})(?:\.\d+)?\s*(pt|px|em)")
STEP = {"pt": 9, "px": 12, "em": 1}  # what one step of an indent is in each measure
CLASSES = re.compile(r"\.([\w-]+)\s*\{([^{}]*)\}")
INDENTED = re.compile(r" {2,}(?=\S)")  # blanks that stand in the line of their cell
WIDEST, MOST_MERGED = 2_000, 200_000  # columns of a cell, fields of a cell


def read(path: Path) -> list[Sheet]:
    """Return the tables of an HTML file; ``Refused`` for a frame set whose tables lie in other files."""
    return _page(path.read_bytes(), path.stem)


def read_archive(path: Path) -> list[Sheet]:
    """Return the tables of a web archive (MHTML)."""
    message = email.message_from_bytes(path.read_bytes())
    found: list[Sheet] = []
    for part in message.walk():
        if part.get_content_type() == "text/html":
            data = part.get_payload(decode=True)
            if isinstance(data, bytes) and b"<t" in data.lower():
                found += _page(data, path.stem)
    return found


def _page(data: bytes, name: str) -> list[Sheet]:
    text = _decode(data)
    root = (
        html.document_fromstring(text, parser=html.HTMLParser(huge_tree=True, no_network=True))
        if text.strip()
        else None
    )
    tables = [] if root is None else [t for t in root.iter("table") if t.find(".//table") is None]
    if not tables and root is not None and (root.find(".//frame") is not None or root.find(".//iframe") is not None):
        raise Refused(
            "frames_missing",
            _("这是网页框架，数据在未一同上传的 .files 文件夹里"),
            _("请用表格软件打开原文件并另存为 xlsx 再上传"),
        )
    looks = _Looks(root)
    sheets = [_sheet(table, name, looks) for table in tables]
    for number, sheet in enumerate(sheets, 1):
        sheet.name = name if len(sheets) == 1 else f"{name} {number}"
    return sheets


def _decode(data: bytes) -> str:
    text, encoding = decode(data)
    said = CHARSET.search(data[:4096])
    if encoding == "gb18030" and said and said[1].lower() not in (b"gb2312", b"gbk", b"gb18030", b"utf-8"):
        text = data.decode(said[1].decode(), "replace") if _known(said[1].decode()) else text
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)


def _known(encoding: str) -> bool:
    try:
        "".encode(encoding)
    except LookupError:
        return False
    return True


class _Looks:
    """What a page's cells look like, each look once: bold, and how deep the text is set by the cell's style or class."""

    def __init__(self, root: etree._Element | None) -> None:
        rules = "" if root is None else " ".join(str(one.text or "") for one in root.iter("style"))
        self.classes = {name: _depth(rule) for name, rule in CLASSES.findall(rules)}
        self.styles = [PLAIN]

    def number(self, cell: etree._Element) -> int:
        """Return the number of a cell's look among the styles."""
        named = max((self.classes.get(name, 0) for name in (cell.get("class") or "").split()), default=0)
        style = Style(bold=_bold(cell), indent=_depth(cell.get("style") or "") or named)
        if style not in self.styles:
            self.styles.append(style)
        return self.styles.index(style)


def _depth(rule: str) -> int:
    """Return how many steps a style sets a text in."""
    counted = INDENTS.search(rule)
    if counted:
        return int(counted[1])
    measured = POINTS.search(rule)
    return int(measured[1]) // STEP[measured[2]] if measured else 0


def _sheet(table: etree._Element, name: str, looks: _Looks) -> Sheet:
    sheet = Sheet(name, styles=looks.styles, text_only=True)
    cells: dict[tuple[int, int], tuple[Value, int]] = {}
    taken: set[tuple[int, int]] = set()
    height = 0
    for row, line in enumerate(table.iter("tr")):
        column = 0
        for cell in line.iterchildren("td", "th"):
            while (row, column) in taken:
                column += 1
            across = _span(cell, "colspan", WIDEST)
            down = _span(cell, "rowspan", max(1, MOST_MERGED // across))
            cells[row, column] = (_text(cell), looks.number(cell))
            taken.update((row + i, column + j) for i in range(down) for j in range(across))
            if down > 1 or across > 1:
                sheet.merges.append(Merge(row, column, row + down - 1, column + across - 1))
            column += across
        height = row + 1
    width = max((c for _r, c in cells), default=-1) + 1
    sheet.rows = [[cells.get((r, c), (None, 0))[0] for c in range(width)] for r in range(height)]
    sheet.style_ids = [[cells.get((r, c), (None, 0))[1] for c in range(width)] for r in range(height)]
    return sheet


def _span(cell: etree._Element, name: str, most: int) -> int:
    said = (cell.get(name) or "1").strip()
    return max(1, min(int(said), most)) if said.isdecimal() else 1


def _bold(cell: etree._Element) -> bool:
    return cell.tag == "th" or cell.find(".//b") is not None or cell.find(".//strong") is not None


def _text(cell: etree._Element) -> Value:
    text = "".join(_pieces(cell)).strip(" \r\n\t")
    indent = INDENTED.match("".join(map(str, cell.itertext()))) if text else None
    return (indent[0] if indent else "") + text or None


def _pieces(element: etree._Element) -> Iterator[str]:
    if isinstance(element.tag, str) and element.tag not in ("script", "style"):
        yield re.sub(r"[ \r\n\t]+", " ", element.text or "")
        for child in element:
            if child.tag == "br":
                yield "\n"
            yield from _pieces(child)
            yield re.sub(r"[ \r\n\t]+", " ", child.tail or "")
