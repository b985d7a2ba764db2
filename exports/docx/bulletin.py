"""The bulletin of a story: a section a page, tables and pictures, then definitions and sources."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from datetime import datetime, time
from typing import Any

import pandas as pd
from docx import Document
from docx.shared import Cm

from exports import evidence as proof
from exports.docx import style
from exports.frozen import freeze
from exports.safe import clean
from exports.shape import figure_columns, headings, text_rows
from exports.story import Slide, Story
from exports.words import below, foot
from tidy.exhibit import Exhibit
from tidy.exhibits import Card, measure_name
from tidy.format import unit_name
from tidy.language import _, current

Picture = Callable[[Exhibit], bytes | None]
WIDE, TALL = 15.5, 20.0  # centimetres between the margins, and those of a page that a picture may take
EXPLAINED = 30  # indicators; a table of more tells who has reported, not how much


def write(story: Story, evidence: pd.DataFrame, picture: Picture | None = None) -> bytes:
    """Return ``story`` as DOCX bytes, the same for the same story, evidence and pictures.

    ``picture`` gives an exhibit's PNG, or ``None`` where none can be made; the native table
    stands in the bulletin either way.
    """
    document = Document()
    style.set_up(document, story.title)
    _write_title(document, story)
    number = 0
    for slide in story.slides:
        number = _write_section(document, slide, evidence, picture, number)
    _write_definitions(document, list(_explained(story, evidence)))
    _write_sources(document, list(proof.rows_of(story.observation_ids, evidence)))
    _set_properties(document, story)
    content = io.BytesIO()
    document.save(content)
    return freeze(content.getvalue(), story.vintage)


def _write_title(document: Any, story: Story) -> None:
    style.paragraph(document, story.title, "Title")
    for text in (story.subtitle, story.version):
        if text:
            style.paragraph(document, text, "Subtitle")


def _write_section(document: Any, slide: Slide, evidence: pd.DataFrame, picture: Picture | None, number: int) -> int:
    """Write one slide as a section; return the number of the last table."""
    style.paragraph(document, slide.title, "Heading 1")
    for card in slide.cards:
        style.paragraph(document, sentence(card), "Normal")
    for text in slide.text:
        style.paragraph(document, text, "Normal")
    if slide.exhibit and not slide.exhibit.empty:
        number += 1
        drawn = picture(slide.exhibit) if picture else None
        if drawn:
            _add_picture(document, drawn)
            _describe(document, slide.exhibit)
        _write_table(document, slide.exhibit, slide.title, number)
    for line in foot(slide, evidence):
        style.paragraph(document, line, style.NOTE)
    return number


def sentence(card: Card) -> str:
    """Return a headline card as a sentence: 嘉兴市总工会医疗互助参保人数 ≥ 49万人（2017年，同比 4.3–6.4%）。"""
    said = [text for text in (card.when, card.change) if text]
    if current() == "en":
        return f"{card.label}: {card.text} ({', '.join(said)})."
    return f"{card.label} {card.text}（{'，'.join(said)}）。"


def _add_picture(document: Any, drawn: bytes) -> None:
    """Add a picture as wide as the page, narrower where it would be higher than one."""
    shape = document.add_picture(io.BytesIO(drawn), width=Cm(WIDE))
    share = Cm(TALL) / shape.height
    if share < 1:
        shape.width, shape.height = int(shape.width * share), Cm(TALL)


def _describe(document: Any, exhibit: Exhibit) -> None:
    shape = document.inline_shapes[-1]
    marks = (f"{proof.name_of(mark)} {proof.amount_of(mark)}" for mark in exhibit.table.itertuples())
    shape._inline.docPr.set("descr", clean(f"{exhibit.meta.title}. {'; '.join(marks)}")[:1000])


def _write_table(document: Any, exhibit: Exhibit, title: str, number: int) -> None:
    style.caption(document, _("表"), number, title)
    facts = below(exhibit)
    if facts:
        style.paragraph(document, facts, style.UNIT)
    rows = [headings(exhibit), *text_rows(exhibit)]
    style.three_line_table(document, rows, set(figure_columns(exhibit)), WIDE)


def _explained(story: Story, evidence: pd.DataFrame) -> Iterator[Any]:
    """Yield the printed figures whose indicators are explained at the end."""
    for slide in story.slides:
        own = list(proof.rows_of(slide.observation_ids, evidence))
        if len({row.indicator for row in own}) <= EXPLAINED:
            yield from own


def _write_definitions(document: Any, used: list[Any]) -> None:
    """End as yearbooks do: what the indicators mean."""
    if not used:
        return
    style.paragraph(document, _("主要指标解释"), "Heading 1")
    known = {(row.indicator, row.measure): row for row in used}
    for row in known.values():
        facts = " · ".join(text for text in (measure_name(row.measure), unit_name(row.unit)) if text)
        join = ": " if current() == "en" else "："
        style.paragraph(document, f"{row.indicator} ({facts}){join}{row.definition}", "Normal")


def _write_sources(document: Any, used: list[Any]) -> None:
    """Say where the figures come from."""
    if not used:
        return
    style.paragraph(document, _("资料来源"), "Heading 1")
    for row in {row.source: row for row in used}.values():
        said = [row.source, row.publisher, row.date]
        style.paragraph(document, " · ".join(text for text in said if text), "Normal")


def _set_properties(document: Any, story: Story) -> None:
    properties = document.core_properties
    properties.title, properties.subject = clean(story.title), clean(story.version)
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = datetime.combine(story.vintage, time())
