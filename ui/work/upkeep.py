"""Looking after the store: how it is, whether everything is intact, a backup, and the audit log."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from tidy.language import _, listed
from ui import cached
from ui.who import Person
from ui.work import words

LINES = 1_000


def show(person: Person) -> None:
    """Show the state of the store, verify it, fetch a backup."""
    state = cached.store().status()
    named = {
        "store": _("位置"), "engine": _("数据库"), "releases": _("批次"), "in_force": _("有效批次"), "figures": _("数"),
        "last_release": _("最近发布"), "drafts": _("草稿"), "files": _("文件"), "bytes": _("大小"), "read_only": _("只读"),
        "trouble": _("故障"), "schema": _("结构版本"),
    }  # fmt: skip
    lines = [{_("项目"): title, _("值"): _value(name, state.get(name, ""))} for name, title in named.items()]
    st.dataframe(pd.DataFrame(lines), hide_index=True, height="content", alt=_("数据存储"))
    with st.container(horizontal=True):
        verify = st.button(_("核验每个文件"), icon=":material/verified:", key="upkeep_verify")
        st.download_button(
            _("下载备份"), backup, file_name=f"pilots-{date.today().isoformat()}.zip", mime="application/zip",
            key="upkeep_backup", icon=":material/archive:", on_click="ignore",
        )  # fmt: skip
    if verify:
        _verify(person)
    st.caption(_("恢复备份会替换全部内容，只在命令行进行：python -m store restore 备份文件"))


def _value(name: str, value: Any) -> str:
    """A state as people write it: a moment in Beijing time, megabytes, yes or no; nothing is no trouble."""
    if name == "bytes":
        return f"{int(value) / (1 << 20):,.1f} MB"
    if name == "last_release" and value:
        return words.when(datetime.fromisoformat(str(value)))
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return str(value) or (_("无") if name == "trouble" else "")


def backup() -> bytes:
    """Return one archive with everything that cannot be made again."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "backup.zip"
        cached.store().backup(path)
        return path.read_bytes()


def _verify(person: Person) -> None:
    with st.spinner(_("正在核验…")):
        problems = cached.store().verify()
    cached.store().log("verify", person.name, {"faults": len(problems)})
    if problems:
        st.error("\n\n".join(words.plain(str(problem)) for problem in problems))
    else:
        st.success(_("每个文件、每条记录都与写入时一致。"), icon=":material/verified:")


def log() -> None:
    """Show the newest lines of the audit log, to be searched and fetched."""
    entries = cached.store().audit(LINES)
    table = pd.DataFrame([
        {_("序号"): e.id, _("时间"): words.when(datetime.fromisoformat(e.at)), _("谁"): e.who,
         _("做了什么"): action_word(e.action), _("详情"): detail_words(e.detail), _("原始记录"): e.detail}
        for e in entries
    ])  # fmt: skip
    people = sorted({e.who for e in entries})
    who = st.multiselect(_("谁"), people, placeholder=_("全部"), key="log_who")
    shown = table[table[_("谁")].isin(who)] if who else table
    st.dataframe(shown, hide_index=True, height=520, alt=_("操作记录"))
    st.caption(_("每条记录都带前一条的校验值，改动或缺失会被“核验”发现。最多显示 {n} 条。").format(n=LINES))


def detail_words(detail: str) -> str:
    """Return an entry's details for reading; what it names by long marks is shortened or counted."""
    known: dict[str, Callable[[Any], str]] = {
        "release": lambda n: _("第 {n} 批").format(n=n), "rows": lambda n: _("{n} 个数").format(n=n), "note": str,
        "files": lambda some: _("{n} 个文件").format(n=len(some)), "file": lambda mark: "",
        "withdraws": lambda some: _("撤销了第 {names} 批").format(names=listed(map(str, some))) if some else "",
        "kind": lambda kind: {"file": _("文件"), "batch": _("批次"), "correction": _("更正")}.get(kind, kind),
        "draft": lambda mark: _("草稿 {mark}").format(mark=mark[:8]),
    }  # fmt: skip
    try:
        said = json.loads(detail)
    except ValueError:
        return detail
    if not isinstance(said, dict):
        return detail
    parts = [known[name](said[name]) for name in known if name in said]
    rest = [f"{name}: {value}" for name, value in said.items() if name not in known and value not in ("", [], None)]
    return " · ".join(filter(None, parts + rest))


def action_word(action: str) -> str:
    """Return what an entry of the log says was done."""
    known = {
        "draft": _("新建草稿"), "draft_deleted": _("收起草稿"), "submitted": _("提交审核"), "approved": _("审核通过"),
        "returned": _("退回"), "comment": _("意见"), "publish": _("发布"), "undo": _("撤销"), "shipped": _("随程序分发"),
        "alias": _("记住写法"), "alias_deleted": _("忘记写法"), "user": _("人员"), "setting": _("改规则"), "export": _("导出"),
        "verify": _("核验"), "restore": _("恢复备份"), "layout_forgotten": _("忘记表式"),
        "refused": _("拒绝"), "sign_in": _("登录"), "sign_out": _("退出登录"),
    }  # fmt: skip
    return known.get(action, action)
