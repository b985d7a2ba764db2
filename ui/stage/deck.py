"""A story → the deck that the stage shows: plain data, complete, so that nothing is fetched while it is shown.

Figures are drawn here, at the server, in the stage's theme; every number carries the ids of the
printed figures behind it, and what its drawer says is in the deck as well.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from charts.draw import draw
from charts.palette import look
from exports import evidence as proof
from exports.html import bare
from exports.plans import Material
from exports.shape import figure_columns, headings, pages, text_rows
from exports.story import Slide, Story
from exports.words import below, foot
from tidy import periods
from tidy.exhibit import Exhibit
from tidy.exhibits import Card
from tidy.format import amount, bounds
from tidy.intervals import Interval
from tidy.language import _, pick
from ui import sources

# The modes in which charts are drawn for the stage's themes: of the kinds that need the width, and of all others.
WIDE = ("slope", "dumbbell")
THEMES = {"light": ("stage", "light"), "wall": ("wall", "wall")}
# How many marks one slide shows in letters that are read from the back of the room.
ROWS = {"heatmap": 11, "table": 8, "stack": 8, "pairs": 6}
MOST_ROWS, MOST_SERIES, BESIDE_CARDS = 8, 6, 4
HEADING = 1.9  # height of a heading's line in letters, as the charts' theme sets it


def deck(story: Story, material: Material, theme: str) -> dict[str, Any]:
    """Return the deck as JSON data: cover, slides, printed lines, words. ``theme`` is one of :data:`THEMES`."""
    slides = [part for slide in story.slides for part in readable(slide)]
    shown = [_slide(one, material, theme) for one in slides]
    ids = tuple(dict.fromkeys(one for slide in slides for one in slide.observation_ids))
    return {
        "title": story.title, "version": story.version, "theme": theme, "words": words(),
        "slides": [_cover(story), *shown], "lines": lines(ids, material),
    }  # fmt: skip


def readable(slide: Slide) -> Iterator[Slide]:
    """Yield the slide in parts that can be read from ten metres; cards stand on the first only."""
    if slide.exhibit is None or slide.exhibit.empty:
        yield slide
        return
    rows = BESIDE_CARDS if slide.cards else ROWS.get(slide.exhibit.kind, MOST_ROWS)
    some = list(pages(slide.exhibit, rows, MOST_SERIES))
    for number, one in enumerate(some, start=1):
        title = slide.title if len(some) == 1 else f"{slide.title} ({number}/{len(some)})"
        yield replace(slide, title=title, exhibit=one, cards=slide.cards if number == 1 else ())


def _cover(story: Story) -> dict[str, Any]:
    return {"cover": True, "title": story.title, "text": [t for t in (story.subtitle, story.version) if t], "notes": ""}


def _slide(slide: Slide, material: Material, theme: str) -> dict[str, Any]:
    shown = slide.exhibit if slide.exhibit and not slide.exhibit.empty else None
    figure = _figure(shown, theme) if shown and shown.kind != "table" else None
    return {
        "title": slide.title, "notes": slide.notes, "text": list(slide.text),
        "cards": [_card(card) for card in slide.cards],
        "facts": _facts(shown, figure) if shown else "", "figure": figure,
        "table": _table(shown) if shown and shown.kind == "table" else None,
        "foot": foot(slide, material.evidence), "ids": list(slide.observation_ids),
    }  # fmt: skip


def _figure(shown: Exhibit, theme: str) -> dict[str, Any]:
    """The plotly figure without its heading, which the slide itself sets above it; its unit is kept as ``unit``."""
    mode = THEMES[theme][shown.kind not in WIDE]
    size = look(mode).size
    figure: dict[str, Any] = json.loads(draw(bare(shown), mode).to_json())
    layout = figure["layout"]
    heading = layout.pop("title", {}).get("text", "")
    room = min((heading.count("<br>") + 1) * HEADING * size, layout["margin"]["t"] - HEADING)
    layout["margin"]["t"] -= room
    layout["height"] -= room
    letters = {"size": size, "narrow": look(mode).narrow}
    return figure | {
        "kind": shown.kind, "letters": letters, "unit": re.sub("<[^>]*>", "", heading),
        "alt": f"{shown.meta.title}. {below(shown)}",
    }  # fmt: skip


def _facts(shown: Exhibit, figure: dict[str, Any] | None) -> str:
    """Period, unit and how many reported; the unit as the figure's axis counts it (万人)."""
    if not figure or not figure["unit"]:
        return below(shown)
    rest = below(replace(shown, meta=replace(shown.meta, unit="")))
    return "  |  ".join(part for part in (figure["unit"], rest) if part)


