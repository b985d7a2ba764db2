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


def spark(values: Sequence[float], width: int = 120, height: int = 26) -> str:
    """Return a line from the first to the last value as inline SVG, from zero up; its card says the numbers."""
    top, step = max(*values, 0.0) or 1.0, (width - 6) / (len(values) - 1)
    spots = [(3 + step * place, height - 3 - (height - 6) * value / top) for place, value in enumerate(values)]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
    x, y = spots[-1]
    return (
        f'<svg class="spark" width="{width}" height="{height}" viewBox="0 0 {width} {height}" aria-hidden="true">'
        f'<polyline points="{path}"/><circle cx="{x:.1f}" cy="{y:.1f}" r="2.6"/></svg>'
    )
