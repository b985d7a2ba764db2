"""Files come in: each becomes a draft in the store at once, then each is read, with progress by file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import streamlit as st

from store import StoreError
from tidy import samples
from tidy.language import _
from ui import address, cached
from ui.who import Person
from ui.work import archives, drafts, words
from ui.work.drafts import Work

TURN = "_upload_turn"
REPORT = "_upload_report"
OPEN_KEY = "page_upload_draft"


@dataclass(slots=True)
class Outcome:
    """What became of one uploaded file."""

    name: str
    text: str
    good: bool


def show(person: Person) -> None:
    """Show the place to drop files, take in what was dropped, go on with what a crash left unread."""
    turn = st.session_state.setdefault(TURN, 0)
    dropped = st.file_uploader(
        _("把表格、报告或压缩包拖到这里（可多选）"),
        accept_multiple_files=True,
        key=f"upload_files_{turn}",
        help=_(
            "支持 xlsx、xls、xlsb、ods、csv、html 表格，docx、pdf、txt 报告，以及装有它们的 zip；每个文件不超过 50 MB。"
        ),
    )
    if dropped:
        st.session_state[REPORT] = _take_in(dropped, person)
        st.session_state[TURN] = turn + 1
        st.rerun()
    _samples(person)
    _go_on(person)
    _report(st.session_state.get(REPORT, []))


def _samples(person: Person) -> None:
    """Let a newcomer try everything with a sample; its draft is opened and is never published."""
    if not samples.files():
        return
    with st.popover(_("试一试"), icon=":material/science:", key="upload_samples"):
        st.caption(_("用自带的样例练手：数字是虚构的，草稿标明是示例，随时可删；演示库之外不会发布。"))
        for number, (name, path) in enumerate(samples.files().items()):
            if st.button(name, key=f"upload_sample_{number}", type="tertiary", icon=":material/draft:"):
                _try(name, path.read_bytes(), person)


def _try(name: str, content: bytes, person: Person) -> None:
    """Open the draft of a sample; a second press finds the first one's."""
    mark = hashlib.sha256(content).hexdigest()
    own = (work for work in drafts.works(person.name) if work.draft.sha256 == mark)
    work = next(own, None) or drafts.receive(name, content, person.name)
    if work.stage == drafts.RECEIVED:
        with st.spinner(_("正在读取 {name}…").format(name=words.plain(name))):
            _read_one(work, person)
    st.session_state[OPEN_KEY] = work.draft.id
    st.rerun()


def _take_in(dropped: list[Any], person: Person) -> list[Outcome]:
    """Save everything first, read afterwards: a crash in between loses no file."""
    outcomes: list[Outcome] = []
    waiting: list[Work] = []
    known = {work.draft.sha256: work for work in drafts.works()}
    with st.status(_("正在收取 {n} 个文件…").format(n=len(dropped)), expanded=True) as status:
        for name, content in _each(dropped, outcomes):
            again = known.get(hashlib.sha256(content).hexdigest())
            if again:
                outcomes.append(
                    Outcome(name, _("内容与草稿“{name}”相同，未重复收取").format(name=again.draft.file_name), True)
                )
                continue
            work = drafts.receive(name, content, person.name)
            known[work.draft.sha256] = work
            waiting.append(work)
        _read_all(waiting, person, outcomes)
        status.update(label=_("已收取 {n} 个文件").format(n=len(waiting)), state="complete")
    if len(waiting) == 1:
        st.session_state[OPEN_KEY] = waiting[0].draft.id
    return outcomes


def _each(dropped: list[Any], outcomes: list[Outcome]) -> Iterator[tuple[str, bytes]]:
    """Yield the dropped files, archives opened; an archive that is refused becomes an outcome."""
    for one in dropped:
        content = one.getvalue()
        if not archives.is_archive(content):
            yield one.name, content
            continue
        try:
            yield from archives.files(content, one.name)
        except archives.Refusal as refusal:
            outcomes.append(Outcome(one.name, str(refusal.problem), False))


def _read_all(waiting: list[Work], person: Person, outcomes: list[Outcome]) -> None:
    bar = st.progress(0.0)
    for number, work in enumerate(waiting, start=1):
        name = work.draft.file_name
        bar.progress(
            (number - 1) / len(waiting), _("正在读取 {name}（{n}/{all}）").format(name=name, n=number, all=len(waiting))
        )
        outcomes.append(_read_one(work, person))
    bar.empty()


def _read_one(work: Work, person: Person) -> Outcome:
    """Read one draft; a file that is a mended version of an open draft takes that draft's place."""
    name = work.draft.file_name
    try:
        read = drafts.read_in(work.draft.id, person.name)
        older = _older_version(read)
        if older:
            content = cached.store().draft_content(read.draft.id)
            cached.store().delete_draft(read.draft.id, by=person.name)
            read = drafts.replace_file(older.draft.id, content, person.name)
            solved = len(read.draft.state.get("solved", []))
            return Outcome(
                name,
                _("更新了已有草稿：解决 {n} 个问题；").format(n=solved) + words.outcome(read),
                read.stage == drafts.READ,
            )
    except StoreError as error:
        return Outcome(name, str(error), False)
    return Outcome(name, words.outcome(read), read.stage == drafts.READ)


def _older_version(read: Work) -> Work | None:
    """The open draft of the same person with the same name about the same reporters and periods."""
    about = _about(read)
    if read.stage != drafts.READ or not any(about):
        return None
    same = (
        w
        for w in drafts.works(read.draft.owner)
        if w.draft.file_name == read.draft.file_name and w.draft.id != read.draft.id
    )
    return next((w for w in same if _about(w) == about), None)


def _about(work: Work) -> tuple[list[str], list[str]]:
    summary = work.draft.state.get("summary", {})
    return sorted(summary.get("reporters", [])), sorted(summary.get("periods", []))


def _go_on(person: Person) -> None:
    """Read what was received but not read: the browser or the server stopped in between."""
    left = [work for work in drafts.works(person.name) if work.stage == drafts.RECEIVED]
    if not left:
        return
    outcomes: list[Outcome] = []
    st.info(_("上次有 {n} 个文件收到后没有读完，现在继续。").format(n=len(left)))
    _read_all(left, person, outcomes)
    st.session_state[REPORT] = outcomes
    st.rerun()


def _report(outcomes: list[Outcome]) -> None:
    if not outcomes:
        return
    good = sum(outcome.good for outcome in outcomes)
    title = _("本次：{good} 个读取成功，{bad} 个未成功").format(good=good, bad=len(outcomes) - good)
    with st.expander(title, expanded=good < len(outcomes), icon=":material/inbox:"):
        for outcome in sorted(outcomes, key=lambda o: o.good):
            mark = ":material/check:" if outcome.good else ":material/error:"
            st.markdown(f"{mark} **{words.plain(outcome.name)}** — {words.plain(outcome.text)}")


def open_draft(ids: list[str]) -> str:
    """Return the draft that is open, as the address says; empty for none."""
    address.bind(OPEN_KEY, "draft", ids)
    return str(st.session_state.get(OPEN_KEY) or "")
