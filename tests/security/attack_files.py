"""Files made to do harm: name → (file name, bytes, what its uploader must be told; '' where it reads as usual)."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
LEVELS = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(10))
ENTITIES = f'<!DOCTYPE x [<!ENTITY a "{"ha" * 50}">{LEVELS}]>'
XXE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
REMOTE = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/evil.dtd">'


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def text_cell(cell: str, text: str) -> str:
    """A cell with an inline text."""
    return f'<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>'


def sheet(rows: str, doctype: str = "", more: str = "") -> str:
    """A worksheet's XML."""
    return f'<?xml version="1.0"?>{doctype}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheetData>{rows}</sheetData>{more}</worksheet>'


def table(label: str = "嘉兴市", value: str = '<c r="B3"><v>120</v></c>') -> str:
    """Rows of a small, good table with one label and one value to play with."""
    return (
        f'<row r="1">{text_cell("A1", "2018年工会会员数（人）")}</row>'
        f'<row r="2">{text_cell("A2", "单位")}{text_cell("B2", "会员")}</row>'
        f'<row r="3">{text_cell("A3", label)}{value}</row>'
        f'<row r="4">{text_cell("A4", "湖州市")}<c r="B4"><v>80</v></c></row>'
    )


def workbook(sheet_xml: str | bytes, parts: Mapping[str, str | bytes] = {}) -> bytes:
    """A minimal workbook of one sheet, with further or other parts."""
    given: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet_xml,
    }
    return packed(given | dict(parts))


def zip_bomb() -> bytes:
    """300 MB of cells in less than 2 MB."""
    row = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 5))
    return workbook(sheet(row + " " * (300 << 20)))


def many_cells() -> bytes:
    """Two million filled cells."""
    row = "".join(f"<c><v>{n}</v></c>" for n in range(200))
    return workbook(sheet(f"<row>{row}</row>" * 10_000))


