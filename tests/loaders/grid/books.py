"""The same small table in every format, written with the standard library where a library would smooth it over."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import msoffcrypto
import xlsxwriter

ROWS = [["地区", "会员数", "覆盖率"], ["杭州", 1200, 0.953], ["宁波", 800, 0.9]]


def xlsx(path: Path) -> Path:
    """A workbook with a unit in the number format, an error, a note, a hidden row, indent and bold."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("表1")
        unit, share = book.add_format({"num_format": '#,##0"万余人"'}), book.add_format({"num_format": "0.0%"})
        sheet.write_row(0, 0, ROWS[0], book.add_format({"bold": True}))
        for number, (name, members, rate) in enumerate(ROWS[1:], 1):
            sheet.write(number, 0, name, book.add_format({"indent": number}))
            sheet.write(number, 1, members, unit)
            sheet.write(number, 2, rate, share)
        sheet.write_formula(3, 1, "=B2/0", None, "#DIV/0!")
        sheet.write(3, 0, "合计")
        sheet.write_comment(1, 1, "约数")
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.merge_range(5, 0, 5, 2, "填表人：")
    return path


def strict(path: Path) -> Path:
    """The same in the namespaces of strict OOXML."""
    plain = xlsx(path.with_suffix(".tmp"))
    changes = {
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    }
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            for old, new in changes.items():
                data = data.replace(old, new)
            target.writestr(name, data)
    return path


def locked(path: Path, password: str) -> Path:
    """The same, encrypted."""
    plain = xlsx(path.with_suffix(".tmp"))
    out = io.BytesIO()
    with plain.open("rb") as file:
        msoffcrypto.OfficeFile(file).encrypt(password, out)
    path.write_bytes(out.getvalue())
    return path


def csv(path: Path, encoding: str, mark: str = ",") -> Path:
    """The same as separated text."""
    path.write_bytes("\n".join(mark.join(map(str, row)) for row in ROWS).encode(encoding))
    return path


def html(path: Path, encoding: str = "gb18030") -> Path:
    """The same as a web page that calls itself xls."""
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    page = f"<html><head><meta charset=gb2312></head><body><table><tr><td colspan=3>情况表</td></tr>{body}</table></body></html>"
    path.write_bytes(page.encode(encoding))
    return path


def spreadsheetml(path: Path) -> Path:
    """The same in the XML of Excel 2003."""
    rows = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="{_sort(c)}">{c}</Data></Cell>' for c in row) + "</Row>" for row in ROWS
    )
    path.write_text(
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="表1"><Table>'
        f"{rows}</Table></Worksheet></Workbook>",
        encoding="utf-8",
    )
    return path


def _sort(cell: object) -> str:
    return "String" if isinstance(cell, str) else "Number"


def ods(path: Path, flat: bool = False) -> Path:
    """The same as an OpenDocument sheet, with repeated blank rows and a cell that prints its unit."""
    cells = "".join("<table:table-row>" + "".join(map(_ods_cell, row)) + "</table:table-row>" for row in ROWS)
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    kind = "document" if flat else "document-content"
    xml = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:{kind}{names}><office:body><office:spreadsheet>'
        f'<table:table table:name="表1">{cells}<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
        f"</office:spreadsheet></office:body></office:{kind}>"
    )
    if flat:
        path.write_text(xml, encoding="utf-8")
    else:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            archive.writestr("content.xml", xml)
    return path


def _ods_cell(cell: object) -> str:
    if isinstance(cell, str):
        return f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
    shown = f"{cell}人" if isinstance(cell, int) else cell
    return (
        f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{shown}</text:p></table:table-cell>'
    )


def biff2(path: Path) -> Path:
    """Two labels and two numbers in the oldest xls: no container, no character set."""
    data = struct.pack("<HHHH", 0x0009, 4, 2, 0x10)
    for row, (name, number) in enumerate((("a", 12.5), ("b", 7.0))):
        data += struct.pack("<HHHH3sB", 0x0004, 8 + len(name), row, 0, b"\0\0\0", len(name)) + name.encode()
        data += struct.pack("<HHHH3sd", 0x0003, 15, row, 1, b"\0\0\0", number)
    path.write_bytes(data + struct.pack("<HH", 0x000A, 0))
    return path


def biff5(path: Path) -> Path:
    """A table of two rows, its first label bold; a formula of the second gives an empty text."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    def label(row: int, column: int, text: str, look: int = 0) -> bytes:
        return record(0x0204, struct.pack("<HHHH", row, column, look, len(text.encode("gbk"))) + text.encode("gbk"))

    head = record(0x0809, struct.pack("<HHHH", 0x0500, 0x0005, 0, 0)) + record(0x0042, struct.pack("<H", 936))
    for weight in (400, 700):  # Excel gives the weight and leaves the old bit for bold alone
        head += record(0x0031, struct.pack("<HHHHHBBBBB", 200, 0, 0, weight, 0, 0, 0, 0, 0, 1) + b"A")
    for font in (0, 1):
        head += record(0x00E0, struct.pack("<HHH", font, 0, 1) + bytes(10))
    start = len(head) + 4 + 8 + 4
    head += record(0x0085, struct.pack("<IBBB", start, 0, 0, 1) + b"A") + record(0x000A, b"")
    body = record(0x0809, struct.pack("<HHHH", 0x0500, 0x0010, 0, 0))
    body += label(0, 0, "地区") + label(0, 1, "会员数") + label(1, 0, "杭州市", 1) + label(2, 0, "宁波市")
    body += record(0x0203, struct.pack("<HHHd", 1, 1, 0, 5.0))
    empty = b"\x03\0\0\0\0\0\xff\xff"
    body += record(0x0006, struct.pack("<HHH8sHIH", 2, 1, 0, empty, 0, 0, 0)) + record(0x000A, b"")
    path.write_bytes(head + body)
    return path
