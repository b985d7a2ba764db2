"""Judging the figures of a report: one in hand with its fields, or all above a confidence at once."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from tidy import periods
from tidy.language import _
from tidy.schema import MEASURES, QUALIFIERS
from ui import cached
from ui.who import Person
from ui.work import drafts, parts, problems, rows, unsaved, words
from ui.work.drafts import Work


def current_key(id: str) -> str:
    """Return the session key of the row in hand."""
    return f"_reader_row_{id}"


def card(work: Work, table: pd.DataFrame, queue: list[str], current: str, person: Person) -> None:
    """Show the figure in hand with its fields and the buttons to judge it."""
    row = next(table[table["row"] == current].itertuples())
    id = work.draft.id
    with st.container(border=True, key="reader_card"):
        sure = _("把握 {share:.0%}").format(share=row.confidence) if row.confidence == row.confidence else ""
        st.markdown(f"### {words.plain(row.as_printed)}")
        st.caption(" · ".join(filter(None, [sure, _meaning(row), _said_by(work, row)])))
        fields = _fields(row, f"{id}_{current}")
        remember = _remember(row, fields, f"{id}_{current}")
        follow = _after(queue, current)
        with st.container(horizontal=True):
            if st.button(_("采用"), type="primary", icon=":material/check:", shortcut="A", key="reader_accept"):
                _accept(work, row, fields, remember, person)
                _settled(id, current, follow)
            if st.button(_("不采用"), icon=":material/close:", shortcut="X", key="reader_refuse"):
                drafts.judge(id, person.name, {current: rows.REFUSED}, str(st.session_state.get("reader_reason") or ""))
                _settled(id, current, follow)
            if st.button(_("下一个"), icon=":material/arrow_forward:", shortcut="N", key="reader_next"):
                _go(id, follow)
            if st.button(_("上一个"), icon=":material/arrow_back:", shortcut="P", key="reader_previous"):
                _go(id, _before(queue, current))
        _reason(row)


def _meaning(row: Any) -> str:
    return words.figure(row.value, row.low, row.high, row.unit, row.qualifier) if pd.notna(row.value) else _("读不出数")


def _said_by(work: Work, row: Any) -> str:
    from ui.work.reader import reason_word

    refusals = work.draft.state.get("refusals", {})
    if row.verdict != rows.REFUSED:
        return ""
    return _("不采用：{why}").format(why=reason_word(refusals.get(row.row) or row.reason or _("未写理由")))


def _reason(row: Any) -> None:
    from ui.work.reader import reason_codes, reason_word

    st.selectbox(
        _("不采用的理由"),
        reason_codes(),
        index=None,
        key="reader_reason",
        format_func=reason_word,
        placeholder=_("可选"),
    )


def _fields(row: Any, key: str) -> dict[str, str]:
    """Show the editable fields; return their values in the columns of a draft's rows."""
    reporters, indicators = problems.names_of("reporter"), problems.names_of("indicator")
    printed = st.text_input(_("原文词句"), **_kept("as_printed", key, row.as_printed))
    indicator = _choose(_("指标"), indicators, row.indicator_id, row.indicator_name, _name("indicator", key))
    reporter = _choose(_("填报单位"), reporters, row.reporter_id, row.reporter_name, _name("reporter", key))
    left, middle, right = st.columns(3)
    period = left.text_input(_("时期"), placeholder="2018-H1", **_kept("period", key, row.period)).strip()
    options = ["", *MEASURES]
    now = row.measure if row.measure in options else ""
    measure = middle.selectbox(_("性质"), options, format_func=words.measure, **_kept("measure", key, now, options))
    unit = right.text_input(_("计量单位"), **_kept("unit", key, row.unit))
    meaning = _meaning_fields(row, key)
    scope = st.text_input(_("口径（范围、其中项）"), **_kept("scope", key, row.scope))
    if period and not periods.is_valid(period):
        st.warning(_("时期“{period}”无法识别。").format(period=period))
    return {"as_printed": printed, "indicator_id": indicator, "reporter_id": reporter, "period": period,
            "measure": str(measure), "unit": unit, "scope": scope, **meaning}  # fmt: skip


def _meaning_fields(row: Any, key: str) -> dict[str, str]:
    """Value and qualifier, where the printed phrase does not say what it means."""
    left, right = st.columns(2)
    value = left.text_input(
        _("数值"), help=_("可写 1.3万；改了它，上下界随之而变"), **_kept("value", key, number(row.value))
    )
    right_now = row.qualifier if row.qualifier in QUALIFIERS else QUALIFIERS[0]
    qualifier = right.selectbox(
        _("限定"), QUALIFIERS, format_func=words.qualifier, **_kept("qualifier", key, right_now, QUALIFIERS)
    )
    return {"value": value.strip(), "qualifier": str(qualifier)}


