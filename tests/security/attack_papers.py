"""Documents, web pages and texts made to do harm."""

from __future__ import annotations

import zlib

from tests.security.attack_parts import ENTITIES, OFFICE, PACKAGE, XXE, Attack, document, ole, pdf

BIG, NO = "过大", "无法读取"
GOOD = "<table><tr><td>单位</td><td>会员</td></tr><tr><td>甲</td><td>3人</td></tr></table>"
SHOWN = b"BT /F1 12 Tf 72 700 Td (Members 490,000 in 2018) Tj ET"
TEMPLATE = f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/attachedTemplate" Target="http://127.0.0.1:9/x.dotm" TargetMode="External"/></Relationships>'


def flate(content: bytes, times: int = 1) -> bytes:
    """The content packed as often as told."""
    for _again in range(times):
        content = zlib.compress(content, 1)
    return content


def nested_tables(depth: int) -> str:
    """Word tables inside each other."""
    return "<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth


PAPERS: dict[str, Attack] = {
    "entity bomb in a Word file": ("entities.docx", lambda: document("&k;", ENTITIES), "损坏"),
    "external entity in a Word file": ("xxe.docx", lambda: document("&a;", XXE), ""),
    "old dynamic exchange": ("dde.csv", lambda: "单位,会员\n=cmd|'/c calc'!A0,3\n".encode(), ""),
    "a number that never ends": ("endless.csv", lambda: ("单位,会员\n甲," + "9" * 200_000 + "\n").encode(), ""),
    "numbers that are none": ("nan.csv", lambda: "单位,会员\n甲,NaN\n乙,1e999\n丙,-inf\n".encode(), ""),
    "a text for slow patterns": ("redos.txt", lambda: ("一" * 30_000 + "、" * 30_000 + "（" * 30_000 + "1,2" * 30_000).encode(), ""),
    "a line of numerals": ("numerals.txt", lambda: ("万亿百千零" * 20_000 + "余人").encode(), ""),
    "deep HTML": ("deep.html", lambda: b"<table>" + b"<tr><td><table>" * 20_000 + b"1", ""),
    "a table of a billion columns": ("span.html", lambda: '<table><tr><td colspan="1000000000" rowspan="1000000000">甲</td><td>1</td></tr></table>'.encode(), ""),
    "a PDF bomb": ("bomb.pdf", lambda: pdf(flate(b"0 0 m " * (50 << 20)), filters="/Filter/FlateDecode"), f"{BIG}|超时|中止|损坏|没有"),
    "a program": ("setup.xlsx", lambda: b"\x7fELF" + bytes(4_000), "不|无法"),
    "a pickle": ("load.csv", lambda: b"\x80\x04\x95\x1c\x00\x00\x00\x00\x00\x00\x00\x8c\x05posix\x94\x8c\x06system\x94\x93\x94.", "不|无法|没有"),
    "a quote that never closes": ("quote.csv", lambda: ('单位,会员\n"甲,1\n' + "乙,2\n" * 100_000).encode(), ""),
    "half a million columns": ("columns.csv", lambda: ("单位" + ",会员" * 500_000 + "\n甲" + ",1" * 500_000).encode(), ""),
    "a picture from elsewhere": ("img.html", lambda: '<table><tr><td>单位</td><td>会员</td></tr><tr><td><img src="http://127.0.0.1:9/x.png">甲</td><td>3人</td></tr></table>'.encode(), ""),
    "half of a letter": ("half.csv", lambda: "单位,会员\n甲,1\n".encode("utf-16")[:-1] + b"\xd8", ""),
    "nothing": ("empty.xlsx", lambda: b"", "空"),
    "a PDF bomb in a bomb": ("twice.pdf", lambda: pdf(flate(b"0 0 m " * (30 << 20), 2), filters="/Filter[/FlateDecode/FlateDecode]"), f"{BIG}|超时|中止|损坏|没有"),
    "a PDF that runs": ("script.pdf", lambda: pdf(SHOWN, catalog="/OpenAction<</S/JavaScript/JS(app.launchURL\\('http://127.0.0.1:9'\\))>>"), ""),
    "a PDF that starts a program": ("launch.pdf", lambda: pdf(SHOWN, catalog="/OpenAction<</S/Launch/F(/bin/sh)>>", page="/AA<</O<</S/URI/URI(http://127.0.0.1:9)>>>>"), ""),
    "a PDF whose pages bite their tail": ("tail.pdf", lambda: pdf(SHOWN, kids="2 0 R"), "损坏|没有|读不出"),
    "a PDF of a hundred thousand pages": ("pages.pdf", lambda: pdf(SHOWN, kids="3 0 R " * 100_000), ""),
    "deep brackets in a PDF": ("deep.pdf", lambda: pdf(b"[" * 200_000, page="/X" + "[" * 100_000), "损坏|没有|读不出|中止|超时"),
    "a template from outside": ("template.docx", lambda: document("会员49万余人。", parts={"word/_rels/settings.xml.rels": TEMPLATE}), ""),
    "a field that starts a program": ("dde.docx", lambda: document("会员49万余人。", body='<w:p><w:r><w:instrText>DDEAUTO c:\\windows\\cmd.exe "/k calc"</w:instrText></w:r></w:p>'), ""),
    "a Word bomb": ("bomb.docx", lambda: document("会员", body="<w:p/>" * (5 << 20)), BIG),
    "Word tables inside each other": ("nested.docx", lambda: document("会员49万余人。", body=nested_tables(5_000)), ""),
    "a Word file of two hundred thousand paragraphs": ("paragraphs.docx", lambda: document("会员49万余人。", body="<w:p><w:r><w:t>会员3人。</w:t></w:r></w:p>" * 200_000), ""),
    "an old Word file that runs in a ring": ("ring.doc", lambda: ole("WordDocument"), "损坏|没有|读不出|超时|中止|安装"),
    "an object that fetches itself": ("object.doc", lambda: b"{\\rtf1{\\object\\objautlink\\objupdate{\\*\\objclass htmlfile}{\\*\\objdata 0105}}\\field{\\*\\fldinst INCLUDEPICTURE http://127.0.0.1:9/x.png}}", ""),
    "an entity bomb in a web page": ("entities.html", lambda: f"{ENTITIES}{GOOD.replace('甲', '&k;')}".encode(), ""),
    "an entity bomb in a picture": ("entities.svg", lambda: f'<?xml version="1.0"?>{ENTITIES}<svg xmlns="http://www.w3.org/2000/svg"><text>&k;</text></svg>'.encode(), ""),
    "an external entity in a web page": ("xxe.html", lambda: f'<?xml version="1.0"?>{XXE}{GOOD.replace("甲", "&a;")}'.encode(), ""),
    "a web page that goes elsewhere": ("refresh.html", lambda: f'<base href="http://127.0.0.1:9/"><meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/"><iframe src="file:///etc/passwd"></iframe><script>alert(1)</script><link rel="stylesheet" href="x.css">{GOOD}'.encode(), ""),
    "a script behind UTF-7": ("utf7.html", lambda: b'<meta charset="utf-7">' + GOOD.replace("甲", "+ADw-script+AD4-alert(1)+ADw-/script+AD4-").encode(), ""),
    "a web page in UTF-16": ("utf16.html", lambda: GOOD.encode("utf-16"), ""),
    "a web page of half a million cells": ("cells.html", lambda: ("<table>" + ("<tr>" + "<td>1" * 100) * 5_000).encode(), ""),
    "a web page inside itself": ("self.mht", lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n" + b"--b\nContent-Type: multipart/related; boundary=b\n\n" * 20_000, f"{NO}|损坏|没有|不"),
    "labels that turn into formulas": ("formulas.csv", lambda: "单位,会员\n=1+1,1\n+2,2\n-3+x,3\n@SUM(A1),4\n\"\t=5\",5\n\"\r=6\",6\n＝7,7\n".encode(), ""),
    "a text in UTF-7": ("utf7.csv", lambda: "单位,会员\n+ADw-script+AD4-,3\n".encode(), ""),
    "a text of nulls": ("nulls.csv", lambda: "单位,会员\n甲\0\0,3\0\n".encode() + bytes(1_000), ""),
    "a line of ten megabytes": ("line.csv", lambda: "单位,会员\n".encode() + b"x" * (10 << 20) + b",1\n", ""),
    "periods for slow patterns": ("periods.csv", lambda: ("单位," + "2018年1月至" * 5_000 + "\n" + "2013—2018" * 5_000 + ",3\n").encode(), ""),
    "units for slow patterns": ("units.csv", lambda: ("单位,会员" + "（" * 20_000 + "人" + "）" * 20_000 + "\n甲," + "1,1" * 20_000 + "万" * 20_000 + "\n").encode(), ""),
    "a text of ten megabytes of figures": ("long.txt", lambda: "会员49万余人，比上年增长5.3%。\n".encode() * 250_000, ""),
    "a packed text": ("packed.csv", lambda: b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" + flate(bytes(1 << 20)), "不|无法"),
    "an archive of another kind": ("other.7z", lambda: b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(2_000), "不|无法"),
}  # fmt: skip
