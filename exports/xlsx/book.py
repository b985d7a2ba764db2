"""The workbook of a story: contents, one sheet an exhibit, 口径 (definitions) and 来源 (sources)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

import pandas as pd
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName

from exports import evidence as proof
from exports.frozen import freeze
from exports.safe import clean, put_text
from exports.shape import cell, grid
from exports.story import Slide, Story
from exports.words import below, foot
from exports.xlsx import charts, style
from tidy import periods
from tidy.exhibit import Exhibit
from tidy.exhibits import measure_name
from tidy.format import unit_name
from tidy.language import _
from tidy.suppression import MARK, QUALIFIER

_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
MATRICES = ("stack", "heatmap", "series", "small_multiples", "slope", "dumbbell", "pairs")


def write(story: Story, evidence: pd.DataFrame) -> bytes:
    """Return ``story`` as XLSX bytes, the same for the same story and evidence.

    Numbers are numbers whose format keeps the qualifier (≥ 490,000); texts are never formulas.
    """
    book = Workbook()
    contents = book.active
    contents.title = _("目录")
    shown = [slide for slide in story.slides if slide.cards or (slide.exhibit and not slide.exhibit.empty)]
    for number, slide in enumerate(shown, start=1):
        _add_sheet(book, slide, number, evidence)
    used = list(proof.rows_of(story.observation_ids, evidence))
    _add_list(book, _("口径"), _definitions(used))
    _add_list(book, _("来源"), _sources(used))
    _write_contents(contents, story, book)
    _set_properties(book, story)
    content = io.BytesIO()
    book.save(content)
    return freeze(content.getvalue(), story.vintage)


def _add_sheet(book: Workbook, slide: Slide, number: int, evidence: pd.DataFrame) -> None:
    sheet = book.create_sheet(_sheet_name(book, slide.title, number))
    put_text(sheet["A1"], slide.title)
    sheet["A1"].font = style.TITLE
    row = 2
    if slide.cards:
        row = _write_cards(sheet, slide, row) + 1
    last, width = row, 4
    exhibit = slide.exhibit
    if exhibit and not exhibit.empty:
        last, width = _write_exhibit(book, sheet, exhibit, row, number, evidence)
    said = charts.in_place_of_one(exhibit.kind) if exhibit and not exhibit.empty else []
    bottom = _write_foot(sheet, foot(slide, evidence, said), last + 1, width)
    if exhibit and not exhibit.empty:
        table = charts.Table(row + 1, last, width, _is_matrix(exhibit))
        bottom = charts.add_chart(sheet, exhibit, table, bottom + 1)
        width = charts.columns_under(sheet, width) if sheet._charts else width
    style.set_print(sheet, slide.title, f"A1:{style.letter(width)}{bottom}")


def _write_foot(sheet: Any, lines: list[str], row: int, width: int) -> int:
    """Write note and source across the table's width; return the first row below."""
    for line in lines:
        put_text(sheet.cell(row, 1), line)
        sheet.cell(row, 1).font, sheet.cell(row, 1).alignment = style.NOTE, style.WRAPPED
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
        sheet.row_dimensions[row].height = 13 * style.lines_in(sheet, line, range(1, width + 1), 9)
        row += 1
    return row


def _write_cards(sheet: Any, slide: Slide, row: int) -> int:
    headings = (_("指标"), _("数值"), _("时期"), _("变化"))
    style.write_head(sheet, row, headings)
    for card in slide.cards:
        row += 1
        for column, text in enumerate((card.label, card.text, card.when, card.change), start=1):
            put_text(sheet.cell(row, column), text)
    style.rule(sheet, row, len(headings))
    style.set_widths(sheet, [style.width_of([card.label for card in slide.cards]), 20, 20, 20])
    return row + 1


def _write_exhibit(
    book: Workbook, sheet: Any, exhibit: Exhibit, row: int, number: int, evidence: pd.DataFrame
) -> tuple[int, int]:
    """Write facts, the table and its named range; return the last row and the table's width."""
    head = row + 1
    if _is_matrix(exhibit):
        last, width = _write_matrix(sheet, exhibit, head)
    else:
        last, width = _write_long(sheet, exhibit, head, evidence)
    _write_foot(sheet, [below(exhibit)], row, width)
    style.rule(sheet, last, width)
    style.fit_row(sheet, head, width)
    sheet.freeze_panes = sheet.cell(head + 1, 2)
    area = f"{style.quoted(sheet.title)}!$A${head}:${style.letter(width)}${last}"
    book.defined_names[f"data_{number}"] = DefinedName(f"data_{number}", attr_text=area)
    return last, width


def _is_matrix(exhibit: Exhibit) -> bool:
    """Labels down and series across read best, unless each mark has more to say than its number."""
    crossed = "corner" in exhibit.options and bool(exhibit.meta.unit)  # a cross table of one unit
    return crossed or (exhibit.kind in MATRICES and "series" in exhibit.table)


def _write_matrix(sheet: Any, exhibit: Exhibit, head: int) -> tuple[int, int]:
    shape = grid(exhibit)
    style.write_head(sheet, head, [str(exhibit.options.get("corner", "")), *shape.columns])
    for row, label in enumerate(shape.rows, start=head + 1):
        put_text(sheet.cell(row, 1), label)
        for column, name in enumerate(shape.columns, start=2):
            found = shape.cells.get((label, name))
            if found:
                style.put_number(sheet.cell(row, column), found)
            elif (label, name) in shape.instead:
                style.put_words(sheet.cell(row, column), shape.instead[label, name])
    style.set_widths(sheet, [style.width_of(shape.rows)] + [16.0] * len(shape.columns))
    return head + len(shape.rows), 1 + len(shape.columns)


