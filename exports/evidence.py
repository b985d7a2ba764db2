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
    known = {row.indicator_id: row for row in indicators.itertuples()}
    papers = {row.source_id: row for row in sources.itertuples()}
    rows = [_row(row, known.get(row.indicator_id), papers.get(row.source_id)) for row in figures.itertuples()]
    return pd.DataFrame(rows, columns=["observation_id", *COLUMNS]).set_index("observation_id")


def _row(figure: Any, indicator: Any, paper: Any) -> tuple[str, ...]:
    return (
        figure.observation_id,
        figure.as_printed,
        pick(str(figure.reporter_name), str(figure.reporter_name_en)),
        pick(str(indicator.name), str(indicator.name_en)) if indicator else str(figure.indicator_id),
        pick(str(indicator.definition), str(indicator.definition_en)) if indicator else "",
        figure.measure,
        figure.unit,
        figure.period,
        str(paper.title) if paper else str(figure.source_id),
        figure.locator,
        figure.note,
        str(paper.publisher) if paper else "",
        str(paper.date) if paper else "",
    )


def ready(evidence: pd.DataFrame) -> pd.DataFrame:
    """Return evidence as this package needs it: as it is, or made from plain observations.

    Plain observations (``Store.observations``) are joined with the shipped indicators and sources.
    """
    if evidence.index.name == "observation_id" and "source" in evidence:
        return evidence
    return table(evidence, read_table("indicators"), read_table("sources"))


def rows_of(ids: Iterable[str], evidence: pd.DataFrame) -> Iterator[Any]:
    """Yield the evidence of ``ids`` that is known, in order."""
    known = _by_id(evidence)
    yield from (known[one] for one in dict.fromkeys(ids) if one in known)


_last: tuple[Callable[[], Any], dict[str, Any]] = (lambda: None, {})


def _by_id(evidence: pd.DataFrame) -> dict[str, Any]:
    """Return rows by id, kept for the evidence used last: one deck looks up thousands of times."""
    global _last
    of, rows = _last
    if of() is not evidence:
        rows = {row.Index: row for row in evidence.itertuples()}
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
