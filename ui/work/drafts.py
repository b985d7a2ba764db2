"""A file on its way to publication: the draft in the store, and what is still to be done about it.

The state of a draft holds what the reading gave (``table``, ``problems``) and what people said about
it (``edits``, ``verdicts``, ``acknowledged``, ``decisions``), so that any browser can go on with it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from store import Draft, DraftChanged
from tidy import language, samples
from tidy.problems import Problem
from ui import cached
from ui.work import adapter, checks, retold, rows

FILE, CORRECTION, BATCH = "file", "correction", "batch"
RECEIVED, READ, REFUSED = "received", "read", "refused"
TRIES = 5
State = dict[str, Any]


@dataclass(frozen=True)
class Work:
    """One file draft with its rows and its problems, as its state tells them."""

    draft: Draft

    @property
    def stage(self) -> str:
        """``received`` (not read yet), ``read`` or ``refused`` (cannot be read)."""
        return str(self.draft.state.get("stage", RECEIVED))

    @property
    def kind(self) -> str:
        """``workbook``, ``template``, ``report`` or ``correction``."""
        return str(self.draft.state.get("kind", ""))

    @property
    def tabular(self) -> bool:
        """True for a spreadsheet, whether it is our own form or not."""
        return self.kind in ("workbook", "template")

    @cached_property
    def table(self) -> pd.DataFrame:
        """The rows with edits and verdicts."""
        table = rows.unpack(self.draft.state.get("table", ""))
        return rows.with_verdicts(
            rows.edited(table, self.draft.state.get("edits", {}), shares()), self.said("verdicts")
        )

    @cached_property
    def problems(self) -> list[Problem]:
        """Everything the checks found, solved or not; a report's figures are checked as they stand now."""
        found = self.findings("problems")
        return found if self.tabular else found + checks.of_figures(self.figures, self.draft.file_name)

    def findings(self, what: str) -> list[Problem]:
        """Return ``problems`` of the last reading, or what it ``solved`` or what ``appeared``, in the reader's language."""
        state = self.draft.state
        return retold.problems(state.get(what, []), state.get("language", "zh"), names)

    @cached_property
    def open_problems(self) -> list[Problem]:
        """Problems that nobody has solved, acknowledged or set aside."""
        done = self.said("acknowledged")
        return [p for p in self.problems if p.severity != "note" and key(p) not in done]

    @cached_property
    def figures(self) -> pd.DataFrame:
        """What would be published: accepted, complete rows as observations."""
        return rows.observations(self.table, self.source_id)

    @property
    def source_id(self) -> str:
        """The id under which the file becomes a source."""
        return f"up-{hashlib.sha256(self.draft.id.encode()).hexdigest()[:10]}"

    @property
    def pending(self) -> int:
        """Number of figures of a report that nobody has judged."""
        return int(self.table["verdict"].eq(rows.PENDING).sum())

    @property
    def ready(self) -> bool:
        """True when nothing stands between the draft and a release."""
        something = len(self.figures) > 0 or self.taken_back or self.registers
        return (
            self.stage == READ and not self.barred and not self.open_problems and not self.pending and bool(something)
        )

    @property
    def sample(self) -> bool:
        """True for a file that came with the program to try things out."""
        return bool(self.draft.state.get("sample"))

    @property
    def barred(self) -> bool:
        """True for a sample outside ``make demo``: it is never published."""
        return self.sample and self.draft.state["sample"] != samples.REHEARSAL

    @property
    def taken_back(self) -> list[str]:
        """Ids of published figures that this correction withdraws."""
        return list(self.draft.state.get("withdraws", []))

    @property
    def registers(self) -> list[dict[str, str]]:
        """Rows that this draft adds to the roster of reporters."""
        return list(self.draft.state.get("registers", []))

    @property
    def checked_edits(self) -> dict[str, Any]:
        """Corrected figures that the checks of a workbook look at; a report's are checked as they stand."""
        return self.said("edits") if self.tabular else {}

    def said(self, what: str) -> dict[str, Any]:
        """Return what people said about the draft: edits, verdicts, acknowledged or decisions."""
        return dict(self.draft.state.get(what, {}))

    def count(self, severity: str) -> int:
        """Return the number of open problems of a severity."""
        return sum(p.severity == severity for p in self.open_problems)


def key(problem: Problem) -> str:
    """Return what stays the same about a problem when the file is read again."""
    return "|".join((problem.code, problem.sheet, problem.cell, problem.text))


def names() -> dict[str, str]:
    """Return the names of reporters and indicators in the other languages, with the reader's for each."""
    tables = (cached.reference().reporters, cached.reference().indicators)
    pairs = [pair for table in tables for pair in zip(table["name"], table["name_en"], strict=True) if all(pair)]
    return {said: language.pick(*pair) for pair in pairs for said in pair}


def shares() -> dict[str, bool]:
    """Return which indicators end at 100%."""
    indicators = cached.reference().indicators
    return dict(zip(indicators["indicator_id"], indicators["maximum"].eq(100), strict=True))


def works(owner: str | None = None) -> list[Work]:
    """Return the drafts that hold figures (files and corrections), last saved first."""
    return [Work(draft) for draft in cached.store().drafts(owner) if draft.kind in (FILE, CORRECTION)]


def open_work(id: str) -> Work:
    """Return one draft; raise ``NotFound``."""
    return Work(cached.store().draft(id))


def receive(name: str, content: bytes, by: str) -> Work:
    """Keep an uploaded file as a draft at once, before anything is read."""
    state: State = {"stage": RECEIVED, **samples.mark(content)}
    return Work(cached.store().save_draft(by=by, kind=FILE, file_name=name, content=content, state=state))


