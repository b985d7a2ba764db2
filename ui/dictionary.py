"""The parts of the dictionary page."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from tidy import values
from tidy.exhibits import city_name, group_name, measure_name, type_name
from tidy.format import qualifier_word, unit_name
from tidy.language import _, listed, pick
from tidy.schema import GROUPS
from ui import address, cached, reads
from ui.choice import Choice


def indicators(choice: Choice) -> None:
    """Show the indicators of a group, narrowed by a search in names, aliases and definitions."""
    left, right = st.columns([1, 2])
    address.bind("page_dictionary_group", "group", ["", *GROUPS])
    group = left.selectbox(
        _("指标组"), ["", *GROUPS], key="page_dictionary_group", format_func=lambda g: group_name(g) if g else _("全部")
    )
    address.bind("page_dictionary_search", "q")
    asked = right.text_input(_("查找"), key="page_dictionary_search", placeholder=_("名称、别名或定义中的字"))
    rows = cached.made(_found, Choice(as_of=choice.as_of), group, asked)
    if not len(rows):
        st.info(_("没有符合的指标。换一个字，或选全部。"))
        return
    st.caption(_("{count} 个指标").format(count=len(rows)))
    st.dataframe(rows, hide_index=True, height=480, alt=_("指标口径"))


def _found(choice: Choice, group: str, asked: str) -> pa.Table:
    """The rows of the indicators of a group with the words that are looked for."""
    table = cached.reference(choice).indicators
    table = table[table["group"] == group] if group else table
    if asked:
        words = table[["name", "name_en", "aliases", "definition", "definition_en"]].agg(" ".join, axis=1)
        table = table[words.str.contains(asked, case=False, regex=False)]
    return cached.sent(_listed(table, cached.indicator_names(choice), reads.indicator_counts(choice, GROUPS)))


def _listed(table: pd.DataFrame, names: dict[str, str], counts: dict[str, int]) -> pd.DataFrame:
    directions = {"up": _("越高越好"), "down": _("越低越好"), "none": _("无方向")}
    rows = [
        {
            _("指标"): names[r.indicator_id],
            _("组"): group_name(r.group),
            _("定义"): pick(r.definition, r.definition_en),
            _("公式"): _formula(r, names),
            _("单位"): unit_name(r.unit),
            _("计量性质"): measure_name(r.measure),
            _("可相加"): _("可") if r.additive else _("不可"),
            _("方向"): directions[r.direction],
            _("上限"): "" if pd.isna(r.maximum) else f"{r.maximum:g}",
            _("个数"): counts.get(r.indicator_id, 0),
            _("编号"): r.indicator_id,
        }
        for r in table.itertuples()
    ]
    return pd.DataFrame(rows)


def _formula(row: Any, names: dict[str, str]) -> str:
    if not (row.numerator_id and row.denominator_id):
        return ""
    return f"{names.get(row.numerator_id, row.numerator_id)} ÷ {names.get(row.denominator_id, row.denominator_id)}"


def qualifiers() -> None:
    """Show the table of printed qualifiers that the parser applies."""
    positions = {"before": _("数字前"), "inside": _("数与单位间"), "after": _("数字后"), "digit": _("数位上"),
                 "range": _("两数间"), "none": _("没有"), "contradictory": _("相反并用")}  # fmt: skip
    rows = [
        {
            _("所印"): listed(rule.printed) or "—",
            _("位置"): positions[rule.position],
            _("性质"): qualifier_word(rule.qualifier),
            _("下界"): _end(rule.low, rule.low_open),
            _("上界"): _end(rule.high, rule.high_open),
            _("含义"): pick(rule.meaning, rule.meaning_en),
        }
        for rule in values.rules()
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, alt=_("限定词的含义"))
    st.caption(_("v 是所印的数，u 是末位有效数字的一个单位：500余的 u 为 100，49万余的 u 为 1万，1230余的 u 为 10。"))


def _end(rule: str, is_open: bool) -> str:
    if not rule:
        return _("不限")
    return f"{rule}（{_('不含')}）" if is_open else rule


def rules() -> None:
    """State the rules of arithmetic in plain words."""
    for rule in (
        _("只有可相加的指标才求和，且须同一计量性质、同一时期、互不包含的单位；上下界各自相加，并写明几家填报。"),
        _("比率不求平均：分子分母都有时用合计相除，否则列出最低、中间、最高。"),
        _("时点数取该时期内或之前最新的一个；时期数取该时期内；累计数不跨年相加、不作同比；计划数不与实绩混用。"),
        _("上下界重叠的单位给名次区间；跨过阈值的给第四种灯（斜纹）。"),
        _("未填报就是未填报，不当作零，也不补数。"),
    ):
        st.markdown(f"- {rule}")


def classes(choice: Choice) -> None:
    """Show each pilot's type with the basis of the judgement."""
    st.dataframe(
        cached.made(_classes, Choice(as_of=choice.as_of)), hide_index=True, height=420, alt=_("试点的归类及依据")
    )
    st.caption(_("原文只印四类合计，没有逐个列出；这里的归类由本库按名称与正文判断，与所印合计不一致处见数据质量。"))


def _classes(choice: Choice) -> pa.Table:
    reporters = cached.reference(choice).reporters
    pilots = reporters[reporters["kind"] == "pilot"]
    rows = [
        {
            _("试点"): pick(r.name, r.name_en),
            _("类型"): type_name(r.pilot_type),
            _("依据"): getattr(r, "type_basis", ""),
            _("层级"): r.pilot_level,
            _("城市"): city_name(r.city),
            _("县（市、区）"): r.county,
            _("出处"): f"{r.source_id[:3]} · {r.locator}",
        }
        for r in pilots.itertuples()
    ]
    return cached.sent(pd.DataFrame(rows))


def sources(choice: Choice) -> None:
    """Show the documents and workbooks that the figures come from."""
    st.dataframe(cached.made(_sources, Choice(as_of=choice.as_of)), hide_index=True, alt=_("材料"))
    st.caption(_("sha256 是原件的指纹：手里的文件与它一致，才是当时读的那一份。"))


def _sources(choice: Choice) -> pa.Table:
    rows = [
        {
            _("题名"): r.title,
            _("出版者"): r.publisher,
            _("日期"): r.date,
            _("备注"): r.note,
            _("编号"): r.source_id,
            "sha256": str(r.sha256)[:12],
        }
        for r in cached.reference(choice).sources.itertuples()
    ]
    return cached.sent(pd.DataFrame(rows))
