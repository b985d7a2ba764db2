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
        st.caption(" · ".join(part for part in (card.when, card.change, card.reported) if part) or " ")
