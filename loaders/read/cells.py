"""Every figure of a table as a row of a data frame: where it stands, what it says, what becomes of it.

Decisions are taken once for each kind of row and column and spread over the cells by number, so that a
sheet of a million figures costs little more than a small one. Words that many cells share become categories:
memory that is never touched is what saves the most time.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from loaders.grid import Sheet
from loaders.layout import Table
from loaders.read.amount_columns import amount_columns
from loaders.read.context import Context
from loaders.read.decide import STATES, Decision, decide, names_reporters, settle
from loaders.read.facts import Facts, Path, Reader
from loaders.read.gather import Gathered, Headings, gather
from loaders.read.shared import Coded, Codes, Flags, Shared, flags, is_shared, spread
from loaders.vocabulary import Vocabulary, is_partial
from loaders.vocabulary.periods import previous, year_before

COLUMNS = (
    "sheet", "table", "row", "column", "cell", "text", "role", "state", "reporter_id", "indicator_id", "period",
    "measure", "value", "low", "high", "unit", "qualifier", "as_printed", "unit_source", "unit_factor", "scope",
    "relative", "total", "partial", "row_path", "column_path", "hidden", "comment", "number_format", "typed",
    "confidence",
)  # fmt: skip
STORED, UNKNOWN = STATES.index("stored"), STATES.index("unknown")
MANY = 4_000_000  # pairs of headings that are no longer counted in a table
Losing = tuple[Facts, bool]
Made = dict[str, Any]  # column → array


class _Axis:
    """The facts of one axis and which cell has which."""

    def __init__(self, paths: list[tuple[Path, ...]], codes: Codes, reader: Reader, *, stub: bool) -> None:
        self.paths, self.path_codes = paths, codes
        every = [reader.facts(one, stub=stub) for one in paths]
        self.facts = list({id(one): one for one in every}.values())  # rows that say the same share one object
        numbers = {id(one): n for n, one in enumerate(self.facts)}
        self.codes: Codes = np.array([numbers[id(one)] for one in every], dtype=np.int32)[codes]
        self.names_reporters = False

    def settle(self, names_reporters: bool) -> None:
        """Take the axis as the one that names reporters, or not."""
        self.names_reporters = names_reporters
        self.facts = settle(self.facts, "reporter" if names_reporters else "indicator")

    def flag(self, what: Any) -> Flags:
        """Spread a yes or no of each fact over the cells."""
        return flags(self.facts, self.codes, what)

    def number(self, words: Coded, what: Any) -> Codes:
        """Spread a word said of each fact over the cells, as its number among ``words``."""
        numbers: Codes = words.numbers(map(what, self.facts)).astype(np.int32)[self.codes]
        return numbers

    def losing(self, lost: np.ndarray[Any, Any]) -> list[Losing]:
        """Return the facts, each with whether figures under it are lost for want of an indicator."""
        codes = set(self.codes[lost].tolist())
        return [(one, n in codes) for n, one in enumerate(self.facts)]


def columns_of(
    sheet: Sheet, table: Table, number: int, context: Context, vocabulary: Vocabulary
) -> tuple[Made, list[Losing], Headings]:
    """Return the columns (:data:`COLUMNS`) of the cells of ``table`` (the ``number``-th of the file), the facts of its headings, and these.

    With the facts goes whether figures under that heading are lost for want of an indicator.
    """
    cells = gather(sheet, table)
    reader = Reader(vocabulary, context, table.names)
    rows = _Axis(cells.row_paths, cells.beside, reader, stub=True)
    columns = _Axis(cells.column_paths, cells.over, reader, stub=False)
    for axis, named in zip((rows, columns), names_reporters(rows.facts, columns.facts), strict=True):
        axis.settle(named)
    decisions, codes = _decisions(rows, columns, reader)
    made = _where(sheet, table, number, cells) | _what(decisions, codes)
    made |= _who(rows, columns, context, made["state"]) | _when(rows, columns, context, decisions, codes)
    made["scope"] = _scope(rows, columns, made["scope"])
    made |= _paths(rows, columns)
    shares = vocabulary.indicator["maximum"].eq(100).to_dict()
    made |= amount_columns(sheet, cells, decisions, codes, shares, made["state"], made["unit_source"])
    lost = (made["state"] == UNKNOWN) & flags(decisions, codes, lambda d: not d.indicator)
    return made, rows.losing(lost) + columns.losing(lost), cells.headings


def frame(tables: list[Made]) -> pd.DataFrame:
    """Put the tables' cells together; words that cells share are categories (:func:`plain` turns them back)."""
    if not tables:
        return pd.DataFrame(columns=list(COLUMNS))
    made = {name: _joined([table.pop(name) for table in tables]) for name in COLUMNS}
    made["state"] = pd.Categorical.from_codes(made["state"], categories=list(STATES))
    series = {name: pd.Series(one, dtype=one.dtype, copy=False) for name, one in made.items()}
    return pd.DataFrame(series, copy=False)


