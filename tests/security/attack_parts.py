"""What files that do harm are made of: minimal workbooks, documents and archives, with room for a fault."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from collections.abc import Callable, Mapping, Sequence

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
LEVELS = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(10))
ENTITIES = f'<!DOCTYPE x [<!ENTITY a "{"ha" * 50}">{LEVELS}]>'
XXE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
# file name, the file, what its uploader must be told: several words separated by | where a library may see either first, '' where it reads
Attack = tuple[str, Callable[[], bytes], str]
REMOTE = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/evil.dtd">'


def packed(parts: Mapping[str, str | bytes], level: int = 6) -> bytes:
    """A zip of these parts; the lowest level is quick enough for hundreds of megabytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
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


def workbook(sheet_xml: str | bytes, parts: Mapping[str, str | bytes] = {}, level: int = 6) -> bytes:
    """A minimal workbook of one sheet, with further or other parts."""
    given: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet_xml,
    }
    return packed(given | dict(parts), level)


def document(text: str, doctype: str = "", body: str = "", parts: Mapping[str, str | bytes] = {}) -> bytes:
    """A minimal Word file of one paragraph, with further content and parts."""
    given: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<?xml version="1.0"?>{doctype}<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p>{body}</w:body></w:document>',
    }
    return packed(given | dict(parts))


def pdf(content: bytes, *, page: str = "", catalog: str = "", kids: str = "3 0 R", filters: str = "") -> bytes:
    """A PDF of one page with this content stream, and what else stands in its page and catalogue."""
    objects = [
        f"<</Type/Catalog/Pages 2 0 R{catalog}>>".encode(),
        f"<</Type/Pages/Kids[{kids}]/Count {len(kids.split()) // 3}>>".encode(),
        f"<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>{page}>>".encode(),
        f"<</Length {len(content)}{filters}>>stream\n".encode() + content + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % len(made))
        made += b"%d 0 obj" % number + one + b"endobj\n"
    return (
        made
        + b"xref\n0 6\n0000000000 65535 f \n"
        + b"".join(places)
        + b"trailer<</Root 1 0 R/Size 6>>\nstartxref\n%d\n%%%%EOF" % len(made)
    )


def ole(stream: str, directory: int = 1) -> bytes:
    """An OLE container whose list of sectors leads round in a ring, with one stream of this name."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0)
    head += b"\xff" * (512 - len(head))
    ring = struct.pack("<IIII", 0xFFFFFFFD, 2, 3, 1) + b"\xff" * 496
    name = stream.encode("utf-16-le")
    entry = name + bytes(64 - len(name)) + struct.pack("<HBB", len(name) + 2, 2, 1) + b"\xff" * 12 + bytes(36)
    return head + ring + 3 * (entry + struct.pack("<IQ", 1, 1 << 30) + bytes(384))


def zipped_twice(name: str, contents: Sequence[bytes], archive: bytes = b"") -> bytes:
    """A zip in which a name stands more than once: readers may believe the first or the last."""
    buffer = io.BytesIO(archive)
    with zipfile.ZipFile(buffer, "a", zipfile.ZIP_DEFLATED) as made, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for content in contents:
            made.writestr(name, content)
    return buffer.getvalue()
