"""Words that the pages for analysts share: states, kinds, severities, names."""

from __future__ import annotations

from datetime import datetime

from store.clock import HOME
from tidy.format import amount
from tidy.language import _, pick
from ui import cached
from ui.work import drafts
from ui.work.drafts import Work


def plain(text: str) -> str:
    """Return text from files and people so that Markdown does not read it as its own."""
    for mark in "\\`*_{}[]<>#$~:|":
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\n", " ")


def when(moment: datetime) -> str:
    """Return a moment as an office in Zhejiang writes it."""
    return moment.astimezone(HOME).strftime("%Y-%m-%d %H:%M")


def severity(name: str) -> str:
    """Return the word for a severity."""
    return {"error": _("错误"), "warning": _("警告"), "note": _("提示")}[name]


def measure(name: str) -> str:
    """Return the word for a measure."""
    known = {"stock": _("时点数"), "flow": _("时期数"), "cumulative": _("累计数"), "target": _("计划数")}
    return known.get(name, name or _("未定"))


def qualifier(name: str) -> str:
    """Return the word for a qualifier."""
    known = {"exact": _("确数"), "approx": _("约数"), "at_least": _("不少于"), "at_most": _("不多于")}
    return known.get(name, name)


def kind(work: Work) -> str:
    """Return what a draft is: workbook, report or correction."""
    known = {
        "workbook": _("表格"),
        "template": _("填报表"),
        "report": _("报告"),
        "correction": _("更正"),
        "withdrawal": _("撤回"),
        "registration": _("登记单位"),
        "refused": _("无法读取"),
    }
    return known.get(work.kind, _("待读取"))


def state(work: Work) -> str:
    """Return where a draft stands, with a mark that does without colour."""
    if work.stage == drafts.READ and work.barred:
        return _("◇ 试用样例")
    unread = _("✕ 无法读取") if work.stage == drafts.REFUSED else _("… 待读取")
    said = _ready_state(work) if work.stage == drafts.READ else unread
    return _("◇ 示例 {state}").format(state=said) if work.sample else said


def _ready_state(work: Work) -> str:
    """Whether a draft that was read can be published, and what it wants if not."""
    summary = work.draft.state.get("summary", {})
    if work.draft.status == "returned":
        return _("↩ 已退回")
    if summary.get("ready"):
        return _("✓ 可以发布")
    if summary.get("errors"):
        return _("✕ 有错误")
    if summary.get("warnings"):
        return _("! 有警告未确认")
    return _("? 待审读") if summary.get("pending") else _("○ 没有可发布的数")


def outcome(work: Work) -> str:
    """Return in one line what a reading found."""
    if work.stage != drafts.READ:
        return str(work.problems[0]) if work.problems else _("无法读取")
    found = work.draft.state.get("summary", {})
    return _("{figures} 个数，{pending} 个待审，{errors} 个错误，{warnings} 个警告").format(
        figures=found["figures"], pending=found["pending"], errors=found["errors"], warnings=found["warnings"]
    )


def reporter(id: str) -> str:
    """Return a reporter's name."""
    return _names("reporters", "reporter_id").get(id, id) or "—"


def indicator(id: str) -> str:
    """Return an indicator's name."""
    return _names("indicators", "indicator_id").get(id, id) or "—"


def _names(table: str, key: str) -> dict[str, str]:
    found = getattr(cached.reference(), table)
    return {
        id: pick(name, name_en) for id, name, name_en in zip(found[key], found["name"], found["name_en"], strict=True)
    }


def figure(value: float, low: float, high: float, unit: str, qualifier: str) -> str:
    """Return a figure for reading."""
    return amount(value, low, high, unit, qualifier or "exact")
