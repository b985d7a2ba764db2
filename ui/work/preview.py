"""What was understood of a workbook: each cell coloured by its part, why on hover, corrections remembered."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from tidy import periods
from tidy.language import _, current
from tidy.schema import CITIES
from ui import cached
from ui.who import Person
from ui.work import adapter, corrections, drafts, grid, problems, unsaved, words
from ui.work.component import component
from ui.work.drafts import Work

_sheet = component("pilots.sheet", "sheet")
PAGE, MOST_COLUMNS = 200, 80


def show(id: str, person: Person) -> None:
    """Show the sheet with its parts, the chosen cell beside it, and what holds for the whole file."""
    work = drafts.open_work(id)
    sheets = grid.sheets_of(work)
    if not sheets:
        st.info(_("这个文件没有可以预览的单元格。"))
        return
    _whole_file(work, person)
    name, first = _place(work, sheets)
    roles, tables = _roles(work)
    _legend(roles[roles["sheet"] == name])
    data = _cells(work, name, sheets[name].iloc[first : first + PAGE], roles)
    chosen = _sheet(data=data, key=f"sheet_{id}", on_cell_change=lambda: None).cell
    place = f"{name}!{chosen}" if chosen else st.session_state.get(problems.FOCUS, "")
    if chosen:
        st.session_state[problems.FOCUS] = place
    if place.startswith(f"{name}!"):
        _cell(work, place, roles, person)
        corrections.show(work, place, sheets[name], roles, tables, person)
    else:
        st.caption(_("把鼠标停在单元格上看它为什么这样认；点一下（或用方向键和回车）就能更正。"))


def _whole_file(work: Work, person: Person) -> None:
    """Reporter, city, period and unit of the whole file, as a person decides them."""
    said, id = work.said("decisions"), work.draft.id
    names = problems.names_of("reporter")
    of_id = {id: name for name, id in names.items()}
    keys = {field: f"file_{field}_{id}" for field in ("reporter", "city", "period", "unit")}
    with st.expander(_("整个文件：填报单位、时期、计量单位"), icon=":material/tune:", key="preview_file"):
        columns = st.columns(4)
        reporters, cities = ["", *sorted(names)], ["", *CITIES]
        now = of_id.get(said.get("reporter", ""), "")
        reporter = columns[0].selectbox(_("填报单位"), reporters, **unsaved.field(keys["reporter"], now, reporters))
        city = columns[1].selectbox(_("设区市"), cities, **unsaved.field(keys["city"], said.get("city", ""), cities))
        period = columns[2].text_input(
            _("时期"), placeholder="2018-H1", **unsaved.field(keys["period"], said.get("period", ""))
        )
        unit = columns[3].text_input(
            _("计量单位"), placeholder=_("万人"), **unsaved.field(keys["unit"], said.get("unit", ""))
        )
        st.caption(_("只填需要更正的。计量单位对同样的表记住；单位和时期只对这个文件有效。"))
        if st.button(_("保存并重新读取"), icon=":material/refresh:", key="preview_file_save"):
            if not periods.is_valid(period.strip()):
                st.error(_("时期“{period}”无法识别。").format(period=period))
                return
            decisions = {
                "reporter": names.get(str(reporter), ""), "city": city, "period": period.strip(), "unit": unit.strip(),
            }  # fmt: skip
            read = drafts.decide(id, person.name, decisions)
            adapter.remember_layout(str(read.draft.state.get("layout", "")), decisions, person.name)
            unsaved.forget(*keys.values())
            st.rerun(scope="app")


def _index(options: list[str], value: str) -> int:
    return options.index(value) if value in options else 0


def _place(work: Work, sheets: dict[str, pd.DataFrame]) -> tuple[str, int]:
    """The sheet and the first row on show; a cell that was jumped to decides both."""
    focus = st.session_state.get(problems.FOCUS, "")
    sheet, _mark, cell = focus.rpartition("!")
    names = list(sheets)
    left, right = st.columns([3, 1])
    name = left.selectbox(_("工作表"), names, index=_index(names, sheet), key=f"preview_sheet_{work.draft.id}_{sheet}")
    pages = max(1, -(-len(sheets[name]) // PAGE))
    row = int("".join(filter(str.isdigit, cell)) or 1)
    start = min(max(0, (row - 1) // PAGE), pages - 1)
    page = right.number_input(
        _("第几页"), 1, pages, start + 1, key=f"preview_page_{work.draft.id}_{focus}", disabled=pages == 1
    )
    return str(name), (int(page) - 1) * PAGE


def _roles(work: Work) -> tuple[pd.DataFrame, list[dict[str, Any]]]:
    """The part of each filled cell, and the tables with their heading rows and columns."""
    said, layout = work.said("decisions"), str(work.draft.state.get("layout", ""))
    recalled = [cached.store().recall(kind, layout) for kind in (adapter.LAYOUT, adapter.HEADS)]
    memory = repr((adapter.aliases(), recalled))
    key = ("roles", work.draft.sha256, repr(sorted(said.items())), cached.store().load_id(), memory)
    content = cached.store().draft_content
    found: tuple[pd.DataFrame, list[dict[str, Any]]] = cached.derived(
        key, lambda: adapter.layouts(content(work.draft.id), work.draft.file_name, said, layout)
    )
    return _as_taken(found[0], work.table), found[1]


def _as_taken(roles: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Words that are taken as a figure (八百多, 几十) are data, whatever the layout made of them."""
    taken = set((table["sheet"] + "!" + table["cell"])[table["value"].notna()])
    figures = roles["role"].eq("text") & (roles["sheet"] + "!" + roles["cell"]).isin(taken)
    return roles.assign(role=roles["role"].mask(figures, "data"))


