"""Headline cards: the number is a button that opens its printed line."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from tidy.exhibits import Card
from ui import drawer


def show(cards: Sequence[Card], name: str, columns: int = 4) -> None:
    """Show cards in rows; on a phone they stand below each other."""
    for first in range(0, len(cards), columns):
        row = cards[first : first + columns]
        for number, (column, one) in enumerate(zip(st.columns(columns), row, strict=False), start=first):
            with column:
                _card(one, f"{name}_{number}")


def _card(card: Card, key: str) -> None:
    with st.container(border=True, key=f"card_{key}"):
        st.caption(card.label)
        if st.button(card.text, key=f"open_{key}", type="tertiary", help=card.help or None):
            drawer.open_for(card.observation_ids)
        if len(card.trend) > 1:
            st.html(spark(card.trend))
        st.caption(" · ".join(part for part in (card.when, card.change, card.reported) if part) or " ")


def spark(values: Sequence[float]) -> str:
    """Return the values as small columns from zero up (plain HTML: a page's HTML may hold no SVG)."""
    top = max(*values, 0.0) or 1.0
    columns = "".join(f'<i style="height:{max(4, round(100 * value / top))}%"></i>' for value in values)
    return f'<div class="spark" aria-hidden="true">{columns}</div>'
