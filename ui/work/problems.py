"""All problems of a draft, grouped: each with its cell, the raw text and what to do; mended in place or acknowledged."""

from __future__ import annotations

import hashlib
from itertools import groupby

import pandas as pd
import streamlit as st

from tidy.language import _
from tidy.problems import Problem
from ui import cached
from ui.who import Person
from ui.work import adapter, drafts, register, unsaved, words
from ui.work.drafts import Work

# Codes of headings that nobody knows, with what they may name.
STRANGERS = {
    "unknown_reporter": ("reporter",),
    "unknown_indicator": ("indicator",),
    "unknown_heading": ("reporter", "indicator"),
    "unknown_scope": ("indicator",),
}
FOCUS, STEP = "_upload_focus", "page_upload_step"
SPELT_OUT = 3  # problems of a group that are written out in full above its table
MARKS = {"error": "✕", "warning": "!", "note": "i"}


def show(id: str, person: Person) -> None:
    """Show what is open, group by group, then what has been settled."""
    work = drafts.open_work(id)
    if work.stage == drafts.REFUSED:
        _refused(work, person)
        return
    if not work.problems:
        st.success(_("没有发现问题。"), icon=":material/task_alt:")
        return
    if not work.open_problems:
        st.success(_("全部问题都已解决或说明。"), icon=":material/task_alt:")
    for severity in ("error", "warning"):
        own = [p for p in work.open_problems if p.severity == severity]
        for code, group in groupby(sorted(own, key=lambda p: p.code), key=lambda p: p.code):
            _group(work, code, list(group), person)
    _settled(work)


def _refused(work: Work, person: Person) -> None:
    """A file that could not be read: why, and another try; nothing in it can be mended here."""
    for problem in work.problems:
        st.error(words.plain(str(problem)))
    st.caption(_("改好文件后用“重新上传”；如果只是当时太忙，可以再读一次。"))
    if st.button(_("再读一次"), icon=":material/refresh:", key="refused_again"):
        drafts.read_in(work.draft.id, person.name)
        st.rerun(scope="app")


def _group(work: Work, code: str, group: list[Problem], person: Person) -> None:
    first = group[0]
    title = f"{MARKS[first.severity]} {words.severity(first.severity)} · {title_of(code)} · {len(group)}"
    with st.expander(title, expanded=len(group) <= 50, key=f"problems_{code}"):
        for problem in group[:SPELT_OUT]:
            st.markdown(words.plain(str(problem)))
        table = _table(group, code)
        changed = unsaved.editor(
            _place(work, group),
            "",
            table,
            hide_index=True,
            row_height=64,
            column_config=_columns(code),
            disabled=[_("位置"), _("原文"), _("问题与办法")],
            alt=title,
        )
        with st.container(horizontal=True):
            if st.button(_("保存这一组"), key=f"save_{code}", type="primary", icon=":material/save:"):
                _save(work, code, group, changed, person)
            if work.tabular and first.cell:
                places = [f"{p.sheet}!{p.cell}" for p in group]
                place = st.selectbox(_("到单元格"), places, key=f"jump_{code}", label_visibility="collapsed", width=220)
                _register(work, code, group, person)
                st.button(
                    _("看这个单元格"), key=f"go_{code}", on_click=_jump, args=(place,), icon=":material/my_location:"
                )


def _register(work: Work, code: str, group: list[Problem], person: Person) -> None:
    """A name that no reporter of the roster has may be a new one."""
    if "reporter" not in STRANGERS.get(code, ()):
        return
    with st.popover(_("登记为新单位"), icon=":material/add_business:", key=f"register_{code}"):
        text = st.selectbox(_("哪一个名称"), list(dict.fromkeys(p.text for p in group)), key=f"register_which_{code}")
        if text and register.form(text, f"register_{hashlib.sha256(text.encode()).hexdigest()[:8]}", person):
            drafts.read_in(work.draft.id, person.name)
            st.rerun(scope="app")


