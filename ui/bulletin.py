"""A table as a bulletin prints it: three rules, the unit at the right above, notes below."""

from __future__ import annotations

from html import escape

import streamlit as st

from tidy.exhibit import Exhibit
from tidy.format import amount, unit_name
from tidy.language import _
from ui import drawer


def show(shown: Exhibit, factor: float = 0) -> None:
    """Show a cross table; ``factor`` is the one unit of its numbers (1, 1e4, 1e8), 0 lets each choose."""
    series = list(shown.options.get("columns") or dict.fromkeys(shown.table["series"]))
    labels = list(dict.fromkeys(shown.table["label"]))
    cells = {(row.label, row.series): row for row in shown.table.itertuples()}
    one_unit = shown.meta.unit
    factor = 0 if (shown.table["unit"] == "%").any() else factor
    head = "".join(f"<th scope='col'>{escape(name) or _('数值')}</th>" for name in series)
    body = "".join(
        f"<tr><th scope='row'>{escape(label)}</th>"
        + "".join(f"<td>{_text(cells.get((label, name)), bool(one_unit), factor)}</td>" for name in series)
        + "</tr>"
        for label in labels
    )
    corner = str(shown.options["corner"])
    with st.container(key="exhibit_builder"):
        st.subheader(shown.meta.title, anchor=False)
        st.html(
            f"<p class='three-line-unit'>{escape(_unit(one_unit, factor))}</p>"
            f"<div style='overflow-x:auto'><table class='three-line'>"
            f"<thead><tr><th scope='col'>{escape(corner)}</th>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        )
        st.caption(" · ".join(filter(None, [shown.meta.note, shown.meta.subtitle, str(shown.meta.reported)])))
    _open_cell(cells)


def _unit(unit: str, factor: float) -> str:
    word = {1e4: _("万"), 1e8: _("亿")}.get(factor, "")
    said = f"{word}{unit_name(unit)}"
    return _("单位：{unit}").format(unit=said) if said else ""


def _text(cell: object, bare: bool, factor: float) -> str:
    if cell is None:
        return ""
    value, low, high = (getattr(cell, name) for name in ("value", "low", "high"))
    qualifier = str(getattr(cell, "qualifier", "exact"))
    if value != value and qualifier == "exact":
        return f"<em>{escape(str(getattr(cell, 'detail', '')))}</em>"
    unit = "" if bare else str(getattr(cell, "unit", ""))
    said = amount(value, low, high, unit, qualifier, factor)
    return escape(f"{said}{unit_name(unit)}" if factor else said)


def _open_cell(cells: dict) -> None:  # type: ignore[type-arg]
    """Let the reader open one cell's printed lines (a table of text has no buttons)."""
    known = [place for place, cell in cells.items() if cell.observation_ids]
    with st.container(horizontal=True, vertical_alignment="bottom", key="noprint_builder"):
        place = st.selectbox(
            _("看一格的出处"), known, format_func=lambda p: " · ".join(filter(None, p)), key="cell_builder"
        )
        if place and st.button(_("打开出处"), icon=":material/format_quote:", key="show_cell_builder"):
            drawer.open_for([cells[place].observation_ids])
