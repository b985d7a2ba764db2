"""Correcting one published figure with a reason, without uploading a file."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from store import StoreError
from tidy import periods
from tidy.language import _
from ui import address, cached
from ui.choice import Choice
from ui.who import Person
from ui.work import batches, compare, drafts, rows, words
from ui.work.drafts import Work

REPORTER, FIGURE = "page_upload_reporter", "page_upload_figure"


def show(choice: Choice, person: Person) -> None:
    """Let the person find a published figure, say what it should be and why."""
    figures = cached.figures(choice)
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
        _form(next(own[own["observation_id"] == id].itertuples()), person)


def _label(row: Any) -> str:
    scope = f"（{row.scope}）" if row.scope else ""
    said = words.figure(row.value, row.low, row.high, row.unit, row.qualifier)
    return f"{words.indicator(row.indicator_id)}{scope} · {periods.label(row.period)} · {words.measure(row.measure)} · {said}"


def _form(row: Any, person: Person) -> None:
    at_once = not batches.second_person()
    with st.form(f"correct_{row.observation_id}"):
        st.markdown(
            _("现为 **{said}**，原文“{printed}”").format(
                said=words.plain(words.figure(row.value, row.low, row.high, row.unit, row.qualifier)),
                printed=words.plain(row.as_printed),
            )
        )
        left, right = st.columns([3, 1])
        printed = left.text_input(
            _("改为（按原文写法，如“49万余”“95%以上”）"), key=f"correct_text_{row.observation_id}"
        )
        unit = right.text_input(_("计量单位"), row.unit, key=f"correct_unit_{row.observation_id}")
        reason = st.text_area(
            _("更正理由（公开在发布说明里）"), key=f"correct_why_{row.observation_id}", height=80, max_chars=400
        )
        label = _("更正并立即发布") if at_once else _("保存更正，提交审核")
        if st.form_submit_button(label, type="primary"):
            _save(row, printed.strip(), unit.strip(), reason.strip(), person, at_once)


def _save(row: Any, printed: str, unit: str, reason: str, person: Person, at_once: bool) -> None:
    if not printed or not reason:
        st.warning(_("请写更正后的数和理由。"))
        return
    table = rows.edited(_row(row), {"1": {"as_printed": printed, "unit": unit}}, drafts.shares())
    if not rows.complete(table).all():
        st.error(_("“{text}”读不出数。").format(text=printed))
        return
    try:
        batch = batches.begin([keep(table, reason, person)], person.name)
        batch = batches.save(
            batch.draft.id, person.name, note=reason, reasons={f"{k}|{i}": reason for k, i in batch.groups}
        )
        if at_once:
            release = batches.publish(batch.draft.id, person.name, None)
            st.success(_("已更正，第 {n} 批。").format(n=release.id), icon=":material/task_alt:")
        else:
            batches.submit(batch.draft.id, person.name)
            st.success(_("更正已提交审核，在“审核发布”里等待另一人通过。"), icon=":material/send:")
    except StoreError as refused:
        st.error(str(refused))


def _row(row: Any) -> pd.DataFrame:
    """The published figure as a draft's row; its key stays, so that the correction supersedes it."""
    kept = {
        name: getattr(row, name)
        for name in ("value", "low", "high", "qualifier", "as_printed", "unit", "note", *compare.KEY)
    }
    return rows.shaped(pd.DataFrame([{**kept, "row": "1", "state": "stored"}]))


def keep(table: pd.DataFrame, reason: str, person: Person) -> Work:
    """Save the correction as a draft of its own."""
    name = _("更正：{who} {what}").format(
        who=words.reporter(table["reporter_id"].iloc[0]), what=words.indicator(table["indicator_id"].iloc[0])
    )
    state = {"stage": drafts.READ, "kind": "correction", "table": rows.pack(table), "problems": [], "note": reason}
    draft = cached.store().save_draft(by=person.name, kind=drafts.CORRECTION, file_name=name, state=state)
    return drafts.change(draft.id, person.name, lambda _state: None)