def plain(cells: pd.DataFrame) -> pd.DataFrame:
    """Return cells with all words as plain objects, for those who add to them or write into them."""
    return cells.astype({name: object for name, kind in cells.dtypes.items() if is_shared(kind)})


def _joined(parts: list[Any]) -> Any:
    if isinstance(parts[0], Shared):
        return Shared.joined(parts).categorical()
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if isinstance(parts[0], np.ndarray) else type(parts[0])._concat_same_type(parts)


def _where(sheet: Sheet, table: Table, number: int, cells: Gathered) -> dict[str, Any]:
    size = len(cells.rows)
    return {
        "sheet": Shared.one(sheet.name, size), "table": np.full(size, number, np.int32),
        "row": cells.rows, "column": cells.columns, "cell": _addresses(cells),
        "role": Shared(cells.role_names, cells.roles),
        "hidden": _hidden(sheet, cells), "confidence": np.full(size, table.confidence),
        "comment": _comments(sheet, cells),
    }  # fmt: skip


def _addresses(cells: Gathered) -> Any:
    """Return the cells' addresses as Arrow texts: none like another, they would fill memory as objects."""
    letters = pa.array(cells.letters, pa.string()).take(pa.array(cells.columns))
    return pd.array(
        pc.binary_join_element_wise(letters, pc.cast(pa.array(cells.rows + 1), pa.string()), ""), dtype="str"
    )


def _scope(rows: _Axis, columns: _Axis, own: Shared) -> Shared:
    for axis in (rows, columns):
        if any(one.scope for one in axis.facts):
            own = Shared.of(own.objects() + spread(axis.facts, axis.codes, lambda f: f.scope).objects())
    return own


def _comments(sheet: Sheet, cells: Gathered) -> Shared:
    if not sheet.comments:
        return Shared.one("", len(cells.rows))
    places = zip(cells.rows.tolist(), cells.columns.tolist(), strict=True)
    return Shared((sheet.comments.get(at, "") for at in places), np.arange(len(cells.rows)))


def _hidden(sheet: Sheet, cells: Gathered) -> np.ndarray[Any, Any]:
    if not sheet.visible or not (sheet.hidden_rows or sheet.hidden_columns):
        return np.full(len(cells.rows), not sheet.visible)
    rows, columns = (np.array(sorted(some), dtype=np.int64) for some in (sheet.hidden_rows, sheet.hidden_columns))
    return np.isin(cells.rows, rows) | np.isin(cells.columns, columns)


def _paths(rows: _Axis, columns: _Axis) -> dict[str, Any]:
    """Return the headings as texts, and whether one of them announces only some of the parts."""
    made: dict[str, Any] = {"partial": np.zeros(len(rows.path_codes), bool)}
    for axis, name in ((rows, "row_path"), (columns, "column_path")):
        texts = [[label.text for path in paths for label in path] for paths in axis.paths]
        said = list(map(" / ".join, texts))
        made[name] = Shared(said, axis.path_codes)
        partial = [
            ("其" in one or "#" in one) and any(map(is_partial, own)) for one, own in zip(said, texts, strict=True)
        ]
        made["partial"] |= flags(partial, axis.path_codes, bool)
    return made


