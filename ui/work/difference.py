"""The difference against what is published, for one draft or a whole batch."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from tidy import periods
from tidy.exhibits import city_name
from tidy.format import plain
from tidy.language import _
from ui import cached, reads
from ui.choice import Choice
from ui.who import Person
from ui.work import compare, drafts, words

MOST = 5_000


def show(id: str, person: Person) -> None:
    """Show what publishing one draft would change."""
    work = drafts.open_work(id)
    if work.registers:
        st.dataframe(pd.DataFrame(work.registers), hide_index=True, alt=_("登记单位"))
        return
    table(compared(work.figures, [work.draft.file_name], work.taken_back), f"draft_{id}")


def compared(figures: pd.DataFrame, file_names: list[str], gone: Sequence[str] = ()) -> pd.DataFrame:
    """Return the comparison of figures with what is published; earlier files of the same name count as replaced."""
    sources = cached.reference().sources
    replaced = sources.loc[sources["title"].isin(file_names), "source_id"]
    return compare.compare(figures, reads.figures(Choice()), tuple(replaced), gone)


def kind_word(kind: str) -> str:
    """Return the word for a kind of change, with a mark that does without colour."""
    return {
        compare.NEW: _("＋ 新增"), compare.CHANGED: _("△ 变更"), compare.WITHDRAWN: _("－ 不再出现"),
        compare.UNCHANGED: _("＝ 不变"), "jump": _("⚑ 年际跳变"),
    }[kind]  # fmt: skip


def table(found: pd.DataFrame, key: str) -> None:
    """Show the comparison with filters by kind, leap, city, reporter and indicator."""
    if found.empty:
        st.info(_("这里还没有可以发布的数。先解决问题或完成审读。"))
        return
    counted = compare.counts(found)
    kinds = [kind for kind in (*compare.KINDS, "jump") if counted[kind]]
    chosen = st.pills(
        _("只看"), kinds, selection_mode="multi", key=f"diff_kinds_{key}",
        format_func=lambda kind: f"{kind_word(kind)} {counted[kind]}",
    )  # fmt: skip
    shown = found[_wanted(found, list(chosen))] if chosen else found[found["kind"].ne(compare.UNCHANGED)]
    if shown.empty:
        st.success(_("与已发布的数完全一致（{n} 个）。").format(n=counted[compare.UNCHANGED]))
        return
    shown = _narrowed(shown, key)
    st.dataframe(readable(shown.head(MOST)), hide_index=True, key=f"diff_{key}", alt=_("与已发布的数比较"))
    if len(shown) > MOST:
        st.caption(_("共 {n} 个，显示前 {shown} 个；选城市、单位或指标看其余的。").format(n=len(shown), shown=MOST))


def _narrowed(shown: pd.DataFrame, key: str) -> pd.DataFrame:
    """The rows of the chosen cities, reporters and indicators; each list offers what the ones before it leave."""
    reporters = cached.reference().reporters
    shown = shown.assign(
        city=shown["reporter_id"].map(dict(zip(reporters["reporter_id"], reporters["city"], strict=True)))
    )
    asked = (("city", _("设区市"), city_name), ("reporter_id", _("填报单位"), words.reporter),
             ("indicator_id", _("指标"), words.indicator))  # fmt: skip
    for place, (column, label, name) in zip(st.columns(len(asked)), asked, strict=True):
        options = sorted(filter(None, shown[column].dropna().unique()), key=name)
        widget = f"diff_{column}_{key}"
        st.session_state[widget] = [one for one in st.session_state.get(widget, []) if one in options]
        chosen = place.multiselect(label, options, key=widget, format_func=name, placeholder=_("全部"))
        shown = shown[shown[column].isin(chosen)] if chosen else shown
    return shown


def _wanted(found: pd.DataFrame, chosen: list[str]) -> pd.Series:
    wanted = found["kind"].isin(chosen)
    return wanted | found["jump"] if "jump" in chosen else wanted


def readable(found: pd.DataFrame) -> pd.DataFrame:
    """Return a comparison under words: old → new, size of the change, the leap."""
    rows = [
        {
            _("变化"): kind_word(row.kind),
            _("填报单位"): words.reporter(row.reporter_id),
            _("指标"): words.indicator(row.indicator_id) + (f"（{row.scope}）" if row.scope else ""),
            _("时期"): periods.label(row.period),
            _("性质"): words.measure(row.measure),
            _("已发布"): _figure(row, "_old"),
            _("本次"): _figure(row, ""),
            _("增减"): _size(row),
            _("跳变"): _leap(row) if row.jump else "",
            _("位置"): row.locator if isinstance(row.locator, str) else "",
        }
        for row in found.itertuples()
    ]
    return pd.DataFrame(rows)


def _figure(row: object, side: str) -> str:
    value = getattr(row, f"value{side}")
    if pd.isna(value):
        return "—"
    parts = (getattr(row, f"{name}{side}") for name in ("low", "high", "unit", "qualifier"))
    return words.figure(value, *parts)  # type: ignore[arg-type]


def _size(row: object) -> str:
    change, old = row.change, row.value_old  # type: ignore[attr-defined]
    if pd.isna(change) or not change:
        return ""
    if row.unit == "%":  # type: ignore[attr-defined]
        return _("{points} 个百分点").format(points=f"{change:+.2f}".rstrip("0").rstrip("."))
    share = f"（{change / old:+.1%}）" if old else ""
    return f"{'+' if change > 0 else ''}{plain(change)}{share}"


def _leap(row: object) -> str:
    before = row.before if pd.notna(row.before) else row.value_old  # type: ignore[attr-defined]
    return (
        _("⚑ 上年 {before}").format(before=plain(before))
        if pd.notna(row.before)
        else _("⚑ 原为 {before}").format(before=plain(before))
    )  # type: ignore[attr-defined]
