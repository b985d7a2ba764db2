"""The "where from" drawer: definition → formula → parts → printed lines or cells → source."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

import pandas as pd
import streamlit as st

from tidy import periods
from tidy.format import amount, bounds, qualifier_word
from tidy.intervals import Interval
from tidy.language import _, pick
from ui import cached, dialog, sources

OPENED = "_drawer_opened"
SEEN = "_selection_seen"
MANY = 40


def open_for(observation_ids: Sequence[str]) -> None:
    """Open the drawer for printed figures; ``observation_ids`` may be joined by ``|``."""
    ids = [part for joined in observation_ids for part in joined.split("|") if part]
    unique = list(dict.fromkeys(ids))
    dialog.show(_("这个数从哪里来"), lambda: _contents(unique), width="medium", position="right")


def open_once(key: str, observation_ids: Sequence[str]) -> None:
    """Open the drawer when a table's or chart's selection has changed, not again at every later run."""
    if is_new(key, "|".join(observation_ids)):
        open_for(observation_ids)


def is_new(key: str, chosen: str) -> bool:
    """Tell whether a selection has just been made; an emptied one is forgotten, so that it can be made again."""
    seen = st.session_state.setdefault(SEEN, {})
    changed = bool(chosen) and seen.get(key) != chosen
    seen[key] = chosen
    return changed


def open_linked() -> None:
    """Open the drawer once for a link that names a figure (``?figure=003-12345``)."""
    linked = st.query_params.get("figure", "")
    if linked and st.session_state.get(OPENED) != linked:
        st.session_state[OPENED] = linked
        open_for([linked])


def evidence(observation_ids: Sequence[str]) -> pd.DataFrame:
    """Return the observations behind a number, in the given order."""
    return cached.observations_by_id(tuple(observation_ids))


def _contents(ids: list[str]) -> None:
    rows = evidence(ids)
    if rows.empty:
        st.info(_("这个数没有对应的原文（可能已被撤回）。"))
        return
    for indicator_id, own in rows.groupby("indicator_id", sort=False):
        _definition(str(indicator_id), own)
        for row in list(own.itertuples())[:MANY]:
            _printed_line(row)
        if len(own) > MANY:
            st.caption(_("另有 {count} 个数，见表格。").format(count=len(own) - MANY))


def _definition(indicator_id: str, own: pd.DataFrame) -> None:
    indicators = cached.reference().indicators
    row = next(indicators[indicators["indicator_id"] == indicator_id].itertuples())
    st.subheader(pick(str(row.name), str(row.name_en)), anchor=False)
    st.markdown(pick(str(row.definition), str(row.definition_en)))
    if row.numerator_id and row.denominator_id:
        names = dict(zip(indicators["indicator_id"], indicators["name"], strict=True))
        names_en = dict(zip(indicators["indicator_id"], indicators["name_en"], strict=True))
        parts = [pick(names[i], names_en[i]) for i in (row.numerator_id, row.denominator_id)]
        st.markdown(_("公式：{top} ÷ {bottom} × 100%").format(top=parts[0], bottom=parts[1]))
    if len(own) > 1:
        st.caption(_("由 {count} 个所印的数组成").format(count=len(own)))


def _printed_line(row: Any) -> None:
    who = pick(str(row.reporter_name), str(row.reporter_name_en))
    scope = f"（{row.scope}）" if getattr(row, "scope", "") else ""
    with st.container(border=True):
        said = amount(row.value, row.low, row.high, row.unit, row.qualifier)
        st.markdown(f"**{_plain(who)}{_plain(scope)}** · {periods.label(row.period)} · **{_plain(said)}**")
        st.html(sources.printed_html(row))
        st.caption(
            _("含义：{bounds}（{qualifier}） · 出处：{source}，位置 {locator} · 第 {release} 批").format(
                bounds=bounds(Interval.of(row.low, row.high), row.unit),
                qualifier=qualifier_word(row.qualifier),
                source=_plain(sources.title(row.source_id)),
                locator=row.locator,
                release=row.release_id,
            )
        )
        if row.note:
            st.caption(_("备注：{note}").format(note=_plain(row.note)))


def _plain(text: str) -> str:
    """Text from the data, safe from being read as Markdown."""
    return escape(text, quote=False).replace("*", "\\*").replace("_", "\\_").replace("[", "\\[").replace("~", "\\~")
