"""From drafts to a release: gather, compare, give reasons, submit, approve or return, publish."""

from __future__ import annotations

from datetime import date, datetime, time

import pandas as pd
import streamlit as st

from store import ChangedUnderneath, NotFound, StoreError
from store.clock import HOME
from store.drafts import Act
from tidy.language import _
from ui import address, cached, frame
from ui.who import Person
from ui.work import batches, difference, settings, unsaved, words
from ui.work.batches import Batch

BATCH_KEY = "page_review_batch"
DONE = "_review_done"


def show(person: Person) -> None:
    """Show what can be gathered, the open batches and the chosen one."""
    batches.tidy_up(person.name)
    if done := st.session_state.pop(DONE, ""):
        st.success(done, icon=":material/task_alt:")
    _gather(person)
    every = batches.every()
    if not every:
        st.info(_("没有待审核的批次。先在“数据填报”里把草稿处理到“可以发布”，再在这里汇成一批。"))
        return
    ids = [batch.draft.id for batch in every]
    address.bind(BATCH_KEY, "batch", ids)
    labels = {batch.draft.id: _label(batch) for batch in every}
    id = st.selectbox(_("待发布的批次"), ids, key=BATCH_KEY, format_func=lambda i: labels.get(i, i))
    if id:
        frame.fragment(_open)(str(id), person)


def _label(batch: Batch) -> str:
    draft = batch.draft
    return f"{status_word(draft.status)} · {draft.file_name} · {draft.owner} · {words.when(draft.updated)}"


def status_word(status: str) -> str:
    """Return where a batch stands."""
    return {
        "open": _("○ 准备中"),
        "submitted": _("→ 待审核"),
        "approved": _("✓ 已通过"),
        "returned": _("↩ 已退回"),
    }.get(status, status)


def _gather(person: Person) -> None:
    """Drafts that are ready and in no batch can be made one."""
    free = batches.free()
    if not free:
        return
    with st.expander(
        _("可以发布的草稿（{n} 份）").format(n=len(free)),
        expanded=True,
        icon=":material/library_add:",
        key="review_free",
    ):
        names = {work.draft.id: f"{work.draft.file_name} · {words.outcome(work)}" for work in free}
        chosen = st.multiselect(
            _("汇成一批发布"),
            list(names),
            default=list(names),
            format_func=lambda i: names.get(i, i),
            key=f"review_gather_{len(free)}",
        )
        if st.button(
            _("汇成一批（{n} 份）").format(n=len(chosen)), type="primary", disabled=not chosen, key="review_begin"
        ):
            batch = batches.begin([work for work in free if work.draft.id in chosen], person.name)
            st.session_state[BATCH_KEY] = batch.draft.id
            st.rerun()


def _open(id: str, person: Person) -> None:
    try:
        batch = Batch(cached.store().draft(id))
    except NotFound as gone:
        st.warning(str(gone))
        return
    with st.container(border=True, key="review_open"):
        _checklist(batch)
        difference.table(batch.compared, f"batch_{id}")
        locked = batch.draft.status in batches.LOCKED
        _reasons(batch, person, locked)
        _note(batch, person, locked)
        _history(batch)
        _act(batch, person)


def _checklist(batch: Batch) -> None:
    """What must hold before publication, each with a mark."""
    open_ = batches.open_points(batch)
    st.markdown(
        f"**{words.plain(status_word(batch.draft.status))}** · "
        + _("{files} 份文件，{figures} 个数").format(files=len(batch.members), figures=len(batch.figures))
    )
    checks = [
        (all(work.ready for work in batch.members), _("每份草稿的问题都已解决或说明，报告已审读完")),
        (not batches.duplicates(batch), _("同一个数没有两种说法")),
        (not batch.unexplained, _("每组变更、撤回和年际跳变都有理由")),
        (not batch.changed, _("草稿在汇成批次后没有再改动")),
        (batch.draft.state["load_id"] == cached.store().load_id(), _("比较之后没有别人发布")),
    ]
    if batches.second_person():
        checks.append((batch.draft.status == "approved", _("已由另一人审核通过")))
    st.markdown("\n".join(f"- {'✓' if good else '✕'} {text}" for good, text in checks))
    for point in open_:
        st.caption(words.plain(f"✕ {point}"))


