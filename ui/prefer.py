"""Which indicators a chooser offers first: those an official asks for, not those most often printed."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from tidy.language import _
from tidy.schema import GROUPS
from ui import address, cached, reads
from ui.choice import Choice

LEADING = (
    "union_members", "organising_rate", "membership_rate", "insurance_enrolment", "union_organisations",
    "insurance_benefit", "consolation_money",
)  # fmt: skip


def first_choice(ids: Iterable[str]) -> list[str]:
    """Return the indicators with the leading ones in front, the others in their order."""
    known = list(ids)
    leading = [one for one in LEADING if one in known]
    return leading + [one for one in known if one not in leading]


def indicators(choice: Choice, ids: list[str], key: str, parameter: str, label: str, most: int) -> tuple[str, ...]:
    """Let the reader choose up to ``most`` of the indicators ``ids``; a leading one is chosen at first."""
    counts = reads.indicator_counts(choice, GROUPS)
    names = cached.indicator_names(choice)
    labels = {one: f"{names[one]} ({counts[one]})" for one in ids}
    address.bind(key, parameter, ids, many=True, words=labels.get)
    return tuple(
        st.multiselect(
            label,
            ids,
            key=key,
            max_selections=most,
            placeholder=_("选指标"),
            format_func=labels.__getitem__,
            **({} if key in st.session_state else {"default": first_choice(ids)[:1]}),
        )
    )
