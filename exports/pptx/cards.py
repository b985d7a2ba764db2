"""Headline cards: big numbers with what, when and how they changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Pt

from exports.look import ACCENT, INK, MUTED, RULE
from exports.pptx.base import Box, rgb
from exports.pptx.text import add_box, flatten
from tidy.exhibits import Card

GAP, TALLEST = 0.15, 2.3  # inches


def add_cards(page: Any, cards: Sequence[Card], box: Box) -> None:
    """Set up to six cards in one or two rows inside ``box``."""
    rows = 2 if len(cards) > 3 and box.height > 2.5 else 1
    across = max(-(-len(cards) // rows), 3)  # a single card does not fill the page
    wide = (box.width - GAP * (across - 1)) / across
    tall = min((box.height - GAP * (rows - 1)) / rows, TALLEST)
    for place, card in enumerate(cards):
        left = box.left + place % across * (wide + GAP)
        top = box.top + place // across * (tall + GAP)
        _add_card(page, card, Box(left, top, wide, tall))


def _add_card(page: Any, card: Card, box: Box) -> None:
    frame = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.emu())
    frame.name = f"card {card.label}"
    flatten(frame)
    frame.fill.background()
    frame.line.color.rgb, frame.line.width = rgb(RULE), Pt(1)
    inner = Box(box.left + 0.12, box.top + 0.06, box.width - 0.24, box.height - 0.12)
    name, number, when = _parts(inner)
    add_box(page, name, [card.label], largest=14, smallest=10, name="card label", colour=INK)
    add_box(page, number, [card.text], largest=36, smallest=12, name="card number", colour=ACCENT, bold=True,
            anchor=MSO_ANCHOR.MIDDLE)  # fmt: skip
    said = " · ".join(text for text in (card.when, card.change) if text)
    add_box(page, when, [said], largest=13, smallest=9, name="card time", colour=MUTED, anchor=MSO_ANCHOR.BOTTOM)


def _parts(box: Box) -> tuple[Box, Box, Box]:
    return (
        Box(box.left, box.top, box.width, box.height * 0.38),
        Box(box.left, box.top + box.height * 0.38, box.width, box.height * 0.38),
        Box(box.left, box.top + box.height * 0.76, box.width, box.height * 0.24),
    )
