"""Native tables: the open three-line form of Chinese statistics (三线表), and heat maps."""

from __future__ import annotations

from typing import Any

from lxml import etree
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from exports.look import INK, MISSING, RULE, cut, ems, fitting, shade, text_on
from exports.pptx.base import Box, rgb
from exports.pptx.native import description
from exports.pptx.text import add_run, describe
from exports.shape import figure_columns, grid, headings, text_rows
from tidy.exhibit import Exhibit

NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
THICK, THIN = 19050, 6350


def add_table(page: Any, exhibit: Exhibit, box: Box) -> Any:
    """Add the exhibit as a native three-line table inside ``box``; return the graphic frame."""
    head, rows = headings(exhibit), text_rows(exhibit)
    widths = _widths([head, *rows], box.width)
    frame = _empty(page, len(rows) + 1, widths, box)
    table, figures = frame.table, figure_columns(exhibit)
    height = min(box.height / (len(rows) + 1), 0.42)
    for place, texts in enumerate([head, *rows]):
        table.rows[place].height = Inches(height)
        for column, text in enumerate(texts):
            cell = table.cell(place, column)
            align = PP_ALIGN.RIGHT if column in figures else PP_ALIGN.LEFT
            _write(cell, text, widths[column], height, align, bold=place == 0, largest=14)
    _three_lines(table, len(rows) + 1)
    describe(frame, description(exhibit), exhibit.meta.title)
    return frame


def add_heatmap(page: Any, exhibit: Exhibit, box: Box) -> Any:
    """Add the exhibit as a native table whose cells are coloured by their number; missing cells stay grey."""
    shape = grid(exhibit)
    first = min(max(map(ems, shape.rows)) * 11 / 72 + 0.2, box.width * 0.34)
    widths = [first] + [(box.width - first) / len(shape.columns)] * len(shape.columns)
    frame = _empty(page, len(shape.rows) + 1, widths, box)
    height = min(box.height / (len(shape.rows) + 1), 0.5)
    low, high = min(shape.values), max(shape.values)
    for place, row in enumerate(["", *shape.rows]):
        frame.table.rows[place].height = Inches(height)
        _write(frame.table.cell(place, 0), row, first, height, PP_ALIGN.LEFT, largest=11)
        for column, name in enumerate(shape.columns, start=1):
            found = shape.cells.get((row, name)) if place else None
            colour = shade(found.value, low, high) if found else MISSING if place else ""
            text = (found.text if found else "") if place else name
            _write(frame.table.cell(place, column), text, widths[column], height, PP_ALIGN.CENTER,
                   bold=place == 0, largest=12, fill=colour)  # fmt: skip
    describe(frame, description(exhibit), exhibit.meta.title)
    return frame


def _empty(page: Any, rows: int, widths: list[float], box: Box) -> Any:
    frame = page.shapes.add_table(rows, len(widths), *box.emu())
    properties = frame._element.graphic.graphicData.tbl.tblPr
    properties.find(qn("a:tableStyleId")).text = NO_STYLE
    frame.table.horz_banding = False
    for column, width in zip(frame.table.columns, widths, strict=True):
        column.width = Inches(width)
    return frame


def _widths(rows: list[list[str]], whole: float) -> list[float]:
    """Share the width by the longest text of each column, between 8 % and 50 %."""
    longest = [max(ems(row[column]) for row in rows) + 2 for column in range(len(rows[0]))]
    bounded = [min(max(one, sum(longest) * 0.08), sum(longest) * 0.5) for one in longest]
    return [whole * one / sum(bounded) for one in bounded]


def _write(
    cell: Any,
    text: str,
    width: float,
    height: float,
    align: PP_ALIGN,
    *,
    bold: bool = False,
    largest: float = 14,
    fill: str = "",
) -> None:
    cell.margin_left = cell.margin_right = Inches(0.06)
    cell.margin_top = cell.margin_bottom = 0
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    if fill:
        cell.fill.solid()
        cell.fill.fore_color.rgb = rgb(fill)
        _borders(cell, dict.fromkeys(("a:lnL", "a:lnR", "a:lnT", "a:lnB"), (9525, "ffffff")))
    room = width - 0.14
    size = fitting(text, room, height, largest, 8)
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = align
    cell.text_frame.word_wrap = True
    add_run(
        paragraph,
        cut(text, room, height, size),
        size,
        bold=bold,
        colour=text_on(fill) if fill else INK,
    )
    paragraph.font.size = Pt(size)  # an empty cell keeps its row as low as the others


def _three_lines(table: Any, count: int) -> None:
    """Thick above and below, thin under the head, faint between rows; the sides stay open."""
    for row in range(count):
        above = (THICK, INK) if row == 0 else (THIN, INK) if row == 1 else (THIN, RULE)
        below = (THICK, INK) if row == count - 1 else (THIN, INK) if row == 0 else (THIN, RULE)
        for cell in table.rows[row].cells:
            _borders(cell, {"a:lnT": above, "a:lnB": below})


def _borders(cell: Any, borders: dict[str, tuple[int, str]]) -> None:
    """Set cell borders, which python-pptx has no call for; they must precede the fill."""
    properties = cell._tc.get_or_add_tcPr()
    order = ("a:lnL", "a:lnR", "a:lnT", "a:lnB")
    for place, tag in enumerate(tag for tag in order if tag in borders):
        width, colour = borders[tag]
        line = properties.makeelement(qn(tag), {"w": str(width), "cap": "flat", "cmpd": "sng", "algn": "ctr"})
        fill = etree.SubElement(line, qn("a:solidFill"))
        etree.SubElement(fill, qn("a:srgbClr")).set("val", colour.upper())
        etree.SubElement(line, qn("a:prstDash")).set("val", "solid")
        properties.insert(place, line)
