"""The desk: all drafts in one table, the open one below with its steps."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from loaders.refusal import Refused
from store import NotFound
from tidy import periods
from tidy.language import _, listed
from ui import address, cached, frame
from ui.who import Person
from ui.work import batches, difference, drafts, grid, intake, preview, problems, reader, words
from ui.work.drafts import Work

STEP = "page_upload_step"
SHOWN = 3
Steps = dict[str, tuple[str, Callable[[str, Person], None]]]


def show(person: Person) -> None:
    """Show the drafts and the open one."""
    intake.show(person)
    works = drafts.works()
    if not works:
        st.info(_("还没有草稿。上传文件，或先在“模板”里生成填报表发给各单位。"))
        return
    opened = intake.open_draft([work.draft.id for work in works])
    _table(works, opened)
    if opened:
        _open(opened, person)


def _table(works: list[Work], opened: str) -> None:
    ready = sum(work.draft.state.get("summary", {}).get("ready", False) for work in works)
    st.subheader(_("草稿（{n} 份，{ready} 份可以发布）").format(n=len(works), ready=ready), anchor=False)
    event = st.dataframe(
        pd.DataFrame([_line(work) for work in works]),
        hide_index=True,
        key="upload_drafts",
        on_select="rerun",
        selection_mode="single-row",
        height=min(38 + 35 * len(works), 320),
        alt=_("草稿一览"),
    )
    chosen = event.selection.rows if event else []
    if chosen and works[chosen[0]].draft.id != opened and st.session_state.get("_upload_chosen") != chosen:
        st.session_state["_upload_chosen"] = chosen
        st.session_state[intake.OPEN_KEY] = works[chosen[0]].draft.id
        st.rerun()
    st.session_state["_upload_chosen"] = chosen
    st.caption(_("点一行左端打开草稿。都可以发布后，到“审核发布”汇成一批。"))


def _line(work: Work) -> dict[str, object]:
    found = work.draft.state.get("summary", {})
    return {
        _("文件"): work.draft.file_name,
        _("状态"): words.state(work),
        _("数"): found.get("figures", 0),
        _("待审"): found.get("pending", 0),
        _("错误"): found.get("errors", 0),
        _("警告"): found.get("warnings", 0),
        _("填报单位"): _some([words.reporter(id) for id in found.get("reporters", [])]),
        _("时期"): _some([periods.label(period) for period in found.get("periods", []) if periods.is_valid(period)]),
        _("类型"): words.kind(work),
        _("上传人"): work.draft.owner,
        _("保存于"): words.when(work.draft.updated),
    }


def _some(names: list[str]) -> str:
    more = _("等 {n} 个").format(n=len(names)) if len(names) > SHOWN else ""
    return listed(names[:SHOWN]) + more


def _open(id: str, person: Person) -> None:
    try:
        work = drafts.open_work(id)
        if work.stage == drafts.RECEIVED or (drafts.stale(work) and not batches.locked(id)):
            with st.spinner(_("正在读取 {name}…").format(name=words.plain(work.draft.file_name))):
                work = drafts.read_in(id, person.name)
    except NotFound as gone:
        st.warning(str(gone))
        return
    with st.container(border=True, key="upload_open"):
        _head(work, person)
        steps = _steps(work)
        address.bind(STEP, "step", list(steps))
        step = st.segmented_control(
            _("步骤"),
            list(steps),
            key=STEP,
            default=None if STEP in st.session_state else next(iter(steps)),
            format_func=lambda name: steps[name][0],
            label_visibility="collapsed",
        )
        frame.fragment(_step)(steps[step if step in steps else next(iter(steps))][1], id, person)


def _step(show_: Callable[[str, Person], None], id: str, person: Person) -> None:
    """Show a step; a file that cannot be opened just now says why."""
    try:
        show_(id, person)
    except Refused as refused:
        st.error(words.plain(str(refused.problem)))


def _steps(work: Work) -> Steps:
    todo = len(work.open_problems)
    asked: Steps = {"problems": (_("问题（{n}）").format(n=todo) if todo else _("问题 ✓"), problems.show)}
    if work.stage != drafts.READ:
        return asked
    own: Steps = {}
    if work.kind == "report":
        own = {"review": (_("审读（{n} 待判）").format(n=work.pending) if work.pending else _("审读 ✓"), reader.show)}
    elif work.tabular:
        own = {"preview": (_("识别结果"), preview.show), "cells": (_("改单元格"), grid.show_sheet)}
    compared = {"figures": (_("逐数编辑"), grid.show_figures), "difference": (_("与已发布比较"), difference.show)}
    return asked | own | compared if work.tabular else own | asked | compared


def _head(work: Work, person: Person) -> None:
    st.subheader(words.plain(work.draft.file_name), anchor=False)
    said = " · ".join([words.state(work), words.outcome(work), _("上传人 {name}").format(name=work.draft.owner)])
    st.markdown(words.plain(said))
    if work.sample:
        barred = _("试用样例：数字是虚构的，怎么改都行，不会发布；用完请删除草稿。")
        practice = _("示例：数字是虚构的。这是演示用的临时库，可以一直练到发布；发布说明会写明“示例，数字系虚构”。")
        st.info(barred if work.barred else practice, icon=":material/science:")
    problems.difference(work)
    with st.container(horizontal=True, key="upload_actions"):
        with st.popover(_("重新上传"), icon=":material/upload_file:", key="upload_again"):
            _again(work, person)
        problems.annotated_button(work)
        st.download_button(
            _("原文件"),
            lambda: cached.store().draft_content(work.draft.id),
            file_name=work.draft.file_name or "figure.txt",
            key="upload_original",
            icon=":material/draft:",
            on_click="ignore",
            disabled=not work.draft.sha256,
        )
        with st.popover(_("删除草稿"), icon=":material/delete:", key="upload_delete"):
            st.markdown(_("删除后不能恢复；已发布的数不受影响。"))
            if st.button(_("确认删除"), type="primary", key="upload_delete_sure"):
                cached.store().delete_draft(work.draft.id, by=person.name)
                st.session_state.pop(intake.OPEN_KEY, None)
                st.rerun()


def _again(work: Work, person: Person) -> None:
    st.caption(_("上传改好的文件（例如改过的批注工作簿）：草稿随之更新，并告诉您解决了哪些问题。"))
    mended = st.file_uploader(_("改好的文件"), key=f"upload_again_{work.draft.id}_{work.draft.version}")
    if mended is not None:
        drafts.replace_file(work.draft.id, mended.getvalue(), person.name)
        st.rerun()