def title_of(code: str) -> str:
    """Return a group's name in words."""
    known = {
        "unknown_reporter": _("填报单位不在名册"), "unknown_indicator": _("指标不在指标表"), "unknown_heading": _("标题不认识"),
        "unknown_scope": _("口径词不认识"), "not_a_number": _("不是数"), "number_in_text": _("文字里夹着数"),
        "no_period": _("没有时期"), "no_reporter": _("没有填报单位"), "duplicate_key": _("重复的数"), "total_differs": _("合计对不上"),
        "jump": _("与以往相差过大"), "history_changed": _("以往数与已发布不同"), "doubtful_layout": _("表的结构把握不大"),
        "above_maximum": _("超过上限"), "part_exceeds_whole": _("其中数大于总数"), "rate_differs": _("比率对不上"),
        "number_as_text": _("数字存成了文本"), "unit_mismatch": _("计量单位不符"), "formula_error": _("公式出错"),
        "hidden_data": _("隐藏的行列里有数"), "ambiguous_heading": _("表头有歧义"), "future_period": _("时期在将来"),
        "negative": _("负数"), "uncached_formula": _("公式没有算出的值"), "merged_data": _("数据区有合并单元格"),
        "no_figures": _("没有找到数"), "period_missing": _("没有时期"),
    }  # fmt: skip
    return known.get(code, _("其他问题"))


def _place(work: Work, group: list[Problem]) -> str:
    """The name of a group's answers: another group is asked anew."""
    asked = hashlib.sha256("\n".join(map(drafts.key, group)).encode()).hexdigest()
    return f"editor_{work.draft.id}_{asked[:12]}"


def _table(group: list[Problem], code: str) -> pd.DataFrame:
    """A line a problem; what is to be filled in comes first, so that a narrow screen shows it."""
    answer = _("是指") if code in STRANGERS else _("改为")
    lines = [
        {
            _("位置"): f"{p.sheet}!{p.cell}" if p.cell else p.sheet or p.file,
            _("原文"): p.text,
            answer: "",
            _("不发布"): False,
            _("理由"): "",
            _("问题与办法"): f"{p.message} → {p.advice}" if p.advice else p.message,
        }
        for p in group
    ]
    return pd.DataFrame(lines)


def _columns(code: str) -> dict[str, object]:
    config = st.column_config
    columns: dict[str, object] = {
        _("位置"): config.TextColumn(width=100),
        _("原文"): config.TextColumn(width=110),
        _("问题与办法"): config.TextColumn(width=330),
        _("不发布"): config.CheckboxColumn(help=_("这些单元格的数不发布，其余照常"), width=90),
        _("理由"): config.TextColumn(help=_("写了理由就算已确认，以后不再提醒"), width=150),
        _("改为"): config.TextColumn(help=_("改这个单元格的内容，保存后整张表重新检查"), width=130),
    }
    if code in STRANGERS:
        names = sorted(name for kind in STRANGERS[code] for name in names_of(kind))
        said = _("选定后记住，以后同样的写法不再询问")
        columns[_("是指")] = config.SelectboxColumn(options=names, help=said, width=150)
    return columns


def names_of(kind: str) -> dict[str, str]:
    """Return name → id of all reporters or indicators; equal names are told apart by their id."""
    table = getattr(cached.reference(), f"{kind}s")
    names: dict[str, str] = {}
    for name, id in zip(table["name"], table[f"{kind}_id"], strict=True):
        names[f"{name}（{id}）" if name in names else str(name)] = str(id)
    return names


