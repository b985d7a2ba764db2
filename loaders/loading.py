"""One file in, everything known of it out: the function that pages and commands call."""

from __future__ import annotations

import datetime as dt
import gc
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from loaders import room, sandbox
from loaders.annotated import without_our_notes
from loaders.checks import check
from loaders.grid import Sheet, read
from loaders.layout import Table, tables
from loaders.layout.forced import forced_table
from loaders.loaded import Kind, Loaded
from loaders.memory import Hints, Memory, fingerprint, hints, without_ignored
from loaders.read.observations import COLUMNS, observations, source, source_id
from loaders.read.report import load_report
from loaders.read.roles import not_shown, roles
from loaders.read.workbook import Reading, understand
from loaders.refusal import Refused
from loaders.report_text.open import bounds, in_words_of_reports, kind_of, patience
from loaders.template.form import Form
from loaders.template.recognise import Recognised, recognise
from loaders.vocabulary import Aliases, Vocabulary
from tidy.problems import Problem
from tidy.schema import Reference, read_reference

READ, REPORT = "loaders.loading:read_workbook", "loaders.loading:read_report"
REPORTS = frozenset({"docx", "pdf", "doc", "rtf"})


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the caller brings to a reading; all of it optional."""

    previous: pd.DataFrame | None = None
    memory: Memory = field(default_factory=dict)
    aliases: Aliases = field(default_factory=dict)
    decided: Mapping[str, Any] | None = None
    reference: Reference | None = None
    today: dt.date | None = None


def load(
    path_or_bytes: Path | bytes, name: str = "", *, previous: pd.DataFrame | None = None,
    memory: Memory | None = None, aliases: Aliases | None = None, decided: Mapping[str, Any] | None = None,
    reference: Reference | None = None, today: dt.date | None = None,
) -> Loaded:  # fmt: skip
    """Read a spreadsheet or report into tidy rows and located problems; never raises for a bad file.

    ``previous`` are published observations to compare with; ``memory`` maps a form's fingerprint to what
    was decided for it, ``decided`` overrules that for this file (:mod:`loaders.memory` says what can be
    decided); ``aliases`` are an office's own spellings by kind; ``reference`` the tables of names (default:
    the shipped ones). Spreadsheets are read in a process of their own that can be killed.
    """
    wishes = Wishes(previous, memory or {}, aliases or {}, decided, reference, today)
    with _on_disk(path_or_bytes, name) as path:
        shown = name or path.name
        try:
            if is_report(path, shown):
                return _report(path, shown, reference)
            loaded: Loaded = sandbox.call(READ, path.resolve(), shown, wishes, **room.bounds(path))
            return loaded
        except Refused as refused:
            return refusal(shown, replace(refused.problem, file=shown))


def _report(path: Path, name: str, reference: Reference | None) -> Loaded:
    """Read a report in a process of its own, its figures too: a long text would hold up everybody else."""
    kind = kind_of(path)
    try:
        loaded: Loaded = sandbox.call(
            REPORT, path.resolve(), name, reference, seconds=patience(kind), **bounds(path, kind)
        )
    except Refused as refused:
        raise in_words_of_reports(refused) from None
    return loaded


def read_report(path: Path, name: str, reference: Reference | None) -> Loaded:
    """Read a report in this process; raise ``Refused`` when it cannot be read at all."""
    return load_report(path, name, reference or _shipped().reference)


@contextmanager
def _on_disk(path_or_bytes: Path | bytes, name: str) -> Iterator[Path]:
    """Give bytes a file for as long as they are read."""
    if isinstance(path_or_bytes, Path):
        yield path_or_bytes
        return
    with tempfile.TemporaryDirectory(prefix="upload-") as folder:
        path = Path(folder) / f"upload{Path(name).suffix[:8]}"
        path.write_bytes(path_or_bytes)
        yield path


def is_report(path: Path, name: str) -> bool:
    """Tell whether a file is a narrative: a document by content, or plain text that is not named a table."""
    try:
        kind = kind_of(path)
    except OSError as error:
        raise Refused("unreadable", str(error.strerror or error), "") from error
    if kind == "text":
        return Path(name).suffix.lower() in (".txt", ".text", ".md")
    if kind == "html":
        return b"<table" not in path.read_bytes().lower()
    return kind in REPORTS


def read_workbook(path: Path, name: str, wishes: Wishes) -> Loaded:
    """Read a spreadsheet in this process; raise ``Refused`` when it cannot be read at all."""
    with _no_collection():
        reading, recognised, layouts = understood(name, without_our_notes(read(path)), wishes)
        return result(name, path.read_bytes(), reading, recognised, layouts)


def result(
    name: str, content: bytes, reading: Reading, recognised: Recognised | None, layouts: list[dict[str, Any]]
) -> Loaded:
    """Check a reading and return everything that is known of the file."""
    id = source_id(content)
    about = source(id, name, content, "workbook", reading.today.isoformat())
    problems = [replace(problem, file=name) for problem in (recognised.problems if recognised else [])]
    problems += check(reading) + not_shown(reading)
    kind: Kind = "template" if recognised else "workbook"
    return Loaded(name, kind, observations(reading.cells, id), problems, reading.cells, roles(reading), about, layouts)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep the collector away while millions of cells are made: it would walk over all of them again and again."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def understood(
    name: str, sheets: list[Sheet], wishes: Wishes
) -> tuple[Reading, Recognised | None, list[dict[str, Any]]]:
    """Return what the sheets say, the form of ours they are (if so), and their layouts."""
    vocabulary = _vocabulary(wishes)
    recognised = recognise(sheets, vocabulary)
    layouts: list[dict[str, Any]] = []
    if recognised:
        shown, found = recognised.sheets, recognised.tables
        decisions = _of_form(recognised.form)
    else:
        shown = sheets
        found, decisions, layouts = _tables(sheets, wishes)
    if decisions.aliases:
        vocabulary = Vocabulary(vocabulary.reference, {**vocabulary.aliases, **decisions.aliases})
    reading = understand(name, shown, found, vocabulary, base=decisions.context)
    reading.previous, reading.today = wishes.previous, wishes.today or dt.date.today()
    reading.form = recognised is not None
    return reading, recognised, layouts


def _vocabulary(wishes: Wishes) -> Vocabulary:
    """What names mean here; the shipped names alone are taken apart once a process."""
    if wishes.reference is None and not any(wishes.aliases.values()):
        return _shipped()
    return Vocabulary(wishes.reference or _shipped().reference, wishes.aliases)


@lru_cache(maxsize=1)
def _shipped() -> Vocabulary:
    return Vocabulary(read_reference())


def _signalled(sheets: list[Sheet]) -> Iterator[Sheet]:
    """Say before each sheet that work goes on."""
    for sheet in sheets:
        sandbox.alive()
        yield sheet


def _of_form(form: Form) -> Hints:
    """A form of ours knows its own period and spellings; the lines above its tables may have been changed."""
    return hints({"period": form.period, "reporter": form.reporter})


def _tables(sheets: list[Sheet], wishes: Wishes) -> tuple[list[Table], Hints, list[dict[str, Any]]]:
    """Find the tables; what was decided for the form before, or now, overrules the rules."""
    found = [table for sheet in _signalled(sheets) for table in tables(sheet)]
    mark = fingerprint(found)
    decided = wishes.decided if wishes.decided is not None else wishes.memory.get(mark)
    layouts = [{"fingerprint": mark, "sheet": table.sheet, "header": table.header, "stub": table.stub,
                "confidence": table.confidence, "reasons": table.reasons} for table in found]  # fmt: skip
    if not decided:
        return found, Hints(), layouts
    decisions = hints(decided)
    cleared = [without_ignored(sheet, decisions.ignore) for sheet in sheets]
    forced = (forced_table(sheet, decisions.header, decisions.stub) for sheet in cleared) if decisions.header else ()
    found = [table for table in forced if table] or [table for sheet in cleared for table in tables(sheet)]
    return found, decisions, layouts


def refusal(name: str, problem: Problem) -> Loaded:
    """Return the result for a file that could not be read: one clear message and empty tables."""
    empty = pd.DataFrame()
    return Loaded(name, "refused", pd.DataFrame(columns=list(COLUMNS)), [problem], empty, empty, empty)
