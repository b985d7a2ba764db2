"""The review of a report: every numeral in its sentence, adopted, refused with a reason, or pending."""

from __future__ import annotations

import csv
from functools import lru_cache
from typing import Any

import pandas as pd
import streamlit as st

from tidy.language import _, pick
from tidy.schema import DATA
from ui import cached
from ui.who import Person
from ui.work import adapter, drafts, judge, parts, rows, words
from ui.work.component import component
from ui.work.drafts import Work

AROUND = 4_000  # characters shown on either side of the figure in hand
SIGNS = {"pending": "?", "accepted": "✓", "incomplete": "✓…", "refused": "✕"}
_text = component("pilots.text", "text")


def show(id: str, person: Person) -> None:
    """Show progress, the text with its marks, the figure in hand and the queue."""
    work = drafts.open_work(id)
    table = with_status(work.table)
    _progress(table)
    if table.empty:
        st.info(_("这份报告里没有数字。"))
        return
    queue = _queue(table, id)
    current = _current(table, queue, id)
    left, right = st.columns([3, 2])
    with left:
        _show_text(work, table, current)
    with right:
        judge.card(work, table, queue, current, person)
    judge.bulk(work, table, person)


def with_status(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with a column ``status``: the verdict, or ``incomplete`` for an adopted figure that lacks something."""
    lacking = table["verdict"].eq(rows.ACCEPTED) & ~rows.complete(table)
    return table.assign(status=table["verdict"].mask(lacking, "incomplete"))


def _progress(table: pd.DataFrame) -> None:
    """The ledger: every numeral is adopted, refused or pending, and the three add up."""
    counted = table["status"].value_counts()
    pending, refused = int(counted.get("pending", 0)), int(counted.get("refused", 0))
    taken, lacking = int(counted.get("accepted", 0)), int(counted.get("incomplete", 0))
    share = 1.0 if table.empty else 1 - pending / len(table)
    said = _("全文 {all} 个数字 = 采用 {taken} + 采用待补 {lacking} + 不采用 {refused} + 待判 {pending}")
    st.progress(share, said.format(all=len(table), taken=taken, lacking=lacking, refused=refused, pending=pending))


def _queue(table: pd.DataFrame, id: str) -> list[str]:
    """Return the rows to go through: pending ones, the doubtful first, or all in the order of the text."""
    orders = {"doubtful": _("先看把握小的"), "sure": _("先看把握大的"), "text": _("按原文顺序"), "all": _("全部数字")}
    order = st.segmented_control(
        _("次序"),
        list(orders),
        default="doubtful",
        format_func=orders.get,
        key=f"reader_order_{id}",
        label_visibility="collapsed",
    )
    kept = table if order == "all" else table[table["status"].isin(["pending", "incomplete"])]
    if order in ("doubtful", "sure"):
        kept = kept.sort_values(["confidence", "start"], ascending=[order == "doubtful", True])
    return list(kept["row"])


def _current(table: pd.DataFrame, queue: list[str], id: str) -> str:
    """The row in hand: what was pressed, else the first of the queue."""
    wanted = str(st.session_state.get(judge.current_key(id), ""))
    if wanted in set(table["row"]):
        return wanted
    return queue[0] if queue else str(table["row"].iloc[0])


def _show_text(work: Work, table: pd.DataFrame, current: str) -> None:
    content = text_of(work)
    at = int(table.loc[table["row"] == current, "start"].iloc[0])
    data = pieces(content, table, max(0, at - AROUND), min(len(content), at + AROUND))
    words_of = {"pending": _("待判"), "accepted": _("采用"), "incomplete": _("采用，待补全"), "refused": _("不采用")}
    pressed = _text(
        data={"pieces": data, "focus": current, "signs": SIGNS, "words": words_of},
        key=f"text_{work.draft.id}", on_row_change=lambda: None,
    ).row  # fmt: skip
    if pressed and pressed != current:
        st.session_state[judge.current_key(work.draft.id)] = pressed
        parts.again()
    st.caption(_("？待判 ✓采用 ✕不采用。点数字直接处理；快捷键 A 采用、X 不采用、N 下一个、P 上一个。"))


def text_of(work: Work) -> str:
    """Return the text of a draft's report."""
    found: str = cached.derived(
        ("text", work.draft.sha256),
        lambda: adapter.text(cached.store().draft_content(work.draft.id), work.draft.file_name),
    )
    return found


def pieces(content: str, table: pd.DataFrame, first: int, last: int) -> list[dict[str, Any]]:
    """Cut ``content[first:last]`` into plain pieces and numerals with status and reason; nothing is lost."""
    made: list[dict[str, Any]] = []
    done = first
    inside = table[(table["start"] >= first) & (table["end"] <= last)].sort_values("start")
    for row in inside.itertuples():
        start, end = int(row.start), int(row.end)
        if start < done:  # a second figure printed by the same numeral
            continue
        made.append({"text": content[done:start]})
        made.append({"text": content[start:end], "row": row.row, "status": row.status, "why": _why(row)})
        done = end
    return [*made, {"text": content[done:last]}]


def _why(row: Any) -> str:
    if row.status == "refused":
        return reason_word(row.reason)
    return " · ".join(
        filter(
            None,
            [
                words.reporter(row.reporter_id),
                words.indicator(row.indicator_id) if row.indicator_id else row.indicator_name,
            ],
        )
    )


@lru_cache(maxsize=1)
def _reasons() -> dict[str, tuple[str, str]]:
    with (DATA / "lexicon" / "reasons.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["code"]: (row["reason"], row["reason_en"]) for row in csv.DictReader(file)}


def reason_word(code: str) -> str:
    """Return why a numeral is no figure, in words."""
    return pick(*_reasons()[code]) if code in _reasons() else code


def reason_codes() -> list[str]:
    """Return the codes of data/lexicon/reasons.csv."""
    return list(_reasons())
