"""A story → a presentation: cover, one or more slides a page, notes with line-level provenance."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time
from typing import Any

import pandas as pd
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR

from exports import evidence as proof
from exports.frozen import freeze
from exports.look import INK, MUTED
from exports.paging import parts
from exports.pptx import cards, maps, native, tables, themed
from exports.pptx.base import Box, body_box, foot_box, is_away, layout, number_box, open_base, title_box
from exports.pptx.text import add_box, set_title
from exports.safe import clean
from exports.shape import panels
from exports.story import Slide, Story
from exports.words import below, foot
from tidy.exhibit import Exhibit
from tidy.language import _, current, listed

BARS = 20  # that have room beside a map


def write(story: Story, evidence: pd.DataFrame, template: bytes | None = None) -> bytes:
    """Return ``story`` as PPTX bytes, the same for the same story and evidence.

    ``evidence`` as :mod:`exports.evidence` describes it; ``template`` is the office's own .pptx,
    whose layouts, fonts and logo are kept. Raises :class:`exports.pptx.base.NotATemplate`.
    """
    deck = open_base(template)
    own = template is None
    _add_cover(deck, story, own)
    for slide in story.slides:
        for part in parts(slide):
            _add_slide(deck, part, evidence, own)
    if not own:
        themed.follow(deck)
    _set_properties(deck, story)
    content = io.BytesIO()
    deck.save(content)
    return freeze(content.getvalue(), story.vintage)


def _add_cover(deck: Any, story: Story, own: bool) -> None:
    page = deck.slides.add_slide(layout(deck, cover=True))
    width, height = deck.slide_width / 914400, deck.slide_height / 914400
    said = [text for text in (story.subtitle, story.version) if text]
    box = Box(width * 0.08, height * 0.3, width * 0.84, height * 0.2)
    set_title(page, story.title, box, move=own or _is_away(deck, page, cover=True), largest=44)
    spare = [p for p in page.placeholders if p.placeholder_format.idx != 0]
    subtitle = next((p for p in spare if p.placeholder_format.type == PP_PLACEHOLDER.SUBTITLE), None)
    if subtitle is not None and not own and not is_away(deck, subtitle, cover=True):
        subtitle.text_frame.text = clean("\n".join(said))
        said, spare = [], [p for p in spare if p is not subtitle]
    for placeholder in spare:
        placeholder._element.getparent().remove(placeholder._element)
    if said:
        add_box(page, Box(width * 0.08, height * 0.54, width * 0.84, height * 0.25), said, largest=22, smallest=14,
                name="subtitle", colour=MUTED)  # fmt: skip


def _is_away(deck: Any, page: Any, *, cover: bool = False) -> bool:
    title = page.shapes.title
    return title is not None and is_away(deck, title, cover=cover)


def _add_slide(deck: Any, slide: Slide, evidence: pd.DataFrame, own: bool) -> None:
    page = deck.slides.add_slide(layout(deck, cover=False))
    for spare in [p for p in page.placeholders if p.placeholder_format.idx != 0]:
        spare._element.getparent().remove(spare._element)
    set_title(page, slide.title, title_box(deck), move=own or _is_away(deck, page))
    box = body_box(deck, page)
    if slide.cards:
        tall = 1.35 if slide.exhibit else min(box.height, 4.4)
        cards.add_cards(page, slide.cards, Box(box.left, box.top + 0.05, box.width, tall))
        box = box.below(tall + 0.15)
    if slide.text:
        add_box(page, box.below(0.2), slide.text, largest=22, smallest=12, name="text")
    said: list[str] = []
    if slide.exhibit:
        said = _add_exhibit(page, slide.exhibit, box, evidence)
    _add_foot(deck, page, slide, said, evidence)
    page.notes_slide.notes_text_frame.text = clean("\n".join(notes(slide, evidence)))


def _add_exhibit(page: Any, exhibit: Exhibit, box: Box, evidence: pd.DataFrame) -> list[str]:
    """Place the exhibit under its line of facts; return what its foot must say besides."""
    facts = below(exhibit)
    if facts:
        add_box(page, Box(box.left, box.top, box.width, 0.32), [facts], largest=14, smallest=10, name="facts",
                colour=MUTED)  # fmt: skip
        box = box.below(0.38)
    if exhibit.empty:
        add_box(page, box, [_("所选范围内没有已填报的数据")], largest=20, smallest=14, name="empty")
        return []
    if exhibit.kind == "choropleth":
        return _add_map_and_bars(page, exhibit, box, evidence)
    if exhibit.kind == "small_multiples":
        _add_panels(page, exhibit, box, evidence)
        return []
    simple: dict[str, Callable[[], Any]] = {
        "table": lambda: tables.add_table(page, exhibit, box),
        "heatmap": lambda: tables.add_heatmap(page, exhibit, box),
    }
    size = 14 if len(exhibit.table) <= 10 else 12
    simple.get(exhibit.kind, lambda: native.add_chart(page, exhibit, box, evidence, size))()
    return []


def _add_map_and_bars(page: Any, exhibit: Exhibit, box: Box, evidence: pd.DataFrame) -> list[str]:
    """A map is not a native chart type, so the same marks stand beside it as native bars.

    Returns the notes that this needs: areas that could not be drawn, bars that had no room.
    """
    left, right = box.split(0.56)
    away = maps.add_map(page, exhibit, left)
    ranked = exhibit.table.sort_values("value", ascending=False, kind="stable")
    native.add_chart(page, replace(exhibit, table=ranked.head(BARS)), right, evidence, size=11)
    names = listed(away)
    said = [_("未上图（2018 年后区划已并）：{names}").format(names=names)] if away else []
    more = len(ranked) - BARS
    return [*said, *([_("另有 {count} 个地区见备注").format(count=more)] if more > 0 else [])]


def _add_panels(page: Any, exhibit: Exhibit, box: Box, evidence: pd.DataFrame) -> None:
    some = list(panels(exhibit))
    across = min(3, len(some))
    down = -(-len(some) // across)
    wide, tall = box.width / across, box.height / down
    for place, panel in enumerate(some):
        left, top = box.left + place % across * wide, box.top + place // across * tall
        name = panel.meta.title
        add_box(page, Box(left, top, wide - 0.15, 0.28), [name], largest=13, smallest=9, name=f"panel {name}",
                bold=True, colour=INK)  # fmt: skip
        native.add_chart(page, panel, Box(left, top + 0.28, wide - 0.15, tall - 0.36), evidence, size=10)


def _add_foot(deck: Any, page: Any, slide: Slide, said: list[str], evidence: pd.DataFrame) -> None:
    lines = foot(slide, evidence, said)
    if lines:
        add_box(page, foot_box(deck), lines, largest=11, smallest=8, name="source", colour=MUTED,
                anchor=MSO_ANCHOR.BOTTOM)  # fmt: skip
    number = str(len(deck.slides))
    add_box(page, number_box(deck), [number], largest=11, smallest=8, name="page number", colour=MUTED,
            align="right", anchor=MSO_ANCHOR.BOTTOM)  # fmt: skip


def notes(slide: Slide, evidence: pd.DataFrame) -> list[str]:
    """Return the presenter's notes and then, for every mark, the printed lines it rests on."""
    said = [slide.notes] if slide.notes else []
    lines: list[str] = []
    for card in slide.cards:
        lines.append(f"{card.label} {card.text}")
        lines += [f"    {proof.line(row)}" for row in proof.rows_of(card.observation_ids, evidence)]
    if slide.exhibit:
        lines += proof.lines(slide.exhibit, evidence)
    return [*said, _("数据出处（逐项）："), *lines] if lines else said


def _set_properties(deck: Any, story: Story) -> None:
    properties = deck.core_properties
    properties.title, properties.subject = clean(story.title), clean(story.version)
    properties.author = properties.last_modified_by = ""
    properties.language = "en" if current() == "en" else "zh-CN"
    moment = datetime.combine(story.vintage, time())
    properties.created = properties.modified = moment