def _reasons(batch: Batch, person: Person, locked: bool) -> None:
    """One line a group of changes; the reason goes into the revision note."""
    if not batch.groups:
        return
    counted = batch.compared.groupby(["kind", "indicator_id"]).size()
    leaps = batch.compared[batch.compared["jump"]].groupby("indicator_id").size()
    table = pd.DataFrame([
        {_("变化"): difference.kind_word(kind), _("指标"): words.indicator(indicator),
         _("个数"): int(leaps.get(indicator, 0) if kind == "jump" else counted.get((kind, indicator), 0)),
         _("理由"): batch.reason(kind, indicator)}
        for kind, indicator in batch.groups
    ])  # fmt: skip
    st.markdown(_("**变更理由**（写入发布说明）"))
    changed = unsaved.editor(
        f"reasons_{batch.draft.id}", batch.draft.version, table, hide_index=True, alt=_("变更理由"),
        disabled=True if locked else [_("变化"), _("指标"), _("个数")],
        column_config={_("理由"): st.column_config.TextColumn(width="large", max_chars=400)},
    )  # fmt: skip
    said = {
        f"{k}|{i}": str(reason or "").strip() for (k, i), reason in zip(batch.groups, changed[_("理由")], strict=True)
    }
    if said != {f"{k}|{i}": batch.reason(k, i) for k, i in batch.groups} and st.button(
        _("保存理由"), key="review_reasons", type="primary"
    ):
        unsaved.forget(f"reasons_{batch.draft.id}")
        _try(lambda: batches.save(batch.draft.id, person.name, reasons=said))


def _note(batch: Batch, person: Person, locked: bool) -> None:
    """The release note and what to do with figures that are gone."""
    id, state = batch.draft.id, batch.draft.state
    key = f"review_note_{id}"
    text = st.text_area(
        _("发布说明"), disabled=locked, max_chars=2000, height=80, **unsaved.field(key, state.get("note", ""))
    ).strip()
    gone, withdraw = len(batch.gone), state.get("withdraw", False)
    if gone:
        withdraw = st.checkbox(
            _("撤回新文件里不再出现的 {n} 个数").format(n=gone), disabled=locked,
            **unsaved.field(f"review_withdraw_{id}", withdraw),
        )  # fmt: skip
    changed = (text, bool(withdraw)) != (state.get("note", ""), bool(state.get("withdraw", False)))
    if st.button(_("保存说明"), disabled=locked or not changed, key="review_note_save"):
        unsaved.forget(key, f"review_withdraw_{id}")
        _try(lambda: batches.save(id, person.name, note=text, withdraw=bool(withdraw)))


def _history(batch: Batch) -> None:
    """What was said and done about the batch."""
    acts = {"submitted": _("提交审核"), "approved": _("通过"), "returned": _("退回"), "comment": _("意见")}
    for review in cached.store().reviews(batch.draft.id):
        said = f"{words.when(review.at)} · {review.by} · {acts[review.act]}" + (
            f"：{review.comment}" if review.comment else ""
        )
        st.markdown(f":material/chat: {words.plain(said)}")