def role_words() -> dict[str, str]:
    """Return the word for each part a cell can play."""
    return {"title": _("标题"), "context": _("说明全表"), "header": _("表头"), "row_heading": _("行标题"), "data": _("数据"),
            "total": _("合计"), "note": _("附注"), "missing": _("缺"), "text": _("文字"), "error": _("错误值"),
            "ignored": _("不用")}  # fmt: skip


def marks() -> dict[str, str]:
    """Return the letter that stands in a cell for its part, so that colour is not the only sign."""
    chinese = zip(role_words(), "题说头行数计注缺文错略", strict=True)
    english = zip(role_words(), ["T", "A", "H", "R", "D", "Σ", "N", "∅", "W", "!", "–"], strict=True)
    return dict(english if current() == "en" else chinese)


def _legend(roles: pd.DataFrame) -> None:
    counted = roles["role"].value_counts()
    named = role_words()
    st.caption(" · ".join(f"{mark} {named[role]} {counted[role]}" for role, mark in marks().items() if role in counted))


def _cells(work: Work, sheet: str, shown: pd.DataFrame, roles: pd.DataFrame) -> dict[str, Any]:
    """What the component draws: rows of cells with part, reason and whether a problem is open there."""
    own = roles[roles["sheet"] == sheet]
    part = {cell: (role, reason) for cell, role, reason in zip(own["cell"], own["role"], own["reason"], strict=True)}
    troubles = {p.cell: p.message for p in work.open_problems if p.sheet == sheet}
    columns = list(shown.columns[:MOST_COLUMNS])
    rows = []
    for number, line in zip(shown.index, shown[columns].itertuples(index=False, name=None), strict=True):
        cells = []
        for at, text in enumerate(line):
            place = f"{columns[at]}{number}"
            role, why = part.get(place, ("ignored" if text.strip() else "", ""))
            cells.append(
                {"text": text, "column": at, "role": role, "open": place in troubles, "why": troubles.get(place, why)}
            )
        rows.append({"number": number, "cells": cells})
    focus = st.session_state.get(problems.FOCUS, "").rpartition("!")[2]
    return {"columns": columns, "rows": rows, "marks": marks(), "words": role_words(), "focus": focus}


def _cell(work: Work, place: str, roles: pd.DataFrame, person: Person) -> None:
    """The chosen cell: its part and reason, what was understood, and the corrections that fit its part."""
    sheet, _mark, cell = place.rpartition("!")
    found = roles[(roles["sheet"] == sheet) & (roles["cell"] == cell)]
    role, reason, text = (str(found[name].iloc[0]) if len(found) else "" for name in ("role", "reason", "text"))
    with st.container(border=True, key="preview_cell"):
        st.markdown(f"**{words.plain(place)}** · {role_words().get(role, _('空'))} · {words.plain(text)}")
        if reason:
            st.caption(words.plain(reason))
        for problem in work.open_problems:
            if (problem.sheet, problem.cell) == (sheet, cell):
                st.warning(words.plain(f"{problem.message} → {problem.advice}"))
        for row in work.table[(work.table["sheet"] == sheet) & (work.table["cell"] == cell)].itertuples():
            said = words.figure(row.value, row.low, row.high, row.unit, row.qualifier) if pd.notna(row.value) else "—"
            st.markdown(
                words.plain(
                    " · ".join(
                        [
                            words.reporter(row.reporter_id),
                            words.indicator(row.indicator_id),
                            periods.label(row.period),
                            said,
                        ]
                    )
                )
            )
