"""An exhibit on a page: the chart, of how many reporters, its notes, its table and its downloads."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from charts import describe
from tidy.exhibit import Exhibit
from tidy.format import amount
from tidy.language import _
from ui import address, cached, downloads, drawer, frame

CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False, "topojsonURL": ""}
SEEN = "_selection_seen"


def exhibit(shown: Exhibit, key: str, *, empty: str = "") -> None:
    """Show an exhibit with everything a reader may ask of it; ``empty`` says what to do when it has no mark."""
    with st.container(border=True, key=f"exhibit_{key}"):
        if shown.empty:
            st.subheader(shown.meta.title, anchor=False)
            st.info(empty or _("所选范围内没有填报这个指标。换一个城市、年份或类型，或清除筛选。"))
            return
        if shown.kind == "table":
            st.subheader(shown.meta.title, anchor=False)
            table(shown, key)
        else:
            _chart(shown, key)
        _tools(shown, key)


def _chart(shown: Exhibit, key: str) -> None:
    event = st.plotly_chart(
        cached.drawn(shown, frame.mode()),
        theme=None,
        key=f"chart_{key}",
        on_select="rerun",
        selection_mode="points",
        config=CONFIG,
        alt=describe(cached.drawn(shown, frame.mode())),
    )
    _open_selected(event, key)


def _open_selected(event: Any, key: str) -> None:
    """Open the drawer for a mark that was just pressed, not again at every later run."""
    points = event.selection.points if event else []
    ids = [str(point["customdata"][0]) for point in points if point.get("customdata")]
    seen = st.session_state.setdefault(SEEN, {})
    if ids and seen.get(key) != ids:
        drawer.open_for(ids)
    seen[key] = ids


def _tools(shown: Exhibit, key: str) -> None:
    with st.container(horizontal=True, key=f"tools_{key}"):
        with st.popover(_("表格"), icon=":material/table:", key=f"table_{key}"):
            table(shown, f"{key}_twin")
        with st.popover(_("下载"), icon=":material/download:", key=f"download_{key}"):
            downloads.buttons(shown, key)
        if st.button(_("出处"), icon=":material/format_quote:", key=f"where_{key}"):
            drawer.open_for(shown.observation_ids)


def table(shown: Exhibit, key: str) -> None:
    """Show an exhibit's rows; choosing a row opens its printed lines."""
    rows = readable(shown)
    event = st.dataframe(
        rows,
        hide_index=True,
        key=f"rows_{key}",
        on_select="rerun",
        selection_mode="single-row",
        alt=shown.meta.title,
    )
    chosen = event.selection.rows if event else []
    seen = st.session_state.setdefault(SEEN, {})
    if chosen and seen.get(key) != chosen:
        drawer.open_for([str(shown.table.iloc[chosen[0]]["observation_ids"])])
    seen[key] = chosen


def readable(shown: Exhibit) -> pd.DataFrame:
    """Return the rows of an exhibit under words, figures with their qualifiers."""
    names = {"label": _("名称"), "series": _("系列"), "period": _("时期"), "rank": _("名次"), "printed": _("原文"), "city": _("城市"),
             "reported": _("填报"), "detail": _("说明")}  # fmt: skip
    columns = {word: shown.table[name] for name, word in names.items() if name in shown.table}
    figures = [amount(r.value, r.low, r.high, r.unit, r.qualifier) for r in shown.table.itertuples()]
    return pd.DataFrame(columns | {_("数值"): figures})


def level_switch(key: str) -> str:
    """Let the reader choose a map of cities or of counties."""
    address.bind(key, "level_map", ["city", "county"])
    names = {"city": _("设区市"), "county": _("县（市、区）")}
    chosen = st.segmented_control(
        _("地图层级"), list(names), key=key, format_func=names.get, label_visibility="collapsed"
    )
    return chosen or "city"