def _act(batch: Batch, person: Person) -> None:
    """The buttons that fit where the batch stands and who looks at it."""
    id, status = batch.draft.id, batch.draft.status
    ready = not batches.open_points(batch)
    if batch.changed or batch.draft.state["load_id"] != cached.store().load_id():
        st.warning(_("草稿或已发布的数在比较之后有变化。"))
        if st.button(_("重新比较"), icon=":material/sync:", key="review_refresh"):
            _try(lambda: batches.refresh(id, person.name))
        return
    if status == "submitted":
        _judge(batch, person)
    elif status == "approved" or not batches.second_person():
        _publish(batch, person, ready)
    elif st.button(_("提交审核"), type="primary", disabled=not ready, icon=":material/send:", key="review_submit"):
        _try(lambda: batches.submit(id, person.name))
    _dissolve(batch, person)


def _judge(batch: Batch, person: Person) -> None:
    """Approve, return or comment; the store refuses an approval by who made or last saved the batch."""
    id = batch.draft.id
    comment = st.text_area(_("审核意见"), height=80, max_chars=2000, **unsaved.field(f"review_comment_{id}"))
    with st.container(horizontal=True):
        if st.button(_("通过"), type="primary", icon=":material/check:", key="review_approve"):
            _try(lambda: _say(id, "approved", person, comment))
        if st.button(_("退回"), icon=":material/undo:", key="review_return", disabled=not comment.strip()):
            _try(lambda: _say(id, "returned", person, comment))
        if st.button(_("只写意见"), icon=":material/chat:", key="review_say", disabled=not comment.strip()):
            _try(lambda: _say(id, "comment", person, comment))


def _say(id: str, act: Act, person: Person, comment: str) -> None:
    """Record the act with its comment, which is saved with it."""
    cached.store().review(id, act, by=person.name, comment=comment)
    unsaved.forget(f"review_comment_{id}")
    st.session_state.pop(f"review_comment_{id}", None)


def _publish(batch: Batch, person: Person, ready: bool) -> None:
    """Publish now or at a moment (embargo)."""
    id = batch.draft.id
    on, usual = settings.embargo()
    keys = {name: f"review_{name}_{id}" for name in ("later", "day", "time")}
    later = st.toggle(_("定时发布"), **unsaved.field(keys["later"], on))
    moment = None
    if later:
        left, right = st.columns(2)
        today = datetime.now(HOME).date()
        day = left.date_input(_("日期"), min_value=today, **unsaved.field(keys["day"], today, read=_from_today))
        clock = right.time_input(_("时间（北京时间）"), **unsaved.field(keys["time"], usual, read=time.fromisoformat))
        moment = datetime.combine(day, clock, HOME)
        if moment <= datetime.now(HOME):
            ready = False
            st.warning(_("这个时间已经过去，请选以后的时间，或立即发布。"))
    label = _("按时发布") if later else _("立即发布")
    if st.button(label, type="primary", icon=":material/publish:", disabled=not ready, key="review_publish"):
        unsaved.forget(*keys.values())
        _try(lambda: _published(id, person, moment))


def _from_today(kept: str) -> date:
    """A day that was chosen earlier, today at the earliest."""
    return max(date.fromisoformat(kept), datetime.now(HOME).date())


def _published(id: str, person: Person, moment: datetime | None) -> None:
    release = batches.publish(id, person.name, moment)
    st.session_state[DONE] = _("已发布第 {n} 批，{rows} 个数。可在“发布历史”里撤销。").format(
        n=release.id, rows=release.rows
    )
    st.session_state.pop(BATCH_KEY, None)


def _dissolve(batch: Batch, person: Person) -> None:
    if st.button(_("拆开批次（草稿保留）"), icon=":material/call_split:", key="review_dissolve"):
        _try(lambda: cached.store().delete_draft(batch.draft.id, by=person.name))


def _try(act) -> None:  # type: ignore[no-untyped-def]
    """Do something to the store; what it refuses is said where the person looks, and nothing is lost."""
    try:
        act()
    except ChangedUnderneath as changed:
        st.warning(str(changed))
        if len(changed.overlap):
            st.dataframe(changed.overlap, hide_index=True)
        return
    except StoreError as refused:
        st.error(str(refused))
        return
    st.rerun(scope="app")
