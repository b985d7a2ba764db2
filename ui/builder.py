"""The parts of the table builder."""

from __future__ import annotations

from html import escape

import streamlit as st

from tidy import exhibits
from tidy.exhibit import Exhibit
from tidy.exhibits import dimension_name
from tidy.format import amount, unit_name
from tidy.language import _, pick
from tidy.schema import GROUPS
from ui import address, cached, drawer, show
from ui.choice import Choice

ROWS = ("city", "pilot_type", "pilot_level", "county", "reporter_id", "indicator_id")
COLUMNS = ("", "year", "pilot_type", "pilot_level", "city", "indicator_id", "measure", "period")
MOST = 8


def show_builder(choice: Choice) -> None:
    """Choose rows, columns and indicators; show the table as a bulletin prints it."""
    left, middle, right = st.columns([1, 1, 2])
    with left:
        rows = _dimension("rows", _("行"), ROWS)
    with middle:
        columns = _dimension("columns", _("列"), tuple(name for name in COLUMNS if name != rows))
    with right:
        wanted = _indicators(choice)
    if not wanted:
        st.info(_("选一个或几个指标（最多 8 个），表格就会出现。"))
        return
    shown = cached.exhibit(make, choice, rows, columns, wanted)
    if shown.empty:
        st.info(_("所选范围内没有这些指标的数据。清除筛选，或换一个指标。"))
        return
    _bulletin(shown)
    show.tools(shown, "builder")


def _dimension(name: str, label: str, options: tuple[str, ...]) -> str:
    key = f"page_builder_{name}"
    address.bind(key, name, options)
    return str(st.selectbox(label, options, key=key, format_func=dimension_name) or "")


def _indicators(choice: Choice) -> tuple[str, ...]:
    counts = cached.indicator_counts(choice, GROUPS)
    known = cached.reference(choice).indicators.set_index("indicator_id")
    address.bind("page_builder_indicators", "indicators", list(counts), many=True)
    first = {} if "page_builder_indicators" in st.session_state else {"default": list(counts)[:1]}
    return tuple(
        st.multiselect(
            _("指标"),
            list(counts),
            key="page_builder_indicators",
            max_selections=MOST,
            placeholder=_("选指标"),
            format_func=lambda i: f"{pick(known.loc[i, 'name'], known.loc[i, 'name_en'])} ({counts[i]})",
            **first,
        )
    )


def make(choice: Choice, rows: str, columns: str, indicator_ids: tuple[str, ...]) -> Exhibit:
    """Return the cross table of the chosen indicators, titled by them."""
    known = cached.reference(choice)
    figures = cached.figures(choice, indicators=indicator_ids)
    found = exhibits.crosstab(figures, rows, columns, known.indicators, known.reporters)
    names = known.indicators.set_index("indicator_id")
    said = "、".join(pick(names.loc[i, "name"], names.loc[i, "name_en"]) for i in indicator_ids)
    return found.titled(f"{said}（{found.meta.title}）")


def _bulletin(shown: Exhibit) -> None:
    """The table with three rules: the unit at the right above, notes below."""
    series = list(dict.fromkeys(shown.table["series"]))
    labels = list(dict.fromkeys(shown.table["label"]))
    cells = {(row.label, row.series): row for row in shown.table.itertuples()}
    units = {unit for unit in shown.table["unit"] if unit}
    one_unit = units.pop() if len(units) == 1 else ""
    head = "".join(f"<th scope='col'>{escape(name) or _('数值')}</th>" for name in series)
    body = "".join(
        f"<tr><th scope='row'>{escape(label)}</th>"
        + "".join(f"<td>{_text(cells.get((label, name)), bool(one_unit))}</td>" for name in series)
        + "</tr>"
        for label in labels
    )
    unit = _("单位：{unit}").format(unit=unit_name(one_unit)) if one_unit else ""
    corner = dimension_name(str(shown.options["rows"]))
    with st.container(key="exhibit_builder"):
        st.subheader(shown.meta.title, anchor=False)
        st.html(
            f"<p class='three-line-unit'>{escape(unit)}</p><div style='overflow-x:auto'><table class='three-line'>"
            f"<thead><tr><th scope='col'>{escape(corner)}</th>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        )
        st.caption(f"{shown.meta.note} · {shown.meta.subtitle} · {shown.meta.reported}")
    _open_cell(shown, cells)


def _text(cell: object, bare: bool) -> str:
    if cell is None:
        return ""
    value, low, high = (getattr(cell, name) for name in ("value", "low", "high"))
    if value != value:
        return f"<em>{escape(str(getattr(cell, 'detail', '')))}</em>"
    unit = "" if bare else str(getattr(cell, "unit", ""))
    return escape(amount(value, low, high, unit, str(getattr(cell, "qualifier", "exact"))))


def _open_cell(shown: Exhibit, cells: dict) -> None:  # type: ignore[type-arg]
    """Let the reader open one cell's printed lines (a table of text has no buttons)."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="noprint_builder"):
        place = st.selectbox(
            _("看一格的出处"), list(cells), format_func=lambda p: " · ".join(filter(None, p)), key="cell_builder"
        )
        if place and st.button(_("打开出处"), icon=":material/format_quote:", key="show_cell_builder"):
            drawer.open_for([cells[place].observation_ids])
