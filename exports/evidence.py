"""Line-level provenance: the printed phrase, its source and its place behind every mark.

``evidence`` is a table indexed by ``observation_id`` with the columns of :data:`COLUMNS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any
from weakref import ref

import pandas as pd

from tidy import periods
from tidy.exhibit import Exhibit
from tidy.format import amount
from tidy.language import _, current, pick
from tidy.schema import read_table

COLUMNS = (
    "as_printed", "reporter", "indicator", "definition", "measure", "unit", "period", "source", "locator",
    "note", "publisher", "date",
)  # fmt: skip


def table(figures: pd.DataFrame, indicators: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Return the evidence of ``figures`` (as ``Store.observations`` gives them) in the reader's language."""
    names, definitions = ({} for _table in range(2))  # by indicator
    for row in indicators.itertuples():
        names[row.indicator_id] = pick(str(row.name), str(row.name_en))
        definitions[row.indicator_id] = pick(str(row.definition), str(row.definition_en))
    papers = sources.set_index("source_id").astype("str")
    who, paper = (figures[name].astype("str") for name in ("indicator_id", "source_id"))
    made = figures[["observation_id", "as_printed", "measure", "unit", "period", "locator", "note"]].assign(
        reporter=_named(figures), indicator=who.map(names).fillna(who), definition=who.map(definitions).fillna(""),
        source=paper.map(papers["title"]).fillna(paper), publisher=paper.map(papers["publisher"]).fillna(""),
        date=paper.map(papers["date"]).fillna(""),
    )  # fmt: skip
    return made.set_index("observation_id")[list(COLUMNS)]


def _named(figures: pd.DataFrame) -> pd.Series:
    """The reporters' names in the reader's language; the Chinese one where there is no other."""
    if current() == "zh":
        return figures["reporter_name"]
    english = figures["reporter_name_en"]
    return english.where(english.notna() & english.ne(""), figures["reporter_name"])


def ready(evidence: pd.DataFrame) -> pd.DataFrame:
    """Return evidence as this package needs it: as it is, or made from plain observations.

    Plain observations (``Store.observations``) are joined with the shipped indicators and sources.
    """
    if evidence.index.name == "observation_id" and "source" in evidence:
        return evidence
    return table(evidence, read_table("indicators"), read_table("sources"))


def rows_of(ids: Iterable[str], evidence: pd.DataFrame) -> Iterator[Any]:
    """Yield the evidence of ``ids`` that is known, in order."""
    known, asked = _kept(evidence), list(dict.fromkeys(ids))
    if new := [one for one in asked if one not in known]:
        known |= dict.fromkeys(new)
        places = evidence.index.get_indexer(new)
        known |= {row.Index: row for row in evidence.iloc[places[places >= 0]].itertuples()}
    yield from (row for one in asked if (row := known[one]) is not None)


_last: tuple[Callable[[], Any], dict[str, Any]] = (lambda: None, {})


def _kept(evidence: pd.DataFrame) -> dict[str, Any]:
    """Return the rows that were asked of the evidence used last: one deck looks up thousands of times, of a million."""
    global _last
    of, rows = _last
    if of() is not evidence:
        rows = {}
        _last = (ref(evidence), rows)
    return rows


def ids_of(mark: Any) -> list[str]:
    """Return the observation ids behind one mark (a row of an exhibit's table)."""
    return [part for part in str(getattr(mark, "observation_ids", "") or "").split("|") if part]


def amount_of(mark: Any) -> str:
    """Return a mark's figure as readers write it: ≥ 49万人."""
    qualifier = str(getattr(mark, "qualifier", "") or "exact")
    return amount(mark.value, mark.low, mark.high, str(mark.unit), qualifier)


def name_of(mark: Any) -> str:
    """Return what a mark is called: its label with panel and series where it has them."""
    parts = [str(getattr(mark, name, "") or "") for name in ("panel", "label", "series")]
    return " · ".join(dict.fromkeys(part for part in parts if part))


def mark_lines(mark: Any, evidence: pd.DataFrame) -> list[str]:
    """Return a mark's amount and, a line each, the printed phrases it rests on."""
    head = f"{name_of(mark)}: {amount_of(mark)}" if current() == "en" else f"{name_of(mark)}：{amount_of(mark)}"
    return [head, *(f"    {line(row)}" for row in rows_of(ids_of(mark), evidence))]


def line(row: Any) -> str:
    """Return one piece of evidence: 「49万余人」 · 嘉兴市总工会 · 2018年 · 来源 · 字符 12–17."""
    quoted = f"“{row.as_printed}”" if current() == "en" else f"「{row.as_printed}」"
    parts = [quoted, row.reporter, periods.label(row.period), row.source, place(row.locator)]
    return " · ".join(part for part in parts if part)


def place(locator: str) -> str:
    """Return a locator for a reader: 字符 12345–12352; a cell address stays as it is."""
    start, dash, end = str(locator).partition("-")
    if dash and start.isdigit() and end.isdigit():
        return _("字符 {start}–{end}").format(start=start, end=end)
    return str(locator)


def lines(exhibit: Exhibit, evidence: pd.DataFrame) -> list[str]:
    """Return the provenance of every mark of ``exhibit``."""
    return [line for mark in exhibit.table.itertuples() for line in mark_lines(mark, evidence)]


def sourced(exhibit: Exhibit, evidence: pd.DataFrame, otherwise: str = "") -> Exhibit:
    """Return ``exhibit`` with a source line: the titles behind its marks, else ``otherwise``."""
    if exhibit.meta.source:
        return exhibit
    titles = dict.fromkeys(row.source for row in rows_of(exhibit.observation_ids, evidence))
    joined = ("; " if current() == "en" else "；").join(titles) or otherwise
    return replace(exhibit, meta=replace(exhibit.meta, source=joined))