def document(text: str, doctype: str = "") -> bytes:
    """A Word file of one paragraph."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return packed({
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<?xml version="1.0"?>{doctype}<w:document xmlns:w="{word}"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>',
    })  # fmt: skip


def archive_bomb() -> bytes:
    """A zip with one file of 400 MB of zeros."""
    return packed({"数据.csv": bytes(400 << 20)})


def lying_archive() -> bytes:
    """A zip whose directory says that 60 MB are 10 bytes."""
    made = bytearray(packed({"a.csv": b"1," * (30 << 20)}))
    at = made.rindex(b"PK\x01\x02") + 24
    made[at : at + 4] = (10).to_bytes(4, "little")
    return bytes(made)


def pdf_bomb() -> bytes:
    """A PDF whose page grows from 300 KB to 300 MB."""
    stream = zlib.compress(b"0 0 m " * (50 << 20), 9)
    head = (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        f"3 0 obj<</Type/Page/Parent 2 0 R/Contents 4 0 R>>endobj\n4 0 obj<</Length {len(stream)}/Filter/FlateDecode>>stream\n"
    )
    return head.encode() + stream + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


LINKED = workbook(sheet(table(value='<c r="B3"><f>[1]S!A1</f><v>120</v></c>')), {
    "xl/externalLinks/externalLink1.xml": f'<externalLink xmlns="{MAIN}"/>',
    "xl/externalLinks/_rels/externalLink1.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/externalLinkPath" Target="http://127.0.0.1:9/x.xlsx" TargetMode="External"/></Relationships>',
})  # fmt: skip
BIG, NO = "过大", "无法读取"

# What the uploader is told; several words separated by | where a library may see either first.
ATTACKS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "zip bomb": ("bomb.xlsx", zip_bomb, f"{BIG}|超时|中止"),
    "dimension bomb": ("far.xlsx", lambda: workbook(sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>')), ""),
    "stated dimension": ("wide.xlsx", lambda: workbook(sheet(table()).replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')), ""),
    "a million merged cells": ("merged.xlsx", lambda: workbook(sheet(table(), more='<mergeCells><mergeCell ref="A5:XFD1048576"/></mergeCells>')), ""),
    "two million cells": ("many.xlsx", many_cells, f"{BIG}|超时|中止|行|没有"),
    "entity bomb": ("entities.xlsx", lambda: workbook(sheet(table("&k;"), ENTITIES)), "DTD"),
    "entity bomb in a Word file": ("entities.docx", lambda: document("&k;", ENTITIES), "损坏"),
    "external entity": ("xxe.xlsx", lambda: workbook(sheet(table("&a;"), XXE)), ""),
    "external entity in a Word file": ("xxe.docx", lambda: document("&a;", XXE), ""),
    "external entity in an ods": ("xxe.ods", lambda: packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": f'<?xml version="1.0"?>{XXE}<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><a>&a;</a></office:document-content>'}), ""),
    "external entity in XML of 2003": ("xxe.xls", lambda: f'<?xml version="1.0"?>{XXE}<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row><Cell><Data>&a;</Data></Cell></Row></Table></Worksheet></Workbook>'.encode(), ""),
    "remote document type": ("remote.xlsx", lambda: workbook(sheet(table(), REMOTE)), ""),
    "links to other workbooks": ("links.xlsx", lambda: LINKED, ""),
    "macros": ("macro.xlsm", lambda: workbook(sheet(table()), {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(600)}), ""),
    "old dynamic exchange": ("dde.csv", lambda: "单位,会员\n=cmd|'/c calc'!A0,3\n".encode(), ""),
    "a sheet that is a path": ("path.xlsx", lambda: workbook(sheet(table()), {"xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/worksheet" Target="../../../../../../etc/passwd"/></Relationships>'}), ""),
    "script in a label": ("script.xlsx", lambda: workbook(sheet(table("&lt;img src=x onerror=alert(1)&gt;&lt;script&gt;alert(2)&lt;/script&gt;"))), ""),
    "markdown in a label": ("markdown.xlsx", lambda: workbook(sheet(table("[点我](javascript:alert(1)) ![x](http://127.0.0.1:9/x.png)"))), ""),
    "a number that never ends": ("endless.csv", lambda: ("单位,会员\n甲," + "9" * 200_000 + "\n").encode(), ""),
    "numbers that are none": ("nan.csv", lambda: "单位,会员\n甲,NaN\n乙,1e999\n丙,-inf\n".encode(), ""),
    "a text for slow patterns": ("redos.txt", lambda: ("一" * 30_000 + "、" * 30_000 + "（" * 30_000 + "1,2" * 30_000).encode(), ""),
    "a line of numerals": ("numerals.txt", lambda: ("万亿百千零" * 20_000 + "余人").encode(), ""),
    "deep XML": ("deep.xlsx", lambda: workbook("<a>" * 100_000 + "</a>" * 100_000), "没有找到|损坏|无法读取"),
    "deep HTML": ("deep.html", lambda: b"<table>" + b"<tr><td><table>" * 20_000 + b"1", ""),
    "a table of a billion columns": ("span.html", lambda: '<table><tr><td colspan="1000000000" rowspan="1000000000">甲</td><td>1</td></tr></table>'.encode(), ""),
    "a repeated row of a billion": ("repeat.ods", lambda: packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="S"><table:table-row table:number-rows-repeated="1000000000"><table:table-cell table:number-columns-repeated="1000000000" office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>'}), ""),
    "cut in the middle": ("cut.xlsx", lambda: workbook(sheet(table()))[:700], f"{NO}|损坏"),
    "an old workbook of nothing": ("ole.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5_000), f"{NO}|损坏"),
    "an old workbook of noise": ("noise.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 200, f"{NO}|损坏"),
    "a PDF bomb": ("bomb.pdf", pdf_bomb, f"{BIG}|超时|中止|损坏|没有"),
    "a program": ("setup.xlsx", lambda: b"\x7fELF" + bytes(4_000), "不|无法"),
    "a pickle": ("load.csv", lambda: b"\x80\x04\x95\x1c\x00\x00\x00\x00\x00\x00\x00\x8c\x05posix\x94\x8c\x06system\x94\x93\x94.", "不|无法|没有"),
    "a quote that never closes": ("quote.csv", lambda: ('单位,会员\n"甲,1\n' + "乙,2\n" * 100_000).encode(), ""),
    "half a million columns": ("columns.csv", lambda: ("单位" + ",会员" * 500_000 + "\n甲" + ",1" * 500_000).encode(), ""),
    "a text that is not there": ("shared.xlsx", lambda: workbook(sheet(table(value='<c r="B3" t="s"><v>999999999</v></c>'))), ""),
    "a cell before the first": ("before.xlsx", lambda: workbook(sheet('<row r="0"><c r="A0"><v>1</v></c></row><row r="-5"><c r="@-5"><v>2</v></c></row>')), ""),
    "a picture from elsewhere": ("img.html", lambda: '<table><tr><td>单位</td><td>会员</td></tr><tr><td><img src="http://127.0.0.1:9/x.png">甲</td><td>3人</td></tr></table>'.encode(), ""),
    "half of a letter": ("half.csv", lambda: "单位,会员\n甲,1\n".encode("utf-16")[:-1] + b"\xd8", ""),
    "nothing": ("empty.xlsx", lambda: b"", "空"),
    "an archive bomb": ("all.zip", archive_bomb, BIG),
    "an archive that lies": ("lie.zip", lying_archive, f"{BIG}|损坏"),
    "too many files": ("many.zip", lambda: packed({f"{n}.csv": b"1" for n in range(501)}), "超过"),
    "ways out of an archive": ("slip.zip", lambda: packed({"../../../../tmp/slipped.csv": "单位,会员\n甲,1\n", "/etc/slipped.csv": "单位,会员\n乙,2\n", "..\\..\\slipped.csv": "单位,会员\n丙,3\n"}), ""),
}  # fmt: skip
