"""A story as one HTML file that presents itself without a network: live figures, keys, printed lines.

plotly's JavaScript comes from the installed package and is written into the file; figures come
as JSON from the caller. The file's policy forbids every connection.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from html import escape
from pathlib import Path
from string import Template
from typing import Any

import pandas as pd

from exports import engine
from exports import evidence as proof
from exports.paging import parts
from exports.safe import clean
from exports.shape import figure_columns, headings, text_rows
from exports.story import Slide, Story
from exports.words import below, foot
from tidy.exhibit import Exhibit, FigureMeta
from tidy.exhibits import Card
from tidy.language import _, current

ASSETS = Path(__file__).resolve().parent / "assets"
# An exhibit's figure as plotly JSON; None for what is no chart (a table).
FigureJson = Callable[[Exhibit], str | None]


def write(story: Story, evidence: pd.DataFrame, figure: FigureJson) -> bytes:
    """Return ``story`` as one HTML file, the same for the same story, evidence and figures."""
    slides = [part for slide in story.slides for part in parts(slide)]
    figures: list[str] = []
    sections = [_cover(story)]
    for number, slide in enumerate(slides, start=2):
        drawn = figure(bare(slide.exhibit)) if slide.exhibit and not slide.exhibit.empty else None
        place = len(figures) if drawn else None
        figures += [drawn] if drawn else []
        sections.append(_section(slide, evidence, place, f"{number} / {len(slides) + 1}"))
    lines = {row.Index: proof.line(row) for row in proof.rows_of(story.observation_ids, evidence)}
    words = {"behind": _("这个数的出处"), "none": _("本页没有备注")}
    page = Template(_asset("deck.html")).substitute(
        language="en" if current() == "en" else "zh-CN",
        title=_text(story.title),
        style=_asset("deck.css"),
        slides="\n".join(sections),
        help=_text(_("→ ← 翻页 · 数字+回车 跳页 · B 黑屏 · P 备注 · A 自动播放 · F 全屏 · Esc 关闭")),
        figures=_in_script(f"[{','.join(figures)}]"),
        lines=_in_script(json.dumps(lines, ensure_ascii=False)),
        words=_in_script(json.dumps(words, ensure_ascii=False)),
        plotly=engine.script(),
        script=_asset("deck.js"),
    )
    return page.encode("utf-8", errors="replace")


def bare(exhibit: Exhibit) -> Exhibit:
    """Return the exhibit without the words that the page itself sets around the figure."""
    return replace(exhibit, meta=FigureMeta(title="", unit=exhibit.meta.unit))


@lru_cache(maxsize=4)
def _asset(name: str) -> str:
    return (ASSETS / name).read_text("utf-8")


def _in_script(text: str) -> str:
    """JSON that cannot end the script element it stands in."""
    return text.replace("<", "\\u003c")


def _text(text: object) -> str:
    return escape(clean(text))


def _cover(story: Story) -> str:
    said = "".join(f"<p>{_text(text)}</p>" for text in (story.subtitle, story.version) if text)
    return f'<section class="slide cover"><h1>{_text(story.title)}</h1>{said}</section>'


def _section(slide: Slide, evidence: pd.DataFrame, place: int | None, number: str) -> str:
    exhibit = slide.exhibit
    facts = f'<div class="facts">{_text(below(exhibit))}</div>' if exhibit else ""
    inner = "".join(f'<p class="said">{_text(text)}</p>' for text in slide.text)
    if place is not None and exhibit:
        alternative = f"{exhibit.meta.title}. {below(exhibit)}"
        inner += f'<div class="figure" data-figure="{place}" role="img" aria-label="{_text(alternative)}"></div>'
    elif exhibit and not exhibit.empty:
        inner += _table(exhibit)
    said = "".join(f"<div>{_text(line)}</div>" for line in foot(slide, evidence))
    return (
        f'<section class="slide" data-notes="{_text(slide.notes)}"><h1>{_text(slide.title)}</h1>'
        f'{_cards(slide.cards)}{facts}<div class="body">{inner}</div>'
        f'<div class="foot">{said}</div><div class="number">{number}</div></section>'
    )


def _cards(cards: tuple[Card, ...]) -> str:
    if not cards:
        return ""
    four = " four" if len(cards) == 4 else ""
    return f'<div class="cards{four}">{"".join(map(_card, cards))}</div>'


def _card(card: Card) -> str:
    said = " · ".join(text for text in (card.when, card.change) if text)
    ids = _text("|".join(card.observation_ids))
    return (
        f'<button class="card" data-ids="{ids}"><div class="what">{_text(card.label)}</div>'
        f'<div class="much">{_text(card.text)}</div><div class="when">{_text(said)}</div></button>'
    )


def _table(exhibit: Exhibit) -> str:
    """The exhibit as a three-line table whose rows open the printed lines behind them."""
    figures = set(figure_columns(exhibit))
    head = "".join(_cell("th", text, column in figures) for column, text in enumerate(headings(exhibit)))
    rows, marks = text_rows(exhibit), list(exhibit.table.itertuples())
    ids = ["|".join(proof.ids_of(mark)) for mark in marks] if len(marks) == len(rows) else [""] * len(rows)
    body = "".join(_row(texts, one, figures) for texts, one in zip(rows, ids, strict=True))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _row(texts: list[str], ids: str, figures: set[int]) -> str:
    cells = "".join(_cell("td", text, column in figures) for column, text in enumerate(texts))
    opens = f' data-ids="{_text(ids)}" tabindex="0"' if ids else ""
    return f"<tr{opens}>{cells}</tr>"


def _cell(tag: str, text: str, figure: Any) -> str:
    kind = ' class="figures"' if figure else ""
    return f"<{tag}{kind}>{_text(text)}</{tag}>"
