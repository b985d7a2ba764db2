"""Bulletins: numbered sections, native three-line tables, pictures with texts, definitions, sources."""

from __future__ import annotations

import io
import struct
import zlib

import pandas as pd
import pytest
from docx import Document
from docx.oxml.ns import qn

from exports import docx
from exports.shape import text_rows
from exports.story import of_exhibits
from tests.exports import made
from tidy.exhibit import Exhibit
from tidy.language import using

# The smallest PNG: one white dot.
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ffff3f0005fe02fe"
    "dccc59e70000000049454e44ae426082"
)


def test_sections_are_numbered_by_the_program() -> None:
    document = Document(io.BytesIO(docx.write(made.story(), made.evidence())))
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert heads[0] == "主要数字"
    assert heads[-2:] == ["主要指标解释", "资料来源"]
    assert document.styles["Heading 1"].element.pPr.numPr is not None
    forms = [e.get(qn("w:val")) for e in document.part.numbering_part.element.iter(qn("w:numFmt"))]
    assert "chineseCountingThousand" in forms


def test_cards_become_sentences() -> None:
    texts = [p.text for p in Document(io.BytesIO(docx.write(made.story(), made.evidence()))).paragraphs]
    assert "某总工会 · 参保人数 ≥ 49万人（2017年，同比 4.3–6.4%）。" in texts
    with using("en"):
        assert docx.bulletin.sentence(made.CARD).endswith("(2017年, 同比 4.3–6.4%).")


def test_tables_hold_every_mark_between_thick_rules() -> None:
    document = Document(io.BytesIO(docx.write(made.story(), made.evidence())))
    assert len(document.tables) == len(made.KINDS)
    for table, kind in zip(document.tables, made.KINDS, strict=True):
        assert [[c.text for c in row.cells] for row in table.rows[1:]] == text_rows(made.exhibit(kind))
        first, last = table.rows[0].cells[0]._tc, table.rows[-1].cells[0]._tc
        assert first.tcPr.find(qn("w:tcBorders")).find(qn("w:top")).get(qn("w:sz")) == "12"
        assert last.tcPr.find(qn("w:tcBorders")).find(qn("w:bottom")).get(qn("w:sz")) == "12"
        assert not list(first.iter(qn("w:left"), qn("w:right")))
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_pictures_are_described() -> None:
    document = Document(
        io.BytesIO(docx.write(made.story(), made.evidence(), lambda shown: DOT if shown.kind == "bars" else None))
    )
    (picture,) = document.inline_shapes
    assert "东湖小镇 ≥ 49万人" in picture._inline.docPr.get("descr")


def test_a_picture_stays_on_its_page_and_columns_are_as_wide_as_their_texts() -> None:
    tall = white(10, 40)
    document = Document(io.BytesIO(docx.write(made.story(), made.evidence(), lambda shown: tall)))
    assert {round(shape.height.cm, 1) for shape in document.inline_shapes} == {20.0}
    assert {round(shape.width.cm, 1) for shape in document.inline_shapes} == {5.0}
    for table in document.tables:
        assert [c.width for c in table.columns] == [cell.width for cell in table.rows[0].cells]


def test_a_table_of_very_many_indicators_does_not_explain_them_all() -> None:
    names = made.evidence().assign(indicator=[f"指标{n}" for n in range(40)], definition="定义。")
    rows = pd.DataFrame([made.mark(n, n, label=made.NAMES[n % 4], series=f"组{n // 4}") for n in range(40)])
    shown = Exhibit("heatmap", rows, made.META)
    texts = [
        p.text for p in Document(io.BytesIO(docx.write(of_exhibits(shown, made.exhibit("bars")), names))).paragraphs
    ]
    assert sum("定义。" in text for text in texts) == 4  # those of the bars
    assert any("甲志第一期" in text for text in texts[-2:])


def white(width: int, height: int) -> bytes:
    """A white picture of a size."""

    def part(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = part(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    lines = zlib.compress((b"\0" + b"\xff" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + head + part(b"IDAT", lines) + part(b"IEND", b"")


def test_fonts_name_latin_and_chinese() -> None:
    document = Document(io.BytesIO(docx.write(made.story(), made.evidence())))
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert (fonts.get(qn("w:ascii")), fonts.get(qn("w:eastAsia"))) == ("Arial", "SimSun")


def test_pages_have_title_and_number() -> None:
    section = Document(io.BytesIO(docx.write(made.story(), made.evidence()))).sections[0]
    assert section.header.paragraphs[0].text == "测试专题"
    codes = [e.get(qn("w:instr")) for e in section.footer._element.iter(qn("w:fldSimple"))]
    assert codes == ["PAGE", "NUMPAGES"]


@pytest.mark.parametrize("picture", [None, lambda _exhibit: DOT])
def test_the_same_story_gives_the_same_bytes(picture: object) -> None:
    assert docx.write(made.story(), made.evidence(), picture) == docx.write(made.story(), made.evidence(), picture)  # type: ignore[arg-type]
