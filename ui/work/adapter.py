"""Between the loaders and the screens: a file's bytes in, rows of a draft and problems out."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import Any

import pandas as pd

from loaders import room, sandbox
from loaders.annotate import annotate
from loaders.loaded import Loaded
from loaders.loading import Wishes, load, refusal
from loaders.refusal import Refused
from loaders.report_text import open_report
from loaders.vocabulary import Vocabulary
from tidy import values
from tidy.problems import Problem
from ui import cached, reads
from ui.choice import Choice
from ui.work import rows

ALIAS_KINDS = ("indicator", "reporter", "period")
MOST_COMPARED = 200_000  # published figures that are handed to the reading process for comparison
LAYOUT, CELLS = "layout", "cells"
HEADS = "layout_heads"  # a form's fingerprint → heading as printed → as it should have been printed
HEADINGS = ("header", "row_heading", "title", "context")
LAYOUT_KEYS = ("unit", "ignore", "header", "stub")
Decisions = Mapping[str, Any]
CORRECTED = "ui.work.reading:corrected"
TO_START = 120.0  # seconds that a busy machine may take to start the reading process, before it sees any file
NOTHING: Decisions = MappingProxyType({})


@dataclass(slots=True)
class Read:
    """What was understood of a file: ``kind`` is workbook, template, report or refused."""

    kind: str
    table: pd.DataFrame
    problems: list[Problem] = field(default_factory=list)
    layout: str = ""


def read(content: bytes, name: str, decisions: Decisions, layout: str = "", edits: Decisions = NOTHING) -> Read:
    """Read a file with the office's memory and ``decisions`` (what a person said about this file).

    ``decisions`` holds what :mod:`loaders.memory` knows, and ``cells`` (Sheet!A1 → text); ``edits`` are corrected
    figures of a workbook, which the checks look at. A file that cannot be read at all becomes one error, never an
    exception.
    """
    try:
        loaded = _loaded(content, name, decisions, layout, edits)
    except Refused as refused:  # the reading process itself could not be started
        loaded = refusal(name, replace(refused.problem, file=name))
    if loaded.kind == "refused":
        return Read("refused", rows.shaped(pd.DataFrame()), loaded.problems)
    if loaded.kind == "report":
        return _report(loaded)
    mark = str(loaded.layouts[0]["fingerprint"]) if loaded.layouts else ""
    if heads := _heads(layout or mark, loaded.roles):
        cells = {**heads, **decisions.get(CELLS, {})}
        loaded = _loaded(content, name, {**decisions, CELLS: cells}, layout or mark, edits)
    return Read(loaded.kind, rows.of_cells(loaded.cells).reset_index(drop=True), loaded.problems, layout or mark)


def _heads(layout: str, roles: pd.DataFrame) -> dict[str, str]:
    """Cells of headings that a person has rewritten for this form, with their new texts."""
    heads = cached.store().recall(HEADS, layout, {}) if layout else {}
    if not heads or roles.empty:
        return {}
    own = roles[roles["role"].isin(HEADINGS) & roles["text"].isin(list(heads))]
    return {f"{row.sheet}!{row.cell}": heads[row.text] for row in own.itertuples()}


def remember_head(layout: str, text: str, better: str, by: str) -> None:
    """Let the heading ``text`` of a form be read as ``better`` from now on."""
    if layout:
        cached.store().remember(HEADS, layout, {**cached.store().recall(HEADS, layout, {}), text: better}, by=by)


def _loaded(content: bytes, name: str, decisions: Decisions, layout: str, edits: Decisions = NOTHING) -> Loaded:
    """Read the file; a busy machine may take long to start the reading process, which is no time of the file's."""
    sandbox.call("loaders.sandbox:ready", seconds=TO_START)
    return _once(content, name, decisions, layout, edits)


def _once(content: bytes, name: str, decisions: Decisions, layout: str, edits: Decisions) -> Loaded:
    memory = cached.store().recall_all(LAYOUT)
    said = {key: value for key, value in decisions.items() if value and key != CELLS}
    decided = {**memory.get(layout, {}), **said} if said else None
    known = {"previous": _published(), "memory": memory, "aliases": aliases(), "reference": cached.reference()}
    if not decisions.get(CELLS) and not edits:
        return load(content, name, decided=decided, **known)
    with _on_disk(content, name) as path:
        given = Wishes(decided=decided, **known), dict(decisions.get(CELLS, {})), dict(edits)
        try:
            loaded: Loaded = sandbox.call(CORRECTED, path, name, *given, **room.bounds(path))
            return loaded
        except Refused as refused:
            return refusal(name, replace(refused.problem, file=name))


def aliases() -> dict[str, dict[str, str]]:
    """Return the spellings that the office has taught the program, by kind."""
    return {kind: cached.store().aliases(kind) for kind in ALIAS_KINDS}


