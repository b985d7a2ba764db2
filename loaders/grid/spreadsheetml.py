"""The XML workbook of Excel 2002/2003 (SpreadsheetML), often saved with the ending xls."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from lxml import etree

from loaders.grid.model import PLAIN, CellError, Merge, Sheet, Style, Value
from loaders.grid.ooxml import PARSER_OPTIONS

PERCENT = {"Percent": "0.00%", "General Number": "General", "Standard": "#,##0.00", "Fixed": "0.00"}
FAR = 20_000


def read(path: Path) -> list[Sheet]:
    """Return the sheets; XML errors pass through."""
    root = etree.fromstring(path.read_bytes(), etree.XMLParser(**PARSER_OPTIONS))
    looks = {_own(s, "ID"): _style(s) for s in root.iter("{*}Style")}
    return [_sheet(sheet, looks) for sheet in root.iter("{*}Worksheet")]


def _own(element: etree._Element, name: str) -> str:
    return next((str(v) for k, v in element.attrib.items() if str(k).rpartition("}")[2] == name), "")


def _style(element: etree._Element) -> Style:
    form, font, alignment = (element.find(f"{{*}}{tag}") for tag in ("NumberFormat", "Font", "Alignment"))
    code = _own(form, "Format") if form is not None else ""
    indent = _own(alignment, "Indent") if alignment is not None else ""
    return Style(
        PERCENT.get(code, code or "General"),
        font is not None and _own(font, "Bold") == "1",
        int(indent) if indent.isdigit() else 0,
    )


def _sheet(element: etree._Element, looks: dict[str, Style]) -> Sheet:
    sheet = Sheet(_own(element, "Name"))
    styles: dict[Style, int] = {PLAIN: 0}
    ids: list[list[int]] = []
    for row in element.iter("{*}Row"):
        at = _own(row, "Index")
        for _blank in range(min(int(at) - 1 - len(sheet.rows), FAR) if at.isdigit() else 0):
            sheet.rows.append([])
            ids.append([])
        if _own(row, "Hidden") == "1":
            sheet.hidden_rows.add(len(sheet.rows))
        values: list[Value] = []
        own: list[int] = []
        for cell in row.iterchildren("{*}Cell"):
            _cell(sheet, cell, values)
            own += [0] * (len(values) - len(own))
            own[-1] = styles.setdefault(looks.get(_own(cell, "StyleID"), PLAIN), len(styles))
        sheet.rows.append(values)
        ids.append(own)
    sheet.styles, sheet.style_ids = list(styles), ids
    return sheet


def _cell(sheet: Sheet, cell: etree._Element, values: list[Value]) -> None:
    at, row = _own(cell, "Index"), len(sheet.rows)
    if at.isdigit():
        values += [None] * min(int(at) - 1 - len(values), 16_384)
    across, down = (min(int(_own(cell, n) or 0), FAR) for n in ("MergeAcross", "MergeDown"))
    if across or down:
        sheet.merges.append(Merge(row, len(values), row + down, len(values) + across))
    note = cell.find("{*}Comment")
    if note is not None:
        sheet.comments[row, len(values)] = "".join(str(t) for t in note.itertext()).strip()
    values.append(_value(cell.find("{*}Data")))
    values += [None] * min(across, 16_384)


def _value(data: etree._Element | None) -> Value:
    if data is None:
        return None
    text, kind = "".join(str(t) for t in data.itertext()), _own(data, "Type")
    try:
        if kind == "Number":
            return float(text)
        if kind == "DateTime":
            return dt.datetime.fromisoformat(text.split(".")[0])
    except ValueError:
        return text or None
    if kind == "Error":
        return CellError(text)
    return text == "1" if kind == "Boolean" else text or None