def _write_long(sheet: Any, exhibit: Exhibit, head: int, evidence: pd.DataFrame) -> tuple[int, int]:
    """One mark a row: words, number, then bounds, unit and printed phrases where there are any."""
    names = {"panel": _("分图"), "series": _("分组"), "rank": _("名次"), "reporter": _("填报单位"), "when": _("时期")}
    extra = [name for name in names if name in exhibit.table]
    marks = list(exhibit.table.itertuples())
    phrases = [_phrases(mark, evidence) for mark in marks]
    count = len(extra) + 2
    ends = [_("下界"), _("上界")] if any(_bounded(mark) for mark in marks) else []
    headings = [_("项目"), *(names[name] for name in extra), _("数值"), *ends, _("单位")]
    headings += [_("原文")] if any(phrases) else []
    style.write_head(sheet, head, headings)
    for row, (mark, said) in enumerate(zip(marks, phrases, strict=True), start=head + 1):
        for column, text in enumerate([mark.label, *(getattr(mark, name) for name in extra)], start=1):
            put_text(sheet.cell(row, column), text)
        found = cell(mark)
        if found:
            style.put_number(sheet.cell(row, count), found)
            style.put_bounds(sheet, row, count + 1, found)
        elif mark.qualifier == QUALIFIER:
            style.put_words(sheet.cell(row, count), MARK)
        unit = sheet.cell(row, count + len(ends) + 1)
        put_text(unit, unit_name(str(mark.unit)))
        unit.alignment = style.CENTRED
        if said:
            put_text(sheet.cell(row, len(headings)), said)
    labels = style.width_of([str(mark.label) for mark in marks])
    style.set_widths(sheet, [labels, *[18.0] * (len(extra) + 1), *[12.0] * len(ends), 10, 40][: len(headings)])
    return head + len(marks), len(headings)


def _bounded(mark: Any) -> bool:
    return str(mark.qualifier or "exact") != "exact" or bool(mark.low != mark.high)


def _phrases(mark: Any, evidence: pd.DataFrame) -> str:
    said = [row.as_printed for row in proof.rows_of(proof.ids_of(mark), evidence)]
    return "；".join(dict.fromkeys(said))


def _definitions(used: Iterable[Any]) -> tuple[list[str], list[list[str]]]:
    rows = {
        (r.indicator, r.measure): [r.indicator, unit_name(r.unit), measure_name(r.measure), r.definition] for r in used
    }
    return [_("指标"), _("单位"), _("计量性质"), _("定义")], list(rows.values())


def _sources(used: Iterable[Any]) -> tuple[list[str], list[list[str]]]:
    headings = [_("原文"), _("填报单位"), _("指标"), _("时期"), _("来源"), _("位置"), _("说明")]
    rows = [
        [
            r.as_printed,
            r.reporter,
            r.indicator,
            periods.label(r.period),
            r.source,
            proof.place(r.locator),
            r.note,
        ]
        for r in used
    ]
    return headings, rows


def _add_list(book: Workbook, title: str, content: tuple[list[str], list[list[str]]]) -> None:
    headings, rows = content
    sheet = book.create_sheet(title)
    put_text(sheet["A1"], title)
    sheet["A1"].font = style.TITLE
    style.write_head(sheet, 2, headings)
    style.set_widths(sheet, [style.width_of([row[c] for row in rows], 46) for c in range(len(headings))])
    for number, texts in enumerate(rows, start=3):
        for column, text in enumerate(texts, start=1):
            put_text(sheet.cell(number, column), text)
            sheet.cell(number, column).alignment = style.WRAPPED
        style.fit_row(sheet, number, len(texts))
    style.rule(sheet, max(3, len(rows) + 2), len(headings))
    sheet.freeze_panes = "A3"
    sheet.auto_filter.ref = f"A2:{style.letter(len(headings))}{max(3, len(rows) + 2)}"
    style.set_print(sheet, title, sheet.dimensions)


def _write_contents(sheet: Any, story: Story, book: Workbook) -> None:
    put_text(sheet["A1"], story.title)
    sheet["A1"].font = style.TITLE
    for row, text in enumerate((story.subtitle, story.version), start=2):
        put_text(sheet.cell(row, 1), text)
        sheet.cell(row, 1).font = style.NOTE
    style.write_head(sheet, 5, [_("序号"), _("工作表"), _("标题")])
    for row, other in enumerate(book.worksheets[1:], start=6):
        sheet.cell(row, 1).value = row - 5
        put_text(sheet.cell(row, 2), other.title)
        sheet.cell(row, 2).hyperlink = f"#{style.quoted(other.title)}!A1"
        sheet.cell(row, 2).font = style.LINK
        put_text(sheet.cell(row, 3), other["A1"].value)
    style.rule(sheet, 4 + len(book.worksheets), 3)
    style.set_widths(sheet, [8, 34, 60])
    style.set_print(sheet, story.title, sheet.dimensions)


def _sheet_name(book: Workbook, title: str, number: int) -> str:
    """A name that Excel takes: at most 31 characters, without its forbidden signs, once only."""
    name = _NOT_IN_NAMES.sub(" ", clean(title)).strip()[:26] or "-"
    return f"{number} {name}"


def _set_properties(book: Workbook, story: Story) -> None:
    moment = datetime.combine(story.vintage, time())
    properties = book.properties
    properties.creator, properties.title = "", clean(story.title)
    properties.created = properties.modified = moment
