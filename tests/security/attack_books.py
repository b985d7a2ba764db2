"""Spreadsheets made to do harm."""

from __future__ import annotations

from collections.abc import Iterable

from tests.security.attack_parts import (
    ENTITIES,
    MAIN,
    OFFICE,
    PACKAGE,
    REMOTE,
    XXE,
    Attack,
    ole,
    packed,
    sheet,
    table,
    text_cell,
    workbook,
    zipped_twice,
)

BIG, NO = "过大", "无法读取"
RELATIONSHIPS = f'<Relationships xmlns="{PACKAGE}/relationships">'
NAME = '<definedName name="n">S!A1:XFD1048576</definedName>'
NOTE = '<comment ref="XFD1048576"><text><t>注</t></text></comment>'
CELL = '<c r="B3" s="1"><v>120</v></c>'


def zip_bomb() -> bytes:
    """300 MB of cells in less than 2 MB."""
    row = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 5))
    head, end = sheet(row + "|").encode().split(b"|")
    return workbook(head + b" " * (300 << 20) + end, level=1)


def many_cells() -> bytes:
    """Two million filled cells."""
    row = "".join(f"<c><v>{n}</v></c>" for n in range(200))
    return workbook(sheet(f"<row>{row}</row>" * 10_000))


def outside(kind: str, target: str) -> str:
    """The part that names a target outside the workbook."""
    return f'{RELATIONSHIPS}<Relationship Id="r1" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'