def change(id: str, by: str, alter: Callable[[State], None]) -> Work:
    """Apply ``alter`` to the newest state of a draft and save it; others' saves in between are kept.

    Raises ``DraftChanged`` after several collisions, ``NotFound``, and ``WrongUse`` when it is published.
    """
    for attempt in range(TRIES):
        draft = cached.store().draft(id)
        state = dict(draft.state)
        alter(state)
        _summarise(draft, state)
        try:
            return Work(cached.store().save_draft(by=by, id=id, state=state, expected_version=draft.version))
        except DraftChanged:
            if attempt == TRIES - 1:
                raise
    raise AssertionError  # the loop returns or raises


def _summarise(draft: Draft, state: State) -> None:
    """Keep beside the rows what lists show of a draft, so that a list need not unpack them."""
    if state.get("stage") != READ:
        return
    work = Work(_with_state(draft, state))
    figures = work.figures
    state["summary"] = {
        "figures": len(figures), "pending": work.pending, "errors": work.count("error"), "warnings": work.count("warning"),
        "reporters": _most(figures["reporter_id"]) or list(state.get("about", [])), "periods": _most(figures["period"]), "ready": work.ready,
    }  # fmt: skip


def _with_state(draft: Draft, state: State) -> Draft:
    values = {name: getattr(draft, name) for name in Draft.__slots__}
    return Draft(**values | {"state": state})


def _most(column: Iterable[str], most: int = 400) -> list[str]:
    return [name for name, _n in Counter(filter(None, column)).most_common(most)]


def read_in(id: str, by: str) -> Work:
    """Read the draft's file (again) with the office's memory; keep what people have said, note what is solved."""
    draft = cached.store().draft(id)
    before, said, layout = Work(draft), draft.state.get("decisions", {}), str(draft.state.get("layout", ""))
    stamp = adapter.stamp(said, before.checked_edits)
    found = adapter.read(cached.store().draft_content(id), draft.file_name, said, layout, before.checked_edits)

    def alter(state: State) -> None:
        now, known = {key(p) for p in found.problems}, {key(p) for p in before.problems}
        fresh = [p for p in found.problems if key(p) not in known and p.severity != "note"]
        state.update(
            stage=REFUSED if found.kind == "refused" else READ, kind=found.kind, layout=found.layout, stamp=stamp,
            language=language.current(),
            table=rows.pack(found.table), problems=[p.as_row() for p in found.problems],
            solved=[p.as_row() for p in before.open_problems if key(p) not in now],
            appeared=[p.as_row() for p in fresh] if before.stage == READ else [],
        )  # fmt: skip

    return change(id, by, alter)


def stale(work: Work) -> bool:
    """Tell whether names or decisions were saved since the reading: a refresh came between, or another draft taught them."""
    read = work.draft.kind == FILE and work.stage == READ
    return read and work.draft.state.get("stamp") != adapter.stamp(work.said("decisions"), work.checked_edits)


def replace_file(id: str, content: bytes, by: str) -> Work:
    """Put a mended file in the place of a draft's file and read it; edits of cells give way to the new file."""
    draft = cached.store().draft(id)
    decisions = {name: value for name, value in draft.state.get("decisions", {}).items() if name != adapter.CELLS}
    kept = {name: value for name, value in draft.state.items() if name != "edits"}
    kept |= {"decisions": decisions, **samples.mark(content)}
    cached.store().save_draft(by=by, id=id, state=kept, content=content, expected_version=draft.version)
    return read_in(id, by)


def edit(id: str, by: str, edits: dict[str, dict[str, Any]]) -> Work:
    """Save changed columns of rows (row → column → value) beside earlier ones, then check everything again."""

    def alter(state: State) -> None:
        kept = dict(state.get("edits", {}))
        for row, changed in edits.items():
            kept[row] = rows.merged(kept.get(row, {}), changed)
        state["edits"] = kept

    saved = change(id, by, alter)
    return read_in(id, by) if saved.tabular else saved


def judge(id: str, by: str, verdicts: dict[str, str], reason: str = "") -> Work:
    """Accept or refuse rows (row → verdict); a reason is kept for those that have one."""

    def alter(state: State) -> None:
        state["verdicts"] = {**state.get("verdicts", {}), **verdicts}
        if reason:
            state["refusals"] = {**state.get("refusals", {}), **dict.fromkeys(verdicts, reason)}

    return change(id, by, alter)


def acknowledge(id: str, by: str, problems: list[Problem], reason: str, *, leave_out: bool = False) -> Work:
    """Say why problems may stand; ``leave_out`` keeps the figures of their cells from being published."""

    def alter(state: State) -> None:
        said = {key(p): {"reason": reason, "by": by} for p in problems}
        state["acknowledged"] = {**state.get("acknowledged", {}), **said}
        if leave_out:
            places = {f"{p.sheet}!{p.cell}" if p.sheet else p.cell for p in problems}
            table = rows.unpack(state.get("table", ""))
            out = [row for row in table["row"] if row.partition("#")[0] in places]
            state["verdicts"] = {**state.get("verdicts", {}), **dict.fromkeys(out, rows.REFUSED)}

    return change(id, by, alter)


def decide(id: str, by: str, decisions: dict[str, Any]) -> Work:
    """Keep what a person said about the whole file (reporter, period, unit, roles) and read it again."""
    change(id, by, lambda state: state.update(decisions={**state.get("decisions", {}), **decisions}))
    return read_in(id, by)
