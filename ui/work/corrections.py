"""Corrections of the chosen cell: its content, what a heading means, which part a row or column plays."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from loaders.grid import parse_a1
from loaders.grid.model import column_name
from loaders.vocabulary.units import unit
from tidy import periods
from tidy.language import _
from ui import cached
from ui.who import Person
from ui.work import adapter, drafts, problems, unsaved
from ui.work.drafts import Work

Offer = tuple[str, dict[str, Any], bool]  # what a button says, what it decides, whether it cannot be pressed


def show(
    work: Work, place: str, sheet: pd.DataFrame, roles: pd.DataFrame, tables: list[dict[str, Any]], person: Person
) -> None:
    """Offer the corrections that fit the cell at ``place`` (Sheet!A1)."""
    name, _mark, cell = place.rpartition("!")
    found = roles[(roles["sheet"] == name) & (roles["cell"] == cell)]
    role, text = (str(found[column].iloc[0]) if len(found) else "" for column in ("role", "text"))
    kinds = {"value": _("改内容"), "meaning": _("这个标题是指"), "part": _("这一行、这一列是什么")}
    first = "meaning" if role in adapter.HEADINGS else "value"
    kind = st.segmented_control(
        _("更正"), list(kinds), default=first, format_func=kinds.get, key=f"correct_kind_{place}"
    )
    if kind == "meaning":
        _meaning(work, text, _likely(work, name, cell, role), person)
    elif kind == "part":
        _part(work, place, sheet, tables, person)
    else:
        _value(work, place, text, person)


def _likely(work: Work, sheet: str, cell: str, role: str) -> str:
    """What a heading most likely names: what the open problem says, else rows name reporters and columns indicators."""
    codes = {p.code for p in work.open_problems if (p.sheet, p.cell) == (sheet, cell)}
    if "unknown_reporter" in codes or (role == "row_heading" and "unknown_indicator" not in codes):
        return "reporter"
    return "indicator"


def _meaning(work: Work, text: str, likely: str, person: Person) -> None:
    """A heading means an indicator, a reporter or a period, or states a unit; remembered for later files."""
    kinds = {"indicator": _("指标"), "reporter": _("填报单位"), "period": _("时期"), "unit": _("计量单位")}
    kind = st.segmented_control(
        _("种类"), list(kinds), default=likely, format_func=kinds.get, key=f"meaning_kind_{text}",
        label_visibility="collapsed",
    ) or likely  # fmt: skip
    target = _named(kind) if kind in ("indicator", "reporter") else _typed(kind)
    if st.button(_("记住并重新读取"), disabled=not (target and text), type="primary", key="meaning_save"):
        if kind == "unit":
            adapter.remember_head(str(work.draft.state.get("layout", "")), text, f"{text}（{target}）", person.name)
        else:
            cached.store().save_alias(kind, text, target, by=person.name)
        drafts.read_in(work.draft.id, person.name)
        st.rerun(scope="app")


def _named(kind: str) -> str:
    """The id of a name chosen from the roster or the table of indicators."""
    names = problems.names_of(kind)
    name = st.selectbox(_("是指"), sorted(names), index=None, key=f"meaning_name_{kind}", placeholder=_("输入名称查找"))
    return names[str(name)] if name else ""


def _typed(kind: str) -> str:
    """A period or a unit as it is written; empty while it cannot be read."""
    said = st.text_input(
        _("是指"), key=f"meaning_name_{kind}", placeholder="2018-H1" if kind == "period" else _("万人")
    ).strip()
    if said and not (periods.is_valid(said) if kind == "period" else unit(said)):
        st.warning(_("“{text}”无法识别。").format(text=said))
        return ""
    return said


def _value(work: Work, place: str, text: str, person: Person) -> None:
    key = f"value_{work.draft.id}_{place}"
    value = st.text_input(_("改为"), **unsaved.field(key, text))
    if st.button(_("保存并重新检查"), key="value_save", disabled=value == text):
        kept = work.said("decisions").get(adapter.CELLS, {})
        drafts.decide(work.draft.id, person.name, {adapter.CELLS: {**kept, place: value}})
        unsaved.forget(key)
        st.rerun(scope="app")


def _part(work: Work, place: str, sheet: pd.DataFrame, tables: list[dict[str, Any]], person: Person) -> None:
    """Rows and columns change their part; remembered for every file of this form."""
    with st.container(horizontal=True):
        for label, decided, disabled in [*_headings(place, tables), *_left_out(work, place, sheet)]:
            _button(label, work, person, decided, disabled)
    if {"header", "stub", "ignore"} & {key for key, value in work.said("decisions").items() if value}:
        _button(_("恢复自动识别"), work, person, {"header": [], "stub": [], "ignore": []}, False)
    st.caption(_("保存后重新读取，并记住这种表：以后同样表头的文件照此处理。"))


def _headings(place: str, tables: list[dict[str, Any]]) -> list[Offer]:
    """The row and the column of a cell may become headings, or none any more."""
    name, _mark, cell = place.rpartition("!")
    row, column = parse_a1(cell)
    headers = {r + 1 for table in tables if table["sheet"] == name for r in table["header"]}
    stubs = {c for table in tables if table["sheet"] == name for c in table["stub"]}
    line = row + 1

    def forced(rows: set[int], columns: set[int]) -> dict[str, Any]:
        return {"header": sorted(rows), "stub": [column_name(c) for c in sorted(columns)]}

    return [
        (_("整行是表头"), forced(headers | {line}, stubs), line in headers),
        (_("整行不是表头"), forced(headers - {line}, stubs), line not in headers or len(headers) < 2),
        (_("整列是行标题"), forced(headers, stubs | {column}), column in stubs or not headers),
        (_("整列不是行标题"), forced(headers, stubs - {column}), column not in stubs or len(stubs) < 2),
    ]


def _left_out(work: Work, place: str, sheet: pd.DataFrame) -> list[Offer]:
    """The row, the column or the cell alone may be left out."""
    name, _mark, cell = place.rpartition("!")
    row, column = parse_a1(cell)
    ignored = list(work.said("decisions").get("ignore", []))
    line = f"{name}!A{row + 1}:{sheet.columns[-1]}{row + 1}"
    height = f"{name}!{column_name(column)}1:{column_name(column)}{sheet.index[-1]}"
    areas = ((_("不用整行"), line), (_("不用整列"), height), (_("不用这一格"), place))
    return [(label, {"ignore": [*ignored, area]}, area in ignored) for label, area in areas]


def _button(label: str, work: Work, person: Person, decisions: dict[str, Any], disabled: bool) -> None:
    if not st.button(label, key=f"part_{label}", disabled=disabled):
        return
    read = drafts.decide(work.draft.id, person.name, decisions)
    adapter.remember_layout(str(read.draft.state.get("layout", "")), decisions, person.name)
    st.rerun(scope="app")
