"""催报: who has sent what for a period, who is late, and the words to send them."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from store.clock import HOME
from tidy import periods
from tidy.exhibits import city_name
from tidy.language import _, listed
from ui import address, cached, reads
from ui.choice import Choice
from ui.work import batches, drafts, words

DUE, PERIOD = "due", "page_upload_period"
USUAL = timedelta(days=15)  # after the end of the period, until the office says otherwise
ORDER = ("missing", "returned", "late", "sent", "accepted")
KINDS = ("pilot", "federation")


def show(choice: Choice) -> None:
    """Show the status of each expected reporter for a period, and a message for those who owe something."""
    left, middle, right = st.columns([1, 1, 2])
    address.bind(PERIOD, "period")
    st.session_state.setdefault(PERIOD, _last_period())
    period = left.text_input(_("统计时期"), key=PERIOD).strip()
    if not period or not periods.is_valid(period):
        st.info(_("时期“{period}”无法识别。").format(period=period))
        return
    due = _due(middle, period)
    kinds = {"pilot": _("试点"), "federation": _("工会联合会、总工会")}
    kind = (
        right.segmented_control(_("应报单位"), KINDS, default="pilot", format_func=kinds.get, key="chase_kind")
        or "pilot"
    )
    table = statuses(expected(choice, kind), period, due)
    if table.empty:
        st.info(_("所选范围内没有应报单位。清除筛选试试。"))
        return
    _counts(table)
    st.dataframe(_readable(table), hide_index=True, height=420, alt=_("催报一览"), key="chase_table")
    _messages(table, period, due)


def _last_period() -> str:
    years = cached.years()
    return str(years[0]) if years else str(date.today().year)


def _due(place, period: str) -> date:  # type: ignore[no-untyped-def]
    """The day by which reports of a period are due; the office's answer is kept."""
    known = cached.store().recall(DUE, period)
    default = date.fromisoformat(known) if known else periods.parse(period).end + USUAL
    chosen: date = place.date_input(_("报送截止日"), default, key=f"chase_due_{period}")
    if chosen.isoformat() != known and chosen != default:
        cached.store().remember(DUE, period, chosen.isoformat())
    return chosen


def expected(choice: Choice, kind: str) -> pd.DataFrame:
    """Return the reporters of a kind within the shared filters."""
    found = cached.reference().reporters
    found = found[found["kind"].eq(kind)]
    wanted = (
        ("city", choice.cities),
        ("pilot_type", choice.types if kind == "pilot" else ()),
        ("pilot_level", choice.levels if kind == "pilot" else ()),
    )
    for column, values in wanted:
        found = found[found[column].isin(values)] if values else found
    return found.sort_values(["area_code", "name"])


def statuses(reporters: pd.DataFrame, period: str, due: date) -> pd.DataFrame:
    """Return each reporter with ``status`` (missing, returned, late, sent, accepted) and when it last moved."""
    accepted, waiting, back = _accepted(period), _sent(period), _returned(period)
    lines = []
    for row in reporters.itertuples():
        id = str(row.reporter_id)
        when = accepted.get(id) or back.get(id) or waiting.get(id)
        status = "accepted" if id in accepted else "returned" if id in back else "sent" if id in waiting else "missing"
        if status == "sent" and waiting[id] > due:
            status = "late"
        lines.append(
            {
                "reporter_id": id,
                "city": row.city,
                "county": row.county,
                "name": words.reporter(id),
                "status": status,
                "when": when,
            }
        )
    table = pd.DataFrame(lines, columns=["reporter_id", "city", "county", "name", "status", "when"])
    return table.sort_values("status", key=lambda column: column.map(ORDER.index), kind="stable")


def _accepted(period: str) -> dict[str, date]:
    """Reporters with a published figure inside the period, and the day of the last release that holds one."""
    figures = reads.figures(Choice())
    wanted = periods.parse(period)
    inside = figures["period"].map(
        lambda text: bool(text) and text[0].isdigit() and wanted.contains(periods.parse(text))
    )
    days = {release.id: release.at.astimezone(HOME).date() for release in cached.store().releases()}
    last = figures[inside.astype(bool)].groupby("reporter_id")["release_id"].max()
    return {str(id): days[int(number)] for id, number in last.items()}


def _sent(period: str) -> dict[str, date]:
    return _of_drafts([work for work in drafts.works() if not work.sample], period)


def _returned(period: str) -> dict[str, date]:
    returned = [work for batch in batches.every() if batch.draft.status == "returned" for work in batch.members]
    return _of_drafts(returned, period)


def _of_drafts(works: list[drafts.Work], period: str) -> dict[str, date]:
    found: dict[str, date] = {}
    for work in works:
        summary = work.draft.state.get("summary", {})
        if period in summary.get("periods", []):
            found |= dict.fromkeys(summary.get("reporters", []), work.draft.created.astimezone(HOME).date())
    return found


def status_word(status: str) -> str:
    """Return the word for a status, with a mark that does without colour."""
    return {
        "missing": _("✕ 未报"),
        "returned": _("↩ 已退回"),
        "late": _("! 迟报"),
        "sent": _("→ 已报"),
        "accepted": _("✓ 已采用"),
    }[status]


def _counts(table: pd.DataFrame) -> None:
    counted = table["status"].value_counts()
    for column, status in zip(st.columns(len(ORDER)), ORDER, strict=True):
        column.metric(status_word(status), int(counted.get(status, 0)))


def _readable(table: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame({
        _("状态"): table["status"].map(status_word), _("填报单位"): table["name"], _("设区市"): table["city"].map(city_name),
        _("县（市、区）"): table["county"], _("最近动态"): [day.isoformat() if day else "—" for day in table["when"]],
    })  # fmt: skip


def _messages(table: pd.DataFrame, period: str, due: date) -> None:
    """One message a city for those who have not sent or got theirs back; each has a button to copy it."""
    owing = table[table["status"].isin(["missing", "returned"])]
    if owing.empty:
        st.success(_("应报单位都已报送。"), icon=":material/task_alt:")
        return
    st.subheader(_("催报文字（右上角可复制）"), anchor=False)
    for city, own in owing.groupby("city", sort=False):
        with st.expander(f"{city_name(str(city))}（{len(own)}）", key=f"chase_{city}"):
            st.code(message(own, period, due), language=None, wrap_lines=True)


def message(own: pd.DataFrame, period: str, due: date) -> str:
    """Return the text to send to the reporters of a city."""
    parts = []
    for status, said in (("missing", _("尚未收到：{names}。")), ("returned", _("已退回待改：{names}。"))):
        names = listed(own.loc[own["status"] == status, "name"])
        parts.append(said.format(names=names) if names else "")
    text = _("各单位：{period}数据请于 {due} 前报送。{list}如已报送请忽略；表样可向我们索取。谢谢！")
    return text.format(period=periods.label(period), due=due.isoformat(), list="".join(parts))
