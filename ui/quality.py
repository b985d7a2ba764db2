"""The parts of the quality page: nothing that is doubtful stays out of sight."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
import pyarrow as pa
import streamlit as st

from store.base import Release
from tidy.checks.identities import Identity, Verdict, load_identities, verdict
from tidy.exhibits import city_name, group_name
from tidy.format import bounds, plain
from tidy.intervals import Interval
from tidy.language import _, current, listed, pick
from tidy.measures.series import tuples
from tidy.schema import DATA, GROUPS
from ui import address, build, cached, drawer, reads
from ui.choice import Choice


@lru_cache(maxsize=1)
def _identities() -> list[Identity]:
    return load_identities(DATA / "identities.csv")


def verdicts(choice: Choice) -> list[tuple[Identity, Verdict]]:
    """Return every identity of the shipped documents with its verdict on the figures of the vintage."""
    found: list[tuple[Identity, Verdict]] = cached.made(_verdicts, Choice(as_of=choice.as_of))
    return found


def _verdicts(choice: Choice) -> list[tuple[Identity, Verdict]]:
    ids = tuple(dict.fromkeys(i for identity in _identities() for i in identity.observation_ids))
    rows = cached.observations_by_id(ids)
    reporters = cached.reference(choice).reporters
    return [(identity, verdict(identity, rows, reporters)) for identity in _identities()]


@lru_cache(maxsize=4)
def shipped(name: str) -> pd.DataFrame:
    """Return a shipped register (contradictions, known_errors, numerals_not_figures) as text."""
    return pd.read_csv(DATA / f"{name}.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")


def headline(choice: Choice) -> None:
    """Show the counts an official asks for first."""
    found = verdicts(choice)
    holds = sum(v.status == "holds" for _i, v in found)
    have, expected = cached.made(build.reporting, choice)
    columns = st.columns(4)
    columns[0].metric(_("没有数字的试点"), f"{expected - have} / {expected}", border=True)
    columns[1].metric(_("成立的勾稽关系"), f"{holds} / {len(found)}", border=True)
    columns[2].metric(_("矛盾"), len(shipped("contradictions")), border=True)
    columns[3].metric(_("不是统计数的数字"), f"{len(shipped('numerals_not_figures')):,}", border=True)


def missing(choice: Choice) -> None:
    """List the pilots that have not reported a group, with a message to copy."""
    address.bind("page_quality_group", "group", list(GROUPS))
    group = st.selectbox(_("指标组"), list(GROUPS), index=3, key="page_quality_group", format_func=group_name)
    expected, table, names = cached.made(_silent, choice, group)
    silent = len(names)
    st.markdown(
        _("{group}：{expected} 家中 {silent} 家没有填报。").format(
            group=group_name(group), expected=expected, silent=silent
        )
    )
    if not silent:
        return
    st.dataframe(table, hide_index=True, alt=_("催报"))
    st.caption(_("催报文字（可复制）"))
    st.code(
        _("请下列单位补报“{group}”数据，没有发生的填 0，不掌握的写明原因：{names}。").format(
            group=group_name(group), names=listed(names)
        ),
        language=None,
        wrap_lines=True,
    )


def _silent(choice: Choice, group: str) -> tuple[int, pa.Table, list[str]]:
    """How many should report a group, those who have not by city, and their names."""
    expected = build.pilots(choice)
    told = reads.reported(choice)
    silent = expected[~expected["reporter_id"].isin(told.loc[told["group"] == group, "reporter_id"])]
    names = [pick(*both) for both in tuples(silent, "name", "name_en")]
    by_city: dict[str, list[str]] = {}
    for city, name in zip(silent["city"].tolist(), names, strict=True):
        by_city.setdefault(str(city), []).append(name)
    table = pd.DataFrame(
        {
            _("城市"): [city_name(city) for city in by_city],
            _("未填报"): [len(own) for own in by_city.values()],
            _("单位"): [listed(own) for own in by_city.values()],
        }
    )
    return len(expected), cached.sent(table), names


def identities(choice: Choice) -> None:
    """List the identities with both sides and the verdict; a row opens its figures."""
    words = {"holds": _("成立"), "fails": _("不成立"), "cannot_tell": _("无法判断")}
    marks = {"holds": "✓", "fails": "✗", "cannot_tell": "?"}
    found = sorted(verdicts(choice), key=lambda pair: ("fails", "cannot_tell", "holds").index(pair[1].status))
    table = pd.DataFrame(
        {
            _("结论"): [f"{marks[v.status]} {words[v.status]}" for _i, v in found],
            _("关系"): [pick(i.name, i.name_en) for i, _v in found],
            _("左边"): [_side(v.left) for _i, v in found],
            _("右边"): [_side(v.right) for _i, v in found],
            _("相差"): ["" if v.gap is None else plain(v.gap) for _i, v in found],
            _("备注"): [i.note for i, _v in found],
        }
    )
    event = st.dataframe(table, hide_index=True, height=520, on_select="rerun", selection_mode="single-row",
                         key="page_quality_identities", alt=_("勾稽关系"))  # fmt: skip
    st.caption(_("选中一行，打开它的各个数。"))
    if event.selection.rows:
        drawer.open_once("identities", found[event.selection.rows[0]][0].observation_ids)


def _side(side: Interval | None) -> str:
    return "" if side is None else bounds(Interval(round(side.low, 4), round(side.high, 4)))


def contradictions(choice: Choice) -> None:
    """Show each contradiction as a card with both values and both places."""
    cards = shipped("contradictions")
    if cards.empty:
        st.info(_("没有发现矛盾。"))
    for number, card in enumerate(cards.itertuples()):
        with st.container(border=True, key=f"card_contradiction_{number}"):
            st.markdown(f"**{pick(card.title, card.title_en)}**")
            st.caption(pick(card.difference, getattr(card, "difference_en", "")))
            if st.button(_("看两处原文"), key=f"page_quality_contradiction_{number}"):
                drawer.open_for(card.observation_ids.split("|"))


def ledger() -> None:
    """Count every numeral of the documents that is not a figure, by reason."""
    table = shipped("numerals_not_figures")
    figures = sum(reads.indicator_counts(Choice(), GROUPS).values())
    counts = pd.crosstab(table["reason"], table["source_id"].str[:3])
    counts[_("合计")] = counts.sum(axis=1)
    st.markdown(
        _("五份材料中的每个数字都有交代：{figures} 个是统计数（已入库），{others} 个不是，按理由列下。").format(
            figures=figures, others=len(table)
        )
    )
    counts = counts.sort_values(_("合计"), ascending=False).rename_axis(_("理由")).reset_index()
    counts[_("理由")] = counts[_("理由")].map(reason_name)
    st.dataframe(counts, hide_index=True, alt=_("数字台账"))
    reason = st.selectbox(_("看这一类"), sorted(table["reason"].unique()), format_func=reason_name)
    shown = table[table["reason"] == reason][["source_id", "locator", "printed"]]
    st.dataframe(shown.set_axis([_("材料"), _("位置"), _("所印")], axis=1), hide_index=True, height=260)


def reason_name(reason: str) -> str:
    """Return why a numeral is no figure, in the reader's language."""
    names = {
        "date": _("日期"), "ordinal": _("序数"), "name": _("名称"), "model": _("模式"), "slogan": _("口号"),
        "threshold": _("门槛"), "frequency": _("频率"), "page": _("页码"), "telephone": _("电话"),
        "address": _("地址"), "article": _("冠词“一”"), "word": _("词中字"), "duration": _("时长"),
        "period": _("时期"), "mark": _("注号"), "age": _("年龄"), "other": _("其他"),
    }  # fmt: skip
    return names.get(reason, reason)


def known_errors() -> None:
    """Show the register of known errors of the sources."""
    table = shipped("known_errors")
    names = {
        "source_id": _("材料"),
        "locator": _("位置"),
        "printed": _("所印"),
        "reason": _("差错"),
        "status": _("状态"),
    }
    if current() == "en" and "reason_en" in table:
        table = table.assign(reason=table["reason_en"])
    st.dataframe(table[list(names)].rename(columns=names), hide_index=True, alt=_("原文差错"))


def release_note(release: Release) -> str:
    """Return why a release was published; the program's own first one speaks the reader's language."""
    return _("随程序发布的数据") if release.by == "system" else release.note


def releases() -> None:
    """Show what each release published and why."""
    listed = reversed(cached.store().releases())
    table = pd.DataFrame(
        {
            _("批次"): r.id,
            _("时间"): r.at.astimezone().strftime("%Y-%m-%d %H:%M"),
            _("发布人"): r.by,
            _("说明"): release_note(r),
            _("个数"): r.rows,
            _("状态"): _("有效") if r.in_force else _("已撤回"),
            "sha256": r.sha256[:12],
        }
        for r in listed
    )
    st.dataframe(table, hide_index=True, alt=_("发布历史"))
