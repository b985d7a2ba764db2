"""Declared targets: kept in the store's settings, read by every page, edited on the dictionary page."""

from __future__ import annotations

from collections import Counter
from typing import Any, get_args

import pandas as pd
import streamlit as st

from charts.bars import light_text
from tidy import exhibits
from tidy.exhibit import Exhibit
from tidy.exhibits import city_name
from tidy.format import plain, unit_name
from tidy.language import _, pick
from tidy.measures import Light
from tidy.problems import Problem
from tidy.schema import CITIES
from tidy.targets import Target, check_rows, from_rows, to_rows
from ui import build, cached, reads, show, who
from ui.access import gate
from ui.choice import Choice
from ui.who import Person

KEPT = ("setting", "targets")
EDITOR = "page_dictionary_targets"


def declared() -> tuple[Target, ...]:
    """Return the targets that the office has declared, none at first."""
    return tuple(from_rows(cached.store().recall(*KEPT, [])))


def against(choice: Choice, indicator_id: str, targets: tuple[Target, ...]) -> Exhibit:
    """Return the indicator's figures against the declared targets."""
    known = cached.reference(choice)
    figures = reads.of_indicators(choice, (indicator_id,))
    expected = build.expected(choice)
    return exhibits.against_targets(figures, indicator_id, known.indicators, expected, targets)


def plans(choice: Choice, groups: tuple[str, ...]) -> Exhibit:
    """Return the printed plans of some indicator groups."""
    return exhibits.plans(reads.figures(choice, groups=groups), cached.reference(choice).indicators)


def verdicts(choice: Choice, indicator_id: str, targets: tuple[Target, ...]) -> str:
    """Return how many reached one of the declared targets, in signs and words; empty without a target."""
    if not any(target.indicator_id == indicator_id for target in targets):
        return ""
    lights = Counter(cached.exhibit(against, choice, indicator_id, targets).table["light"])
    return " · ".join(f"{light_text(light)} {lights[light]}" for light in get_args(Light) if lights[light])


def view(choice: Choice, indicator_id: str, name: str, groups: tuple[str, ...]) -> None:
    """Show the indicator against its target, and the plans that the documents print."""
    targets = declared()
    nothing = _("还没有为这个指标声明目标。管理员可在“指标口径”页的“目标”一节填写达标线、警戒线和依据。")
    show.exhibit(cached.exhibit(against, choice, indicator_id, targets), f"{name}_targets", empty=nothing)
    show.exhibit(cached.exhibit(plans, choice, groups), f"{name}_plans", empty=_("所选范围内，原文没有印计划数。"))


def section() -> None:
    """Show the declared targets; whoever may set them can change them here."""
    st.caption(_("目标由本单位声明，不由程序推定。有目标的指标，在总览和专题页显示达标情况；界跨过阈值的不下结论。"))
    if gate.allowed("admin"):
        _editor()
        return
    _listed()


def _listed() -> None:
    rows = declared()
    if rows:
        st.dataframe(pd.DataFrame([_row(target) for target in rows]), hide_index=True, alt=_("目标"))
    else:
        st.info(_("还没有声明任何目标。目标由管理员填写。"))


def _row(target: Target) -> dict[str, Any]:
    indicator = exhibits.row_of(cached.reference().indicators, target.indicator_id)
    return {
        _("指标"): pick(indicator.name, indicator.name_en),
        _("设区市"): city_name(target.city) if target.city else _("全部"),
        _("达标线"): plain(target.good) + unit_name(indicator.unit),
        _("警戒线"): plain(target.poor) + unit_name(indicator.unit),
        _("依据"): target.basis,
    }


def _editor() -> None:
    names = cached.indicator_names(Choice())
    typed = st.data_editor(
        pd.DataFrame(to_rows(declared()), columns=["indicator_id", "city", "good", "poor", "basis"]),
        num_rows="dynamic",
        hide_index=True,
        key=EDITOR,
        placeholder="",
        column_config={
            "indicator_id": st.column_config.SelectboxColumn(_("指标"), options=list(names), format_func=names.get),
            "city": st.column_config.SelectboxColumn(
                _("设区市"), options=["", *CITIES], format_func=lambda city: city_name(city) if city else _("全部")
            ),
            "good": st.column_config.NumberColumn(_("达标线")),
            "poor": st.column_config.NumberColumn(_("警戒线"), help=_("达标线高于警戒线为越高越好，反之为越低越好")),
            "basis": st.column_config.TextColumn(_("依据"), help=_("哪份文件、哪次会议定的")),
        },
    )
    person = who.current_user()
    if person is None:
        who.ask()
    elif st.button(_("保存目标"), type="primary", icon=":material/save:"):
        for problem in save(typed.to_dict("records"), person):
            st.error(str(problem))


def save(rows: list[dict[str, Any]], person: Person) -> list[Problem]:
    """Keep the targets that were typed, or return what is wrong with them and keep the old ones."""
    filled = [_clean(row) for row in rows if any(not pd.isna(value) and value != "" for value in row.values())]
    problems = check_rows(filled, cached.reference().indicators)
    if not problems:
        kept = to_rows(from_rows(filled))
        cached.store().remember(*KEPT, kept, by=person.name)
        cached.store().log("setting", person.name, {"setting": KEPT[1], "value": kept})
        st.toast(_("目标已保存"))
    return problems


def _clean(row: dict[str, Any]) -> dict[str, Any]:
    texts = {name: "" if pd.isna(row.get(name)) else str(row[name]) for name in ("indicator_id", "city", "basis")}
    return {**row, **texts}
