"""Every figure of a table as a row of a data frame: where it stands, what it says, what becomes of it.

Decisions are taken once for each kind of row and column and spread over the cells by number, so that a
sheet of a million figures costs little more than a small one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from loaders.grid import Sheet, a1
from loaders.layout import Figure, Label, Table
from loaders.layout.view import plain_text
from loaders.read.amounts import NoAmount, amount
from loaders.read.context import Context
from loaders.read.decide import Decision, decide, names_reporters, settle
from loaders.read.facts import Facts, Reader
from loaders.vocabulary import Vocabulary
from loaders.vocabulary.periods import previous, year_before

T = TypeVar("T", bound=Hashable)
COLUMNS = (
    "sheet", "table", "row", "column", "cell", "text", "role", "state", "reporter_id", "indicator_id", "period",
    "measure", "value", "low", "high", "unit", "qualifier", "as_printed", "unit_source", "unit_factor", "scope",
    "relative", "total", "partial", "row_path", "column_path", "hidden", "comment", "number_format", "confidence",
)  # fmt: skip


class Coded:
    """Numbers for things, each thing once, in the order they come."""

    def __init__(self) -> None:
        self.things: list[Any] = []
        self._numbers: dict[Any, int] = {}

    def number(self, thing: Hashable) -> int:
        """Return the number of a thing, a new one for a new thing."""
        found = self._numbers.get(thing)
        if found is None:
            found = self._numbers[thing] = len(self.things)
            self.things.append(thing)
        return found


def frame(sheet: Sheet, table: Table, number: int, context: Context, vocabulary: Vocabulary) -> tuple[pd.DataFrame, list[Facts]]:
    """Return the cells of ``table`` (the ``number``-th of the file) and the facts of its headings."""
    reader = Reader(vocabulary, context, table.names)
    row_codes, column_codes = Coded(), Coded()
    rows = np.fromiter((row_codes.number(f.rows) for f in table.figures), dtype=np.int64, count=len(table.figures))
    columns = np.fromiter((column_codes.number(f.columns) for f in table.figures), dtype=np.int64, count=len(rows))
    row_facts = [reader.facts(paths, stub=True) for paths in row_codes.things]
    column_facts = [reader.facts(paths, stub=False) for paths in column_codes.things]
    rows_who, columns_who = names_reporters(row_facts, column_facts)
    row_facts = settle(row_facts, "reporter" if rows_who else "indicator")
    column_facts = settle(column_facts, "reporter" if columns_who else "indicator")
    made = _where(sheet, table, number)
    made["row_path"], made["column_path"] = _spread(row_codes.things, rows, _path_text), _spread(column_codes.things, columns, _path_text)
    whats, pairs = _decisions(row_facts, column_facts, rows, columns, reader)
    _add_decisions(made, whats, pairs, context)
    _add_who(made, row_facts, column_facts, rows, columns, context, (rows_who, columns_who))
    _add_when(made, row_facts, column_facts, rows, columns, context)
    _add_amounts(made, sheet, table.figures, whats, pairs, vocabulary)
    return made[list(COLUMNS)], row_facts + column_facts


def _where(sheet: Sheet, table: Table, number: int) -> pd.DataFrame:
    figures = table.figures
    at = [(f.row, f.column) for f in figures]
    return pd.DataFrame({
        "sheet": sheet.name, "table": number, "row": [r for r, _c in at], "column": [c for _r, c in at],
        "cell": [a1(r, c) for r, c in at], "role": [f.role for f in figures],
        "hidden": [sheet.hidden(r, c) for r, c in at], "confidence": table.confidence,
        "comment": [sheet.comments.get(spot, "") for spot in at] if sheet.comments else "",
    })  # fmt: skip


def _spread(things: Sequence[Any], codes: np.ndarray[Any, Any], say: Callable[[Any], object]) -> np.ndarray[Any, Any]:
    """Say something of each thing once and hand it to every cell that has the thing."""
    said = np.empty(len(things), dtype=object)
    for n, thing in enumerate(things):
        said[n] = say(thing)
    spread: np.ndarray[Any, Any] = said[codes]
    return spread


def _path_text(paths: tuple[tuple[Label, ...], ...]) -> str:
    return " / ".join(label.text for path in paths for label in path)


def _decisions(rows: list[Facts], columns: list[Facts], row_codes: np.ndarray[Any, Any],
               column_codes: np.ndarray[Any, Any], reader: Reader) -> tuple[list[Decision], np.ndarray[Any, Any]]:
    """Return the distinct decisions and the number of each cell's."""
    kinds = Coded()
    row_kind = np.array([kinds.number(f.what) for f in rows], dtype=np.int64)[row_codes]
    column_kind = np.array([kinds.number(f.what) for f in columns], dtype=np.int64)[column_codes]
    pair = row_kind * len(kinds.things) + column_kind
    distinct, codes = np.unique(pair, return_inverse=True)
    found = [decide(kinds.things[p // len(kinds.things)], kinds.things[p % len(kinds.things)], reader) for p in distinct]
    return found, codes


def _add_decisions(made: pd.DataFrame, found: list[Decision], codes: np.ndarray[Any, Any], context: Context) -> None:
    for column, say in {
        "indicator_id": lambda d: d.indicator, "measure": lambda d: d.measure, "scope": lambda d: d.scope,
        "relative": lambda d: d.relative, "unit_source": lambda d: d.unit_source, "state": lambda d: d.state,
        "unit_factor": lambda d: d.unit.factor if d.unit else 1.0,
    }.items():  # fmt: skip
        made[column] = _spread(found, codes, say)


def _add_who(made: pd.DataFrame, rows: list[Facts], columns: list[Facts], row_codes: np.ndarray[Any, Any],
             column_codes: np.ndarray[Any, Any], context: Context, who: tuple[bool, bool]) -> None:
    """Set the reporter; sums over several reporters are nobody's own figure and are only checked."""
    row_who, column_who = _spread(rows, row_codes, _who), _spread(columns, column_codes, _who)
    whole = _spread(rows, row_codes, lambda f: f.whole) | _spread(columns, column_codes, lambda f: f.whole)
    named = np.where(row_who != "", row_who, column_who)
    sums = np.zeros(len(made), dtype=bool)
    for names, facts, codes in ((who[0], rows, row_codes), (who[1], columns, column_codes)):
        if names:
            sums |= _spread(facts, codes, lambda f: f.total and not f.whole and f.stranger is None).astype(bool)
    stranger = _spread(rows, row_codes, _strange).astype(bool) | _spread(columns, column_codes, _strange).astype(bool)
    made["reporter_id"] = np.where((named == "") & ~stranger & ~sums | whole.astype(bool), context.reporter, named)
    made["total"] = sums
    made["partial"] = made["row_path"].str.contains(r"其\s*中|#", regex=True) | made["column_path"].str.contains(r"其\s*中|#", regex=True)
    open_ = made["state"].eq("stored")
    made.loc[open_ & sums, "state"] = "total"
    made.loc[open_ & ~sums & made["reporter_id"].eq(""), "state"] = "unknown"


def _who(facts: Facts) -> str:
    return facts.reporters[0] if len(facts.reporters) == 1 else ""


def _strange(facts: Facts) -> bool:
    return facts.stranger is not None or len(facts.reporters) > 1


def _add_when(made: pd.DataFrame, rows: list[Facts], columns: list[Facts], row_codes: np.ndarray[Any, Any],
              column_codes: np.ndarray[Any, Any], context: Context) -> None:
    row_period, column_period = _spread(rows, row_codes, lambda f: f.period), _spread(columns, column_codes, lambda f: f.period)
    period = np.where(column_period != "", column_period, row_period)
    period = np.where(period == "", context.period, period)
    made["period"] = period
    for relative, turn in (("year_before", year_before), ("before", previous)):
        where = made["relative"].eq(relative)
        if where.any():
            made.loc[where, "period"] = made.loc[where, "period"].map(turn)


def _add_amounts(made: pd.DataFrame, sheet: Sheet, figures: Sequence[Figure], found: list[Decision],
                 codes: np.ndarray[Any, Any], vocabulary: Vocabulary) -> None:
    """Read the cells' values with the units of their headings."""
    shares = vocabulary.indicator["maximum"].eq(100).to_dict()
    ways = [(d.unit, shares.get(d.indicator, False) or not d.indicator) for d in found]
    out: dict[str, list[Any]] = {name: [] for name in ("text", "value", "low", "high", "unit", "qualifier", "as_printed", "number_format", "own")}
    add = tuple(column.append for column in out.values())
    states = made["state"].to_numpy(dtype=object, copy=True)
    for n, figure in enumerate(figures):
        value, look = sheet.value(figure.row, figure.column), sheet.style(figure.row, figure.column).number_format
        read = _read(value, look, figure.role, *ways[codes[n]])
        if isinstance(read, str):
            states[n] = read
            read = (None, None, None, "", "", "", "")
        for append, item in zip(add, (plain_text(value), *read[:6], look, read[6]), strict=True):
            append(item)
    own = pd.Series(out.pop("own"), index=made.index)
    for name, column in out.items():
        made[name] = pd.array(column, dtype="Float64").astype("float64") if name in ("value", "low", "high") else column
    made["state"] = states
    made["unit_source"] = own.where(own.ne(""), made["unit_source"])


def _read(value: Any, look: str, role: str, unit: Any, share: bool) -> str | tuple[Any, ...]:
    """Return (value, low, high, unit, qualifier, as_printed, unit source), or the state of a cell without a figure."""
    if role in ("missing", "error"):
        return role
    try:
        found = amount(value, look, unit, share=share)
    except NoAmount:
        return "text"
    p = found.printed
    return p.value, p.low, p.high, p.unit, p.qualifier, found.as_printed, found.source
