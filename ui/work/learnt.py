"""What the program has learnt from people: spellings that stand for names, and forms with their corrections."""

from __future__ import annotations

import json

import pandas as pd
import streamlit as st

from tidy.language import _
from ui import cached
from ui.who import Person
from ui.work import adapter, words


def show(person: Person) -> None:
    """Show spellings and forms; each can be forgotten."""
    st.subheader(_("记住的写法"), anchor=False)
    _aliases(person)
    st.subheader(_("记住的表式"), anchor=False)
    _layouts(person)


def _aliases(person: Person) -> None:
    kinds = {"indicator": _("指标"), "reporter": _("填报单位"), "period": _("时期")}
    found = [(kind, alias, target) for kind, own in adapter.aliases().items() for alias, target in own.items()]
    if not found:
        st.info(_("还没有。在“数据填报”里说明一个不认识的名称，就会记在这里。"))
        return
    name = {"indicator": words.indicator, "reporter": words.reporter, "period": str}
    table = pd.DataFrame([
        {_("忘记"): False, _("种类"): kinds[kind], _("写法"): alias, _("是指"): name[kind](target), _("编号"): target}
        for kind, alias, target in found
    ])  # fmt: skip
    changed = st.data_editor(
        table, hide_index=True, disabled=list(table.columns[1:]), key=f"aliases_{len(found)}", alt=_("记住的写法")
    )
    gone = [one for one, drop in zip(found, changed[_("忘记")], strict=True) if drop]
    if st.button(_("忘记 {n} 个写法").format(n=len(gone)), disabled=not gone, key="aliases_forget"):
        for kind, alias, _target in gone:
            cached.store().delete_alias(kind, alias, by=person.name)
        st.rerun()


def _layouts(person: Person) -> None:
    heads = {key: {_("表头"): said} for key, said in cached.store().recall_all(adapter.HEADS).items()}
    decided = cached.store().recall_all(adapter.LAYOUT)
    found = {key: {**decided.get(key, {}), **heads.get(key, {})} for key in sorted({*decided, *heads})}
    if not found:
        st.info(_("还没有。在“识别结果”里更正一张表的表头、行标题或单位，就会记在这里。"))
        return
    table = pd.DataFrame(
        [
            {_("忘记"): False, _("表式"): key, _("记住的内容"): json.dumps(said, ensure_ascii=False)}
            for key, said in found.items()
        ]
    )
    changed = st.data_editor(
        table, hide_index=True, disabled=list(table.columns[1:]), key=f"layouts_{len(found)}", alt=_("记住的表式")
    )
    gone = [key for key, drop in zip(found, changed[_("忘记")], strict=True) if drop]
    if st.button(_("忘记 {n} 种表式").format(n=len(gone)), disabled=not gone, key="layouts_forget"):
        for key in gone:
            for kind in (adapter.LAYOUT, adapter.HEADS):
                cached.store().forget(kind, key)
            cached.store().log("layout_forgotten", person.name, {"layout": key})
        st.rerun()
