"""The look of a bulletin: fonts for both scripts, numbered headings, three-line tables, page numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from exports.look import HEI, INK, LATIN, MUTED, SONG, ems
from exports.safe import clean
from tidy.language import current

NOTE, UNIT = "Bulletin note", "Bulletin unit"
NUMBERING = 77
_SIZES = {"Normal": 10.5, "Title": 20, "Subtitle": 11, "Heading 1": 14, "Caption": 10.5, NOTE: 9, UNIT: 9}


def set_up(document: Any, title: str) -> None:
    """Set A4, margins, styles, numbered headings, the header's title and the footer's page number."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.75)
    section.top_margin = section.bottom_margin = Cm(2.5)
    for name in (NOTE, UNIT):
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["Normal"]
    for name, size in _SIZES.items():
        _set_style(document.styles[name], size, bold=name in ("Title", "Heading 1", "Caption"))
    document.styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.styles["Subtitle"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.styles["Caption"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.styles["Caption"].paragraph_format.keep_with_next = True
    document.styles[UNIT].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.styles[UNIT].paragraph_format.keep_with_next = True
    _number_headings(document)
    _set_header(section, title)


def _set_style(style: Any, size: float, *, bold: bool) -> None:
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = RGBColor.from_string((MUTED if style.name in (NOTE, UNIT) else INK).upper())
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for script, name in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", HEI if bold else SONG)):
        fonts.set(qn(f"w:{script}"), name)
    style.paragraph_format.space_after = Pt(4)
    if style.name == "Title":  # without the rule that the default template draws below
        for border in style.element.iter(qn("w:pBdr")):
            border.getparent().remove(border)
            break


def _number_headings(document: Any) -> None:
    """Word numbers the sections itself: 一、二、三 in Chinese, 1. 2. 3. in English."""
    form, text = ("decimal", "%1.") if current() == "en" else ("chineseCountingThousand", "%1、")
    numbering = document.part.numbering_part.element
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{NUMBERING}"><w:multiLevelType w:val="singleLevel"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:pStyle w:val="Heading1"/>'
        f'<w:suff w:val="space"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl></w:abstractNum>'
    )
    numbering.insert(0, abstract)
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="{NUMBERING}"><w:abstractNumId w:val="{NUMBERING}"/></w:num>')
    )
    properties = document.styles["Heading 1"].element.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="{NUMBERING}"/></w:numPr>'))


def _set_header(section: Any, title: str) -> None:
    head = section.header.paragraphs[0]
    head.text = clean(title)
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _field(foot, "PAGE", "1")
    foot.add_run(" / ")
    _field(foot, "NUMPAGES", "1")


def _field(target: Any, code: str, text: str) -> None:
    field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{code}"><w:r><w:t>{text}</w:t></w:r></w:fldSimple>')
    target._p.append(field)


def paragraph(document: Any, text: str, style: str) -> None:
    """Append a paragraph of ``text``."""
    document.add_paragraph(clean(text), style=style)


def caption(document: Any, word: str, number: int, title: str) -> None:
    """Append a caption whose number Word can renew and list: 表 3 …"""
    target = document.add_paragraph(style="Caption")
    target.add_run(f"{word} ")
    _field(target, f"SEQ {word} \\* ARABIC", str(number))
    target.add_run(f"  {clean(title)}")


def three_line_table(document: Any, rows: Sequence[Sequence[str]], figures: set[int], width: float) -> None:
    """Append a three-line table (open sides, thick top and bottom, a thin line under the head).

    The first row is the head, repeated on every page; ``figures`` are columns set to the right.
    """
    table = document.add_table(rows=0, cols=len(rows[0]))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    widths = _widths(rows, width)
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = Cm(wide)  # LibreOffice goes by the table's grid, Word by its cells
    for place, texts in enumerate(rows):
        row = table.add_row()
        for column, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell.width = Cm(widths[column])
            _fill(cell, text, bold=place == 0, right=column in figures, small=len(texts) > 7)
        above = 12 if place == 0 else 4 if place == 1 else 0
        below = 12 if place == len(rows) - 1 else 0
        _rule(row, above, below)
        _never_split(row, head=place == 0)
    document.add_paragraph(style=NOTE).paragraph_format.space_after = Pt(0)


def _widths(rows: Sequence[Sequence[str]], whole: float) -> list[float]:
    longest = [max(ems(row[column]) for row in rows) + 2 for column in range(len(rows[0]))]
    bounded = [min(max(one, sum(longest) * 0.09), sum(longest) * 0.45) for one in longest]
    return [whole * one / sum(bounded) for one in bounded]


def _fill(cell: Any, text: str, *, bold: bool, right: bool, small: bool) -> None:
    target = cell.paragraphs[0]
    target.paragraph_format.space_before = target.paragraph_format.space_after = Pt(2)  # letters keep off the rules
    target.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
    run = target.add_run(clean(text))
    run.font.size, run.font.bold = Pt(8 if small else 9.5), bold


def _rule(row: Any, above: int, below: int) -> None:
    """Draw the rules of one row; sizes are eighths of a point."""
    for cell in row._tr.tc_lst:
        borders = OxmlElement("w:tcBorders")
        for side, size in (("top", above), ("bottom", below)):
            if size:
                line = OxmlElement(f"w:{side}")
                line.set(qn("w:val"), "single")
                line.set(qn("w:sz"), str(size))
                line.set(qn("w:color"), INK.upper())
                borders.append(line)
        cell.get_or_add_tcPr().append(borders)


def _never_split(row: Any, *, head: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))
