"""One published figure, corrected or taken back with a reason, without uploading a file."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from tidy import periods
from tidy.language import _
from ui import address, reads
from ui.choice import Choice
from ui.who import Person
from ui.work import compare, direct, drafts, rows, unsaved, words

REPORTER, FIGURE, KIND = "page_upload_reporter", "page_upload_figure", "page_upload_correct_kind"


def show(choice: Choice, person: Person) -> None:
    """Let the person find a published figure, say what it should be, or that it should go, and why."""
    direct.done()
    figures = reads.figures(choice)
    if figures.empty:
        st.info(_("所选范围内没有已发布的数。"))
        return
    ids = sorted(figures["reporter_id"].unique(), key=words.reporter)
    address.bind(REPORTER, "reporter", ids)
    reporter = st.selectbox(_("填报单位"), ids, key=REPORTER, format_func=words.reporter)
    own = figures[figures["reporter_id"] == reporter].sort_values(["indicator_id", "period"])
    address.bind(FIGURE, "correct", list(own["observation_id"]))
    labels = {row.observation_id: _label(row) for row in own.itertuples()}
    id = st.selectbox(_("哪一个数"), list(labels), key=FIGURE, format_func=lambda i: labels.get(i, i))
    if id:
        _one(next(own[own["observation_id"] == id].itertuples()), person)


def _label(row: Any) -> str:
    scope = f"（{row.scope}）" if row.scope else ""
    when = periods.label(row.period)
    return f"{words.indicator(row.indicator_id)}{scope} · {when} · {words.measure(row.measure)} · {_figure(row)}"


def _figure(row: Any) -> str:
    return words.figure(row.value, row.low, row.high, row.unit, row.qualifier)


def _one(row: Any, person: Person) -> None:
    """The figure as it stands, and the two things that can be done about it."""
    with st.container(border=True, key="correct_one"):
        now = _("现为 **{said}**，原文“{printed}”")
        st.markdown(now.format(said=words.plain(_figure(row)), printed=words.plain(row.as_printed)))
        kinds = {"correct": _("改正"), "withdraw": _("撤回这个数")}
        address.bind(KIND, "act", list(kinds))
        default = None if KIND in st.session_state else "correct"
        kind = st.segmented_control(
            _("怎么改"), list(kinds), default=default, format_func=kinds.get, key=KIND, label_visibility="collapsed"
        )
        (_withdrawal if kind == "withdraw" else _correction)(row, person)


def _why(row: Any) -> str:
    key = f"correct_why_{row.observation_id}"
    return str(st.text_area(_("理由（公开在发布说明里）"), height=80, max_chars=400, **unsaved.field(key))).strip()


def _correction(row: Any, person: Person) -> None:
    text, measured = f"correct_text_{row.observation_id}", f"correct_unit_{row.observation_id}"
    left, right = st.columns([3, 1])
    printed = left.text_input(_("改为（按原文写法，如“49万余”“95%以上”）"), **unsaved.field(text)).strip()
    unit = right.text_input(_("计量单位"), **unsaved.field(measured, row.unit)).strip()
    reason = _why(row)
    if not st.button(direct.label(_("更正并立即发布")), type="primary", key="correct_save"):
        return
    if not printed or not reason:
        st.warning(_("请写更正后的数和理由。"))
        return
    table = rows.edited(_row(row), {"1": {"as_printed": printed, "unit": unit}}, drafts.shares())
    if not rows.complete(table).all():
        st.error(_("“{text}”读不出数。").format(text=printed))
        return
    name = _("更正：{who} {what}").format(who=words.reporter(row.reporter_id), what=words.indicator(row.indicator_id))
    if direct.publish(name, "correction", {"table": rows.pack(table)}, reason, person):
        _finished(row, text, measured)


def _withdrawal(row: Any, person: Person) -> None:
    st.caption(_("撤回后这个数不再出现在任何页面和下载里；历史里仍在，撤回可以撤销。"))
    reason = _why(row)
    if not st.button(direct.label(_("撤回并立即发布")), type="primary", disabled=not reason, key="correct_withdraw"):
        return
    name = _("撤回：{who} {what}").format(who=words.reporter(row.reporter_id), what=words.indicator(row.indicator_id))
    said = {"table": "", "withdraws": [row.observation_id], "about": [row.reporter_id]}
    if direct.publish(name, "withdrawal", said, reason, person):
        _finished(row)


def _finished(row: Any, *fields: str) -> None:
    for key in (*fields, f"correct_why_{row.observation_id}"):
        unsaved.forget(key)
        st.session_state.pop(key, None)
    st.rerun()


def _row(row: Any) -> pd.DataFrame:
    """The published figure as a draft's row; its key stays, so that the correction supersedes it."""
    kept = {
        name: getattr(row, name)
        for name in ("value", "low", "high", "qualifier", "as_printed", "unit", "note", *compare.KEY)
    }
    return rows.shaped(pd.DataFrame([{**kept, "row": "1", "state": "stored"}]))