def many_sheets(count: int) -> bytes:
    """As many sheets as told, all of them the one part."""
    named = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="r1"/>' for n in range(1, count + 1))
    return workbook(
        sheet(table()),
        {"xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{named}</sheets></workbook>'},
    )


def merged(ranges: Iterable[str]) -> str:
    """The list of merged cells."""
    return "<mergeCells>" + "".join(f'<mergeCell ref="{one}"/>' for one in ranges) + "</mergeCells>"


def attributes(count: int) -> str:
    """As many attributes as told."""
    return " ".join(f'a{n}="1"' for n in range(count))


def many_columns(count: int) -> bytes:
    """A good table that goes on to the right."""
    names = "".join(text_cell("", f"会员{n}").replace('r="" ', "") for n in range(count))
    figures = "".join(f"<c><v>{n}</v></c>" for n in range(count))
    return workbook(
        sheet(f"<row>{text_cell('A1', '单位')}{names}</row><row>{text_cell('A2', '嘉兴市')}{figures}</row>")
    )


def with_part(name: str, content: str, **more: str) -> bytes:
    """A good workbook with one further part, named in its list of relations."""
    links = f'{RELATIONSHIPS}<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{OFFICE}/{name}" Target="{name}.xml"/></Relationships>'
    return workbook(sheet(table(**more)), {f"xl/{name}.xml": content, "xl/_rels/workbook.xml.rels": links})


def styled(count: int, code: str = "0.00") -> bytes:
    """A good workbook with as many styles as told, all of one number format."""
    formats = f'<numFmts><numFmt numFmtId="200" formatCode="{code}"/></numFmts>'
    looks = '<xf numFmtId="200"/>' * count
    return with_part(
        "styles", f'<styleSheet xmlns="{MAIN}">{formats}<cellXfs>{looks}</cellXfs></styleSheet>', value=CELL
    )


BOOKS: dict[str, Attack] = {
    "zip bomb": ("bomb.xlsx", zip_bomb, f"{BIG}|超时|中止"),
    "dimension bomb": ("far.xlsx", lambda: workbook(sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>')), ""),
    "stated dimension": ("wide.xlsx", lambda: workbook(sheet(table()).replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')), ""),
    "a million merged cells": ("merged.xlsx", lambda: workbook(sheet(table(), more='<mergeCells><mergeCell ref="A5:XFD1048576"/></mergeCells>')), ""),
    "two million cells": ("many.xlsx", many_cells, f"{BIG}|超时|中止|行|没有"),
    "entity bomb": ("entities.xlsx", lambda: workbook(sheet(table("&k;"), ENTITIES)), "DTD"),
    "external entity": ("xxe.xlsx", lambda: workbook(sheet(table("&a;"), XXE)), ""),
    "external entity in an ods": ("xxe.ods", lambda: packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": f'<?xml version="1.0"?>{XXE}<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><a>&a;</a></office:document-content>'}), ""),
    "external entity in XML of 2003": ("xxe.xls", lambda: f'<?xml version="1.0"?>{XXE}<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row><Cell><Data>&a;</Data></Cell></Row></Table></Worksheet></Workbook>'.encode(), ""),
    "remote document type": ("remote.xlsx", lambda: workbook(sheet(table(), REMOTE)), ""),
    "links to other workbooks": ("links.xlsx", lambda: workbook(sheet(table(value='<c r="B3"><f>[1]S!A1</f><v>120</v></c>')), {"xl/externalLinks/externalLink1.xml": f'<externalLink xmlns="{MAIN}"/>', "xl/externalLinks/_rels/externalLink1.xml.rels": outside("externalLinkPath", "http://127.0.0.1:9/x.xlsx")}), ""),
    "macros": ("macro.xlsm", lambda: workbook(sheet(table()), {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(600)}), ""),
    "a sheet that is a path": ("path.xlsx", lambda: workbook(sheet(table()), {"xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/worksheet" Target="../../../../../../etc/passwd"/></Relationships>'}), ""),
    "script in a label": ("script.xlsx", lambda: workbook(sheet(table("&lt;img src=x onerror=alert(1)&gt;&lt;script&gt;alert(2)&lt;/script&gt;"))), ""),
    "markdown in a label": ("markdown.xlsx", lambda: workbook(sheet(table("[点我](javascript:alert(1)) ![x](http://127.0.0.1:9/x.png)"))), ""),
    "deep XML": ("deep.xlsx", lambda: workbook("<a>" * 100_000 + "</a>" * 100_000), "没有找到|损坏|无法读取"),
    "a repeated row of a billion": ("repeat.ods", lambda: packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="S"><table:table-row table:number-rows-repeated="1000000000"><table:table-cell table:number-columns-repeated="1000000000" office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>'}), ""),
    "cut in the middle": ("cut.xlsx", lambda: workbook(sheet(table()))[:700], f"{NO}|损坏"),
    "an old workbook of nothing": ("ole.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5_000), f"{NO}|损坏"),
    "an old workbook of noise": ("noise.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 200, f"{NO}|损坏"),
    "a text that is not there": ("shared.xlsx", lambda: workbook(sheet(table(value='<c r="B3" t="s"><v>999999999</v></c>'))), ""),
    "a cell before the first": ("before.xlsx", lambda: workbook(sheet('<row r="0"><c r="A0"><v>1</v></c></row><row r="-5"><c r="@-5"><v>2</v></c></row>')), ""),
    "ten thousand sheets": ("sheets.xlsx", lambda: many_sheets(10_000), ""),
    "ten thousand columns": ("columns.xlsx", lambda: many_columns(10_000), ""),
    "a million shared texts": ("texts.xlsx", lambda: with_part("sharedStrings", f'<sst xmlns="{MAIN}" count="4000000000">{"<si><t>甲</t></si>" * 1_000_000}</sst>'), ""),
    "a hundred thousand styles": ("styles.xlsx", lambda: styled(100_000), ""),
    "a number format for slow patterns": ("format.xlsx", lambda: styled(2, "[$-" * 20_000 + "0" * 20_000 + "&quot;" * 9_999), ""),
    "a hundred thousand merges": ("merges.xlsx", lambda: workbook(sheet(table(), more=merged(f"A{n}:B{n}" for n in range(5, 100_005)))), ""),
    "merges on top of each other": ("piled.xlsx", lambda: workbook(sheet(table(), more=merged(["A1:XFD1048576"] * 20_000))), ""),
    "a hundred thousand names": ("names.xlsx", lambda: workbook(sheet(table()), {"xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets><definedNames>{NAME * 100_000}</definedNames></workbook>'}), ""),
    "an element of a hundred thousand attributes": ("attributes.xlsx", lambda: workbook(sheet(table()).replace("<sheetData>", f"<sheetFormatPr {attributes(100_000)}/><sheetData>")), ""),
    "a label of a megabyte": ("label.xlsx", lambda: workbook(sheet(table("市" * (1 << 20)))), ""),
    "a label that turns the line around": ("turned.xlsx", lambda: workbook(sheet(table("\u202e市兴嘉\u2066\u200b"))), ""),
    "formulas as labels": ("formulas.xlsx", lambda: workbook(sheet(table("=cmd|'/c calc'!A0") + "".join(f'<row r="{n}">{text_cell(f"A{n}", text)}<c r="B{n}"><v>{n}</v></c></row>' for n, text in enumerate(("+1+1", "-2+3", "@SUM(A1)", "&#9;=1+1", "&#13;=1+1", "＝1+1"), 5)))), ""),
    "a formula that asks the network": ("webservice.xlsx", lambda: workbook(sheet(table(value='<c r="B3"><f>WEBSERVICE("http://127.0.0.1:9/x")</f><v>120</v></c>'))), ""),
    "a web query": ("query.xlsx", lambda: workbook(sheet(table()), {"xl/connections.xml": f'<connections xmlns="{MAIN}"><connection id="1" type="4" refreshOnLoad="1"><webPr url="http://127.0.0.1:9/x"/></connection></connections>'}), ""),
    "links in cells": ("hyperlinks.xlsx", lambda: workbook(sheet(table(), more='<hyperlinks><hyperlink ref="A3" r:id="r1"/></hyperlinks>'), {"xl/worksheets/_rels/sheet1.xml.rels": outside("hyperlink", "file:///etc/passwd")}), ""),
    "a picture from outside": ("drawing.xlsx", lambda: workbook(sheet(table(), more='<drawing r:id="r1"/>'), {"xl/worksheets/_rels/sheet1.xml.rels": outside("drawing", "http://127.0.0.1:9/x.png")}), ""),
    "notes of half a million cells": ("notes.xlsx", lambda: workbook(sheet(table()), {"xl/worksheets/_rels/sheet1.xml.rels": f'{RELATIONSHIPS}<Relationship Id="r1" Type="{OFFICE}/comments" Target="../comments1.xml"/></Relationships>', "xl/comments1.xml": f'<comments xmlns="{MAIN}"><commentList>{NOTE * 500_000}</commentList></comments>'}), ""),
    "entities behind another encoding": ("utf16.xlsx", lambda: workbook(sheet(table("&k;"), ENTITIES).replace('version="1.0"', 'version="1.0" encoding="UTF-16"').encode("utf-16")), "DTD"),
    "entities behind a long comment": ("comment.xlsx", lambda: workbook(sheet(table("&k;"), f"<!--{' ' * 5_000}-->{ENTITIES}")), "DTD"),
    "an external entity in the texts": ("texts-xxe.xlsx", lambda: with_part("sharedStrings", f'<?xml version="1.0"?>{XXE}<sst xmlns="{MAIN}"><si><t>&a;</t></si></sst>', value='<c r="B3" t="s"><v>0</v></c>'), "DTD"),
    "two sheets of one name": ("twice.xlsx", lambda: zipped_twice("xl/worksheets/sheet1.xml", [b"<x/>", b"<y/>"], workbook(sheet(table()))), ""),
    "a cell beyond the last": ("beyond.xlsx", lambda: workbook(sheet(table() + '<row r="99999999999"><c r="ZZZZZZZ99999999999"><v>1</v></c></row>')), ""),
    "a row of a billion in XML of 2003": ("index.xls", lambda: b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="S"><Table><Row ss:Index="1000000000"><Cell ss:Index="1000000000" ss:MergeAcross="1000000000" ss:MergeDown="1000000000"><Data ss:Type="Number">1</Data></Cell></Row></Table></Worksheet></Workbook>', ""),
    "an old workbook that runs in a ring": ("ring.xls", lambda: ole("Workbook"), f"{NO}|损坏"),
    "an xlsb of noise": ("noise.xlsb", lambda: packed({"xl/workbook.bin": bytes(range(256)) * 200, "[Content_Types].xml": "<Types/>"}), f"{NO}|损坏|没有找到"),
    "a PDF in front of a workbook": ("both.xlsx", lambda: b"%PDF-1.4\n" + workbook(sheet(table())), "损坏|没有"),
}  # fmt: skip