def _card(card: Card) -> dict[str, Any]:
    said = [part for part in (card.when, card.change, card.reported) if part]
    return {"label": card.label, "text": card.text, "said": said, "ids": list(card.observation_ids)}


def _table(shown: Exhibit) -> dict[str, Any]:
    rows, marks = text_rows(shown), list(shown.table.itertuples())
    ids = [proof.ids_of(mark) for mark in marks] if len(marks) == len(rows) else [[] for _row in rows]
    return {"head": headings(shown), "figures": list(figure_columns(shown)), "rows": rows, "ids": ids}


def lines(ids: tuple[str, ...], material: Material) -> dict[str, dict[str, str]]:
    """Return what the drawer says of each printed figure: definition, formula, phrase, source, place."""
    figures = material.figures[material.figures["observation_id"].isin(ids)]
    known = {str(row.indicator_id): row for row in material.indicators.itertuples()}
    papers = dict(zip(material.sources["source_id"], material.sources["title"], strict=True))
    return {str(row.observation_id): _line(row, known, papers) for row in figures.itertuples()}


def _line(row: Any, known: dict[str, Any], papers: dict[str, str]) -> dict[str, str]:
    indicator = known[str(row.indicator_id)]
    before, phrase, after = sources.printed(row)
    return {
        "indicator": pick(str(indicator.name), str(indicator.name_en)),
        "definition": pick(str(indicator.definition), str(indicator.definition_en)),
        "formula": _formula(indicator, known),
        "who": pick(str(row.reporter_name), str(row.reporter_name_en)) + (f"（{row.scope}）" if row.scope else ""),
        "when": periods.label(row.period),
        "amount": amount(row.value, row.low, row.high, row.unit, row.qualifier),
        "means": bounds(Interval.of(row.low, row.high), row.unit),
        "before": before, "printed": phrase, "after": after,
        "source": papers.get(row.source_id, str(row.source_id)), "place": proof.place(row.locator),
        "note": str(row.note),
    }  # fmt: skip


def _formula(indicator: Any, known: dict[str, Any]) -> str:
    if not (indicator.numerator_id and indicator.denominator_id):
        return ""
    parts = (known[str(part)] for part in (indicator.numerator_id, indicator.denominator_id))
    top, bottom = (pick(str(part.name), str(part.name_en)) for part in parts)
    return _("公式：{top} ÷ {bottom} × 100%").format(top=top, bottom=bottom)


def words() -> dict[str, str]:
    """Return the stage's own words in the reader's language."""
    return {
        "previous": _("上一页"), "next": _("下一页"), "play": _("自动播放"), "pause": _("暂停"), "notes": _("备注"),
        "black": _("黑屏"), "full": _("全屏"), "leave": _("退出放映"), "pages": _("目录"), "where": _("本页数字的出处"),
        "behind": _("这个数从哪里来"), "none": _("本页没有备注。"), "coming": _("下一页：{title}"), "end": _("最后一页"),
        "means": _("含义"), "source": _("出处"), "note": _("备注"), "close": _("关闭"), "help": _("按键"),
        "loop": _("循环"), "once": _("播完停止"), "nothing": _("这一页没有可打开的数字。"),
        "renewed": _("已换成新发布的数据"), "stage": _("会议演示"), "more": _("另有 {count} 个数，见表格。"),
        "keys": _("→ 空格 下一页 · ← 上一页 · Home End 首末页 · 数字 回车 跳页 · A 自动播放 · L 循环 · P 备注 · "
                  "D 出处 · O 目录 · B 黑屏 · F 全屏 · H 按键 · Esc 关闭、退出"),
    }  # fmt: skip
