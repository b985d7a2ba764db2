"""An exhibit on a page: the chart, of how many reporters, its notes, its table and its downloads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from charts import describe
from charts.drawing import Figure
from tidy.exhibit import Exhibit
from tidy.format import amount
from tidy.language import _
from ui import address, cached, downloads, drawer, frame, members, menu, theme, whole

CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False, "topojsonURL": ""}


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
            st.caption(shown.meta.note)
        else:
            _chart(shown, key)
        tools(shown, key)


def _chart(shown: Exhibit, key: str) -> None:
    figure = cached.drawn(shown, theme.mode())
    event = st.plotly_chart(
        figure,
        theme=None,
        key=f"chart_{key}",
        on_select="rerun",
        selection_mode="points",
        config=CONFIG,
        alt=describe(figure),
    )
    _open_selected(shown, figure, event, key)


def _open_selected(shown: Exhibit, figure: Figure, event: Any, key: str) -> None:
    """Open the printed figures behind a pressed mark; behind a number of pilots the pilots themselves."""
    points = event.selection.points if event else []
    ids = [str(point["customdata"][0]) for point in points if point.get("customdata")]
    if any(ids) or not (points and members.counted(shown)):
        drawer.open_once(key, ids)
    else:
        trace = figure.trace_name(points[0].get("curve_number", 0))
        members.open_once(key, shown, points[0], trace, frame.choice())


def tools(shown: Exhibit, key: str) -> None:
    """Show the table twin, the downloads and the way to the printed lines."""
    whole.add(key, shown)
    with st.container(horizontal=True, key=f"tools_{key}"):
        menu.lazy(_("表格"), ":material/table:", f"table_{key}", lambda: table(shown, f"{key}_twin"))
        menu.lazy(
            _("下载"), ":material/download:", f"download_{key}", lambda: downloads.buttons(shown, key, frame.choice())
        )
        if st.button(_("出处"), icon=":material/format_quote:", key=f"where_{key}"):
            members.open_all(shown, frame.choice()) if members.counted(shown) else drawer.open_for(
                shown.observation_ids
            )


def table(shown: Exhibit, key: str) -> None:
    """Show an exhibit's rows; choosing a row opens its printed lines."""
    event = st.dataframe(
        cached.listed(shown, readable),
        hide_index=True,
        key=f"rows_{key}",
        on_select="rerun",
        selection_mode="single-row",
        alt=shown.meta.title,
    )
    chosen = event.selection.rows if event else []
    drawer.open_once(f"rows_{key}", [str(shown.table.iloc[row]["observation_ids"]) for row in chosen])


def readable(shown: Exhibit) -> pd.DataFrame:
    """Return the rows of an exhibit under words, figures with their qualifiers."""
    names = {"label": _("名称"), "series": _("系列"), "period": _("时期"), "rank": _("名次"), "printed": _("原文"), "city": _("城市"),
             "reported": _("填报"), "detail": _("说明")}  # fmt: skip
    extra = shown.options.get("columns")
    if isinstance(extra, dict):
        names = {"label": str(shown.options.get("label") or names["label"])} | extra
    columns = {word: shown.table[name] for name, word in names.items() if name in shown.table}
    told = (shown.table[name].tolist() for name in ("value", "low", "high", "unit", "qualifier"))
    figures = [amount(*one) for one in zip(*told, strict=True)]
    return pd.DataFrame(columns | {_("数值"): figures})


def level_switch(key: str) -> str:
    """Let the reader choose a map of cities or of counties."""
    address.bind(key, "level_map", ["city", "county"])
    names = {"city": _("设区市"), "county": _("县（市、区）")}
    chosen = st.segmented_control(
        _("地图层级"), list(names), key=key, format_func=names.get, label_visibility="collapsed"
    )
    return chosen or "city"


def switch(key: str, parameter: str, views: dict[str, tuple[str, Callable[[], None]]]) -> None:
    """Let the reader choose one of several views, kept in the address, and show it."""
    address.bind(key, parameter, list(views))
    first = None if key in st.session_state else next(iter(views))
    chosen = st.segmented_control(
        _("看法"),
        list(views),
        key=key,
        default=first,
        format_func=lambda name: views[name][0],
        label_visibility="collapsed",
    )
    views[chosen or next(iter(views))][1]()
