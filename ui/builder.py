"""The parts of the table builder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd
import streamlit as st

from tidy import exhibits
from tidy.exhibit import Exhibit
from tidy.exhibits import dimension_name, measure_name
from tidy.exhibits.fewer import of_first
from tidy.language import _, listed
from tidy.schema import GROUPS, MEASURES
from ui import address, bulletin, cached, prefer, reads, show
from ui.choice import Choice

ROWS = ("city", "pilot_type", "pilot_level", "county", "reporter_id", "indicator_id")
COLUMNS = ("", "year", "pilot_type", "pilot_level", "city", "indicator_id", "measure", "period")
MOST = 8
MOST_ROWS = 120


def show_builder(choice: Choice) -> None:
    """Choose rows, columns and indicators; show the table as a bulletin prints it."""
    left, middle, right = st.columns([1, 1, 2])
    with left:
        rows = _one("rows", _("行"), ROWS, dimension_name)
    with middle:
        columns = _one("columns", _("列"), tuple(name for name in COLUMNS if name != rows), dimension_name)
    with right:
        wanted = _indicators(choice)
    measure, order, factor, totals = _style()
    if not wanted:
        st.info(_("选一个或几个指标（最多 8 个），表格就会出现。"))
        return
    shown = cached.exhibit(make, choice, rows, columns, wanted, measure, order, totals)
    if shown.empty:
        st.info(_("所选范围内没有这些指标的数据。清除筛选，或换一个指标、计量性质。"))
        return
    bulletin.show(shown, factor)
    show.tools(shown, "builder")


def _style() -> tuple[str, str, float, bool]:
    """Measure, order of rows, unit and total, in one row; on a phone below each other."""
    first, second, third, fourth = st.columns(4, vertical_alignment="bottom")
    with first:
        measure = _one("measure", _("计量性质"), ("", *MEASURES), lambda m: measure_name(m) if m else _("全部"))
    orders = {"": _("原顺序"), "down": _("从高到低"), "up": _("从低到高")}
    with second:
        order = _one("sort", _("排序"), tuple(orders), lambda name: orders[name])
    scales = {"": _("自动"), "1": _("个"), "1e4": _("万"), "1e8": _("亿")}
    with third:
        scale = _one("scale", _("单位"), tuple(scales), lambda name: scales[name])
    with fourth:
        address.bind("page_builder_totals", "totals", [True])
        totals = st.toggle(_("合计行"), key="page_builder_totals")
    return measure, order, float(scale or 0), totals


def _one(name: str, label: str, options: tuple[str, ...], say: Callable[[str], str]) -> str:
    key = f"page_builder_{name}"
    address.bind(key, name, options)
    return str(st.selectbox(label, options, key=key, format_func=say) or "")


def _indicators(choice: Choice) -> tuple[str, ...]:
    ids = list(reads.indicator_counts(choice, GROUPS))
    return prefer.indicators(choice, ids, "page_builder_indicators", "indicators", _("指标"), MOST)


def make(
    choice: Choice, rows: str, columns: str, indicator_ids: tuple[str, ...], measure: str, order: str, totals: bool
) -> Exhibit:
    """Return the cross table of the chosen indicators, titled by them, its rows in the order asked for."""
    known = cached.reference(choice)
    figures, everybody = _figures(choice, rows, columns, indicator_ids)
    figures = figures[figures["measure"] == measure] if measure else figures
    found = exhibits.crosstab(figures, rows, columns, known.indicators, known.reporters, totals=totals)
    names = cached.indicator_names(choice)
    said = listed(names[one] for one in indicator_ids)
    found = of_first(found, min(MOST_ROWS, everybody), everybody).titled(f"{said}（{found.meta.title}）")
    return replace(found, table=_sorted(found.table, order)) if order and not found.empty else found


def _figures(choice: Choice, rows: str, columns: str, indicator_ids: tuple[str, ...]) -> tuple[pd.DataFrame, int]:
    """The figures of a table; where each reporter has a row, of the first reporters, and how many there are."""
    times = tuple(sorted({"year", "period"} & {rows, columns}))
    figures = reads.of_indicators(choice, indicator_ids, times)
    if "reporter_id" not in (rows, columns):
        return figures, 0
    everybody = figures["reporter_id"].drop_duplicates()
    return figures[figures["reporter_id"].isin(everybody.head(MOST_ROWS))], len(everybody)


def _sorted(table: pd.DataFrame, order: str) -> pd.DataFrame:
    """Rows by the first column's figure; what has none, and the total, stand last."""
    first = table[table["series"] == table["series"].iloc[0]].set_index("label")["value"]
    last = table["label"].map({**dict.fromkeys(table["label"], 0), _("合计"): 1})
    keys = table["label"].map(first[~first.index.duplicated()])
    rows = table.assign(_key=keys, _last=last).sort_values(
        ["_last", "_key"], ascending=[True, order == "up"], kind="stable", na_position="last"
    )
    return rows.drop(columns=["_key", "_last"])