def stamp(decisions: Decisions, edits: Decisions = NOTHING) -> str:
    """Return a text that changes with what a reading depends on: names, spellings, a person's decisions and edits."""
    roster, heads = sorted(cached.reference().reporters["name"]), cached.store().recall_all(HEADS)
    known = json.dumps([roster, heads, aliases(), dict(decisions), dict(edits)], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(known.encode()).hexdigest()[:16]


def _published() -> pd.DataFrame | None:
    figures = reads.figures(Choice())
    wanted = ["reporter_id", "indicator_id", "period", "measure", "scope", "value", "unit"]
    return figures[wanted] if len(figures) <= MOST_COMPARED else None


@contextmanager
def _on_disk(content: bytes, name: str) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="draft-") as folder:
        path = Path(folder) / f"upload{PurePath(name).suffix[:8]}"
        path.write_bytes(content)
        yield path


def _report(loaded: Loaded) -> Read:
    """A report's numerals as rows: figures wait for a person, the others carry the reason why they are none.

    What is open about a figure is seen in the review, so it is not listed a second time as a problem.
    """
    cells = loaded.cells
    problems = [problem for problem in loaded.problems if problem.code != "figure_open"]
    if cells.empty:
        return Read("report", rows.shaped(pd.DataFrame()), problems)
    figure = cells["as_printed"].notna() & (cells["reason"].isna() if "reason" in cells else True)
    made = cells.assign(
        row=cells["start"].astype("int64").astype("str") + "-" + cells["end"].astype("int64").astype("str"),
        text=cells["as_printed"], state=figure.map({True: "proposed", False: "not_figure"}),
        reporter_name=cells.get("reporter", ""), indicator_name=cells.get("indicator", ""),
    )  # fmt: skip
    return Read("report", _named(rows.numbered(rows.shaped(made))), problems)


def _named(table: pd.DataFrame) -> pd.DataFrame:
    """Give figures of a report the ids of the names in their words: what the office has taught goes first."""
    vocabulary = Vocabulary(cached.reference(), aliases())
    units = vocabulary.reference.indicators.set_index("indicator_id")["unit"]

    def indicator(row: Any) -> str:
        own = row.indicator_name.removeprefix(row.reporter_name)
        found = next(filter(None, map(vocabulary.indicators.find, (row.indicator_name, own))), ())
        fits = len(found) == 1 and values.dimension(units[found[0]]) == values.dimension(row.unit)
        return str(found[0]) if fits else ""

    who = {name: ids[0] for name in set(table["reporter_name"]) if len(ids := vocabulary.reporters.find(name)) == 1}
    what = pd.Series([indicator(row) for row in table.itertuples()], index=table.index, dtype="object")
    reporters = table["reporter_name"].map(who).fillna("")
    return table.assign(
        reporter_id=reporters.where(reporters.ne("") & table["reporter_name"].ne(""), table["reporter_id"]),
        indicator_id=what.where(what.ne(""), table["indicator_id"]),
    )


def text(content: bytes, name: str) -> str:
    """Return a report's text, to which the rows' offsets refer; raise ``Refused``."""
    with _on_disk(content, name) as path:
        return open_report(path).text


def sheets(content: bytes, name: str, cells: Mapping[str, str]) -> dict[str, pd.DataFrame]:
    """Return the sheets of a workbook as texts, corrections put in."""
    with _on_disk(content, name) as path:
        found: dict[str, pd.DataFrame] = sandbox.call("ui.work.reading:grids", path, dict(cells))
        return found


def layouts(content: bytes, name: str, decisions: Decisions, layout: str) -> tuple[pd.DataFrame, list[dict[str, Any]]]:
    """Return the part that each filled cell of a workbook plays, and its tables with their heading rows and columns."""
    loaded = _loaded(content, name, decisions, layout)
    if heads := _heads(layout, loaded.roles):
        loaded = _loaded(content, name, {**decisions, CELLS: {**heads, **decisions.get(CELLS, {})}}, layout)
    return loaded.roles, loaded.layouts


def remember_layout(layout: str, decisions: Decisions, by: str) -> None:
    """Keep for all later files of the same form what holds for the form, not for one reporter."""
    kept = {key: decisions[key] for key in LAYOUT_KEYS if decisions.get(key)}
    if layout and kept:
        cached.store().remember(LAYOUT, layout, {**cached.store().recall(LAYOUT, layout, {}), **kept}, by=by)


def annotated(content: bytes, name: str, problems: Sequence[Problem]) -> bytes:
    """Return the uploader's workbook with its problems marked in the cells and listed; raise ``Refused``."""
    with _on_disk(content, name) as path:
        return annotate(path, problems).content