def _save(work: Work, code: str, group: list[Problem], changed: pd.DataFrame, person: Person) -> None:
    """Save the answers of a group: names are remembered, cells corrected, reasons kept; then read again."""
    answers = list(changed.itertuples(index=False, name=None))
    texts = [[str(a or "").strip() for a in answer] for answer in answers]
    left_out = [(p, a[4]) for p, a, raw in zip(group, texts, answers, strict=True) if raw[3]]
    reasons = [(p, a[4]) for p, a, raw in zip(group, texts, answers, strict=True) if a[4] and not raw[3]]
    given = [(p, a[2]) for p, a in zip(group, texts, strict=True) if a[2]]
    if any(not reason for _p, reason in left_out):
        st.warning(_("不发布的数请写理由。"))
        return
    if code not in STRANGERS and any(p.severity == "error" for p, _r in reasons):
        st.warning(_("错误要改正，或勾选“不发布”并写理由；只写理由不够。"))
        return
    unsaved.forget(_place(work, group))
    for problem, reason in left_out + reasons:
        drafts.acknowledge(work.draft.id, person.name, [problem], reason, leave_out=problem.severity == "error")
    if given:
        _answer(work, code, given, person)
    st.rerun(scope="app")


def _answer(work: Work, code: str, given: list[tuple[Problem, str]], person: Person) -> None:
    if code in STRANGERS:
        for problem, name in given:
            kind = next(kind for kind in STRANGERS[code] if name in names_of(kind))
            cached.store().save_alias(kind, problem.text, names_of(kind)[name], by=person.name)
        drafts.read_in(work.draft.id, person.name)
        return
    if not work.tabular:
        drafts.edit(work.draft.id, person.name, {p.cell: {"as_printed": text} for p, text in given})
        return
    cells = {f"{p.sheet}!{p.cell}": text for p, text in given if p.cell}
    kept = work.said("decisions").get(adapter.CELLS, {})
    drafts.decide(work.draft.id, person.name, {adapter.CELLS: {**kept, **cells}})


def _jump(place: str) -> None:
    st.session_state[FOCUS] = place
    st.session_state[STEP] = "preview"


def _settled(work: Work) -> None:
    """What was acknowledged, with the reason and by whom; what the last reading solved."""
    said = work.said("acknowledged")
    done = [(p, said[drafts.key(p)]) for p in work.problems if drafts.key(p) in said]
    notes = [p for p in work.problems if p.severity == "note"]
    solved = work.findings("solved")
    if done:
        with st.expander(_("已说明（{n}）").format(n=len(done)), key="problems_done"):
            rows = [{_("问题"): str(p), _("理由"): s["reason"], _("说明人"): s["by"]} for p, s in done]
            st.dataframe(pd.DataFrame(rows), hide_index=True)
    if solved:
        with st.expander(_("上次重新读取解决的（{n}）").format(n=len(solved)), key="problems_solved"):
            st.dataframe(pd.DataFrame({_("问题"): [str(p) for p in solved]}), hide_index=True)
    if notes:
        with st.expander(_("提示（{n}）").format(n=len(notes)), key="problems_notes"):
            st.dataframe(pd.DataFrame({_("提示"): [str(p) for p in notes]}), hide_index=True)


def difference(work: Work) -> None:
    """What the last check solved and what it found that was not there before."""
    for name, said, show_ in (
        ("solved", _("上次改动解决了 {n} 个问题"), st.success),
        ("appeared", _("上次改动新出现 {n} 个问题"), st.warning),
    ):
        found = [words.plain(str(problem)) for problem in work.findings(name)]
        if found:
            more = "\n".join(f"- {line}" for line in found[:SPELT_OUT])
            show_(f"{said.format(n=len(found))}\n{more}")


def annotated_button(work: Work) -> None:
    """Offer the workbook with its bad cells coloured and commented."""
    st.download_button(
        _("批注工作簿"),
        lambda: adapter.annotated(cached.store().draft_content(work.draft.id), work.draft.file_name, work.problems),
        file_name=f"{work.draft.file_name.rpartition('.')[0]}-批注.xlsx",
        key="upload_annotated",
        icon=":material/rate_review:",
        on_click="ignore",
        disabled=not work.tabular or not work.problems,
        help=_("有问题的单元格着色并批注，另附“问题清单”；改好后用“重新上传”。"),
    )
