"""The history of releases: who published what when and why, what it changed, and undoing it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from store import Release, StoreError
from tidy import periods
from tidy.format import plain
from tidy.language import _, listed
from ui import cached
from ui.who import Person
from ui.work import unsaved, words

SHOWN = 200


def show(person: Person) -> None:
    """Show all releases, newest first, and the chosen one."""
    releases = cached.store().releases()[::-1]
    st.dataframe(
        pd.DataFrame([_line(release) for release in releases]),
        hide_index=True,
        alt=_("发布历史"),
        height=min(38 + 35 * len(releases), 360),
    )
    numbers = [release.id for release in releases]
    number = st.selectbox(_("查看一批"), numbers, key="page_review_release", format_func=lambda n: f"#{n}")
    release = next(one for one in releases if one.id == number)
    _one(release, person)


def _line(release: Release) -> dict[str, object]:
    return {
        _("批次"): release.id, _("种类"): kind_word(release), _("数"): release.rows, _("发布人"): release.by,
        _("发布于"): words.when(release.at), _("生效"): words.when(release.known_from),
        _("状态"): _("✓ 有效") if release.in_force else _("✕ 已撤销"), _("说明"): release.note,
    }  # fmt: skip


def kind_word(release: Release) -> str:
    """Return what kind of release it is."""
    return {"shipped": _("随程序分发"), "publish": _("发布"), "undo": _("撤销")}[release.kind]


def _one(release: Release, person: Person) -> None:
    with st.container(border=True, key="review_release"):
        st.markdown(f"**#{release.id}** {words.plain(release.note)}")
        if release.withdraws:
            st.caption(_("撤销了第 {names} 批").format(names=listed(map(str, release.withdraws))))
        files = [file for file in cached.store().files(release.id) if file.role == "original"]
        for file in files:
            st.download_button(
                file.name, lambda sha256=file.sha256: cached.store().content(sha256), file_name=file.name,
                key=f"release_{release.id}_{file.sha256[:12]}_{file.name}", on_click="ignore", icon=":material/draft:",
            )  # fmt: skip
        if st.toggle(_("这一批改变了什么"), key=f"release_diff_{release.id}"):
            _changes(release)
        if release.in_force and release.kind != "shipped":
            _undo(release, person)


def _changes(release: Release) -> None:
    found = cached.store().diff(release.id - 1, release.id) if release.id > 1 else pd.DataFrame()
    if found.empty:
        st.caption(_("没有改变任何数。"))
        return
    kinds = {"added": _("＋ 新增"), "changed": _("△ 变更"), "withdrawn": _("－ 撤回")}
    shown = [
        {_("变化"): kinds[row.change], _("填报单位"): words.reporter(row.reporter_id), _("指标"): words.indicator(row.indicator_id),
         _("时期"): periods.label(row.period), _("原"): _number(row.value_old), _("新"): _number(row.value_new)}
        for row in found.head(SHOWN).itertuples()
    ]  # fmt: skip
    st.dataframe(pd.DataFrame(shown), hide_index=True, alt=_("这一批改变了什么"))
    if len(found) > SHOWN:
        st.caption(_("共 {n} 个，显示前 {shown} 个。").format(n=len(found), shown=SHOWN))


def _number(value: float) -> str:
    return "—" if pd.isna(value) else plain(value)


def _undo(release: Release, person: Person) -> None:
    """Undo needs a reason; what the release had superseded is believed again."""
    with st.popover(_("撤销这一批"), icon=":material/undo:", key=f"undo_{release.id}"):
        why = st.text_input(_("撤销理由"), max_chars=400, **unsaved.field(f"undo_why_{release.id}"))
        st.caption(_("撤销后恢复到发布前的数，到每一位；撤销本身也可再撤销。"))
        if st.button(_("确认撤销"), type="primary", disabled=not why.strip(), key=f"undo_sure_{release.id}"):
            try:
                cached.store().undo(release.id, by=person.name, why=why.strip())
            except StoreError as refused:
                st.error(str(refused))
            else:
                unsaved.forget(f"undo_why_{release.id}")
                st.rerun()