def number(value: float) -> str:
    """Return a value as a person would type it, empty for none."""
    return "" if pd.isna(value) else f"{value:.15g}"


FIELDS = ("as_printed", "indicator", "reporter", "period", "measure", "unit", "value", "qualifier", "scope")


def _name(field: str, key: str) -> str:
    return f"r_{field}_{key}"


def _kept(field: str, key: str, default: Any, options: Any = None) -> dict[str, Any]:
    return unsaved.field(_name(field, key), default, options)


def _choose(label: str, names: dict[str, str], id: str, read: str, key: str) -> str:
    """A list of known names, the proposed one chosen; what the report itself says stands in the label."""
    options = sorted(names)
    now = next((name for name in options if names[name] == id), None) if id else None
    said = _("{label}（原文：{text}）").format(label=label, text=read) if read else label
    chosen = st.selectbox(said, options, placeholder=_("输入名称查找"), index=None, **unsaved.field(key, now, options))
    return names[chosen] if chosen else ""


def _remember(row: Any, fields: dict[str, str], key: str) -> list[str]:
    """Offer to remember what the report's own words mean, where a person has said so just now."""
    kept = []
    for kind, text, old in (
        ("indicator", row.indicator_name, row.indicator_id),
        ("reporter", row.reporter_name, row.reporter_id),
    ):
        if text and fields[f"{kind}_id"] and fields[f"{kind}_id"] != old:
            label = _("以后“{text}”都指它，本文其余的也一起改").format(text=text)
            if st.checkbox(label, value=True, key=f"r_remember_{kind}_{key}"):
                kept.append(kind)
    return kept


def _accept(work: Work, row: Any, fields: dict[str, str], remember: list[str], person: Person) -> None:
    """Save what was changed and the verdict; a remembered name is an alias for the next report too."""
    before = row._replace(value=number(row.value))
    edits = {row.row: {name: value for name, value in fields.items() if value != getattr(before, name)}}
    for kind in remember:
        text = getattr(row, f"{kind}_name")
        cached.store().save_alias(kind, text, fields[f"{kind}_id"], by=person.name)
        same = work.table[work.table[f"{kind}_name"].eq(text) & work.table[f"{kind}_id"].eq(getattr(row, f"{kind}_id"))]
        for other in same["row"]:
            edits.setdefault(other, {})[f"{kind}_id"] = fields[f"{kind}_id"]
    changed = {name: change for name, change in edits.items() if change}
    if changed:
        drafts.edit(work.draft.id, person.name, changed)
    drafts.judge(work.draft.id, person.name, {row.row: rows.ACCEPTED})


def _after(queue: list[str], current: str) -> str:
    if current not in queue:
        return queue[0] if queue else ""
    at = queue.index(current) + 1
    return queue[at] if at < len(queue) else queue[0]


def _before(queue: list[str], current: str) -> str:
    return queue[queue.index(current) - 1] if current in queue else (queue[-1] if queue else "")


def _settled(id: str, current: str, follow: str) -> None:
    """The figure is judged: nothing of it is unsaved any more."""
    names = [_name(field, f"{id}_{current}") for field in FIELDS]
    unsaved.forget(*names)
    for name in names:
        st.session_state.pop(name, None)
    _go(id, follow)


def _go(id: str, row: str) -> None:
    st.session_state[current_key(id)] = row
    parts.again()


def bulk(work: Work, table: pd.DataFrame, person: Person) -> None:
    """Accept every complete pending figure at or above a confidence; refuse the rest at the end, if wanted."""
    waiting = table[table["status"].eq("pending")]
    if waiting.empty:
        st.success(_("这份报告已审读完。到“与已发布比较”看变化，再到“审核发布”发布。"), icon=":material/task_alt:")
        return
    with st.expander(_("成批处理"), icon=":material/done_all:", key="reader_bulk"):
        least = st.slider(_("把握不低于"), 0.0, 1.0, 0.9, 0.05, key="reader_least")
        sure = waiting[(waiting["confidence"] >= least) & rows.complete(waiting)]
        if st.button(_("采用 {n} 个完整的").format(n=len(sure)), disabled=sure.empty, key="reader_bulk_accept"):
            drafts.judge(work.draft.id, person.name, dict.fromkeys(sure["row"], rows.ACCEPTED))
            st.rerun(scope="app")
        reason = st.text_input(_("其余全部不采用的理由"), key="reader_bulk_reason")
        if st.button(
            _("其余 {n} 个不采用").format(n=len(waiting)), disabled=not reason.strip(), key="reader_bulk_refuse"
        ):
            drafts.judge(work.draft.id, person.name, dict.fromkeys(waiting["row"], rows.REFUSED), reason.strip())
            st.rerun(scope="app")
