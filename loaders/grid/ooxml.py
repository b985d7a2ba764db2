"""The parts of an OOXML package: which file holds which sheet, its styles, its comments."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from loaders.grid.formats import BUILTIN
from loaders.grid.model import PLAIN, Style, parse_a1

PARSER_OPTIONS = {"resolve_entities": False, "no_network": True, "huge_tree": True, "recover": True}


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet of the workbook: its name, the path of its part, whether it is shown."""

    name: str
    path: str
    visible: bool


class Package:
    """An OOXML zip whose part names are found whatever their case or slashes."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self._names = {_plain(name): name for name in archive.namelist()}

    def open(self, path: str) -> zipfile.ZipExtFile | None:
        """Open a part for reading; ``None`` when the package has none of that name."""
        name = self._names.get(_plain(path))
        return self.archive.open(name) if name else None  # type: ignore[return-value]

    def xml(self, path: str) -> etree._Element | None:
        """Parse a part; ``None`` when it is missing or no XML at all."""
        part = self.open(path)
        if part is None:
            return None
        with part:
            return etree.fromstring(part.read(), etree.XMLParser(**PARSER_OPTIONS))

    def relations(self, path: str) -> dict[str, tuple[str, str]]:
        """Return id → (kind, target part) of the relations of a part."""
        folder, name = posixpath.split(path)
        root = self.xml(f"{folder}/_rels/{name}.rels")
        found = {}
        for rel in _children(root):
            target = (rel.get("Target") or "").replace("\\", "/")
            target = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[rel.get("Id", "")] = ((rel.get("Type") or "").rsplit("/", 1)[-1], target)
        return found


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _children(root: etree._Element | None) -> Iterator[etree._Element]:
    return iter(()) if root is None else root.iterchildren(tag=etree.Element)


def all_of(root: etree._Element | None, *path: str) -> Iterator[etree._Element]:
    """Yield the elements under ``root`` by local names, whatever the namespace (strict or not)."""
    if root is None:
        return iter(())
    return iter(root.iterfind("/".join(f"{{*}}{name}" for name in path)))


def sheets(package: Package, workbook: str = "xl/workbook.xml") -> list[SheetPart]:
    """Return the worksheets in their order; chart sheets and macros have no cells and are left out."""
    relations = package.relations(workbook)
    found = []
    for sheet in all_of(package.xml(workbook), "sheets", "sheet"):
        key = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")
        kind, target = relations.get(str(key), ("", ""))
        if kind in ("worksheet", ""):
            found.append(SheetPart(sheet.get("name", ""), target, sheet.get("state", "visible") == "visible"))
    return found


def styles(package: Package) -> list[Style]:
    """Return the workbook's cell styles by their number."""
    root = package.xml("xl/styles.xml")
    formats = dict(BUILTIN)
    for item in all_of(root, "numFmts", "numFmt"):
        formats[_int(item.get("numFmtId"))] = item.get("formatCode", "General")
    bold = [_on(font.find("{*}b")) for font in all_of(root, "fonts", "font")]
    return [_style(xf, formats, bold) for xf in all_of(root, "cellXfs", "xf")] or [PLAIN]


def _style(xf: etree._Element, formats: dict[int, str], bold: list[bool]) -> Style:
    font = _int(xf.get("fontId"))
    alignment = xf.find("{*}alignment")
    indent = 0 if alignment is None else _int(alignment.get("indent"))
    return Style(formats.get(_int(xf.get("numFmtId")), "General"), font < len(bold) and bold[font], indent)


def _on(flag: etree._Element | None) -> bool:
    return flag is not None and flag.get("val", "1") not in ("0", "false")


def _int(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0


def comments(package: Package, sheet_path: str) -> dict[tuple[int, int], str]:
    """Return the notes of a sheet by (row, column)."""
    found: dict[tuple[int, int], str] = {}
    for kind, target in package.relations(sheet_path).values():
        if kind == "comments":
            for note in all_of(package.xml(target), "commentList", "comment"):
                words = "".join(str(t.text or "") for t in note.iter("{*}t"))
                found[parse_a1(note.get("ref", "A1"))] = words.strip()
    return found