def _decisions(rows: _Axis, columns: _Axis, reader: Reader) -> tuple[list[Decision], Codes]:
    """Return the distinct decisions and the number of each cell's."""
    kinds = Coded()
    row, column = (np.array([kinds.number(f.what) for f in axis.facts], np.int64) for axis in (rows, columns))
    size = max(1, len(kinds.things))
    narrow = np.min_scalar_type(-size * size)
    pairs: Codes = (row * size).astype(narrow)[rows.codes] + column.astype(narrow)[columns.codes]
    distinct, codes = _distinct(pairs, size * size)
    return [decide(kinds.things[p // size], kinds.things[p % size], reader) for p in distinct.tolist()], codes


def _distinct(numbers: Codes, end: int) -> tuple[Codes, Codes]:
    """Return the different ones of many numbers below ``end``, and for each which of these it is."""
    if end > MANY:
        return np.unique(numbers, return_inverse=True)
    distinct = np.flatnonzero(np.bincount(numbers))
    places = np.zeros(end, np.int32)
    places[distinct] = np.arange(len(distinct))
    return distinct, places[numbers]


def _what(decisions: list[Decision], codes: Codes) -> dict[str, Any]:
    said = {
        "indicator_id": lambda d: d.indicator, "measure": lambda d: d.measure, "scope": lambda d: d.scope,
        "relative": lambda d: d.relative, "unit_source": lambda d: d.unit_source,
    }  # fmt: skip
    made: dict[str, Any] = {name: spread(decisions, codes, say) for name, say in said.items()}
    made["state"] = np.array([STATES.index(d.state) for d in decisions] or [0], dtype=np.int8)[codes]
    made["unit_factor"] = np.array([d.unit.factor if d.unit else 1.0 for d in decisions] or [1.0])[codes]
    return made


def _who(rows: _Axis, columns: _Axis, context: Context, state: Codes) -> dict[str, Any]:
    """Say whose figures they are; sums over several reporters are nobody's own figure and are only checked."""
    known = Coded("", context.reporter)
    row, column = rows.number(known, _one), columns.number(known, _one)
    named = np.where(row != 0, row, column)
    whole = rows.flag(lambda f: f.whole) | columns.flag(lambda f: f.whole)
    stranger = rows.flag(_strange) | columns.flag(_strange)
    sums = np.zeros(len(named), dtype=bool)
    for axis in (rows, columns):
        if axis.names_reporters:
            sums |= axis.flag(lambda f: f.total and not f.whole and f.stranger is None)
    clash = rows.flag(_clash) | columns.flag(_clash)
    reporter = np.where(((named == 0) & ~stranger & ~sums) | whole, known.number(context.reporter), named)
    open_ = state == STORED
    state[open_ & sums] = STATES.index("total")
    state[open_ & ~sums & (reporter == 0)] = UNKNOWN
    state[open_ & clash & (reporter == 0)] = STATES.index("ambiguous")
    return {"reporter_id": Shared(known.things, reporter), "total": sums}


def _one(facts: Facts) -> str:
    return facts.reporters[0] if len(facts.reporters) == 1 else ""


def _strange(facts: Facts) -> bool:
    return facts.stranger is not None or len(facts.reporters) > 1


def _clash(facts: Facts) -> bool:
    return len(facts.reporters) > 1


def _when(
    rows: _Axis, columns: _Axis, context: Context, decisions: list[Decision], codes: Codes
) -> dict[str, Any]:  # fmt: skip
    """Say when: by the column, the row, or the lines above; figures of the year before by turning the year back."""
    known = Coded("", context.period)
    row, column = rows.number(known, lambda f: f.period), columns.number(known, lambda f: f.period)
    own = np.where(column != 0, column, row)
    period = np.where(own == 0, known.number(context.period), own)
    for relative, turn in (("year_before", year_before), ("before", previous)):
        which = {n for n, decision in enumerate(decisions) if decision.relative == relative}
        if which:
            period[np.isin(codes, list(which)) & (own == 0)] = known.number(turn(context.period))
    return {"period": Shared(known.things, period)}
