"""Counts and sums of one indicator from its part of the kept cube, in memory.

Planning and starting the smallest query costs DuckDB some milliseconds; the part of one indicator is a
few thousand rows. Sums are of whole millionths: exact, and to the last digit those of the database
(``queries.aggregate``, which answers whatever else is asked).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from store.base import CUBE, NUMBERS, Filters
from store.frames import TEXT

COUNTS = ("n", "low_n", "high_n")
MILLION = 1_000_000  # the cube's sums have six decimals
LARGEST = 2**62  # a sum of magnitudes that whole numbers of 64 bits hold
Whole = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]


def suits(filters: Filters, by: Sequence[str]) -> bool:
    """Tell whether the part of one indicator answers: one is asked for, by columns of the cube."""
    used = {*by, *(name for name, _wanted in filters.given())}
    one = filters.indicators is not None and len(filters.indicators) == 1
    return one and filters.newest is None and used <= set(CUBE) and 0 < len(by) == len(set(by))


def part(rows: pa.Table) -> Part | None:
    """Return the rows of a cube as a part, ``None`` where their sums are too large for it."""
    columns = dict(zip(rows.column_names, rows.unify_dictionaries().columns, strict=True))
    words, codes = {}, {}
    for name in CUBE:
        words[name], codes[name] = _coded(columns[name].combine_chunks())
    try:
        sums = {name: _millionths(columns[name].combine_chunks()) for name in NUMBERS}
    except OverflowError:
        return None
    counts = {name: columns[name].to_numpy().astype(np.int64) for name in COUNTS}
    return Part(words, codes, counts, sums, columns["value"].is_valid().to_numpy())


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of a cube by columns: words in the database's order and a code a row, counts, sums in millionths.

    ``valued`` says which rows have any value.
    """

    words: dict[str, list[Any]]
    codes: dict[str, Codes]
    counts: dict[str, Whole]
    sums: dict[str, Whole]
    valued: npt.NDArray[np.bool_]

    def by(self, filters: Filters, by: Sequence[str]) -> pd.DataFrame:
        """Return n and the sums of value, low and high by group, as ``queries.aggregate`` does."""
        order, starts = self._groups(self._wanted(filters), by)

        def added(column: npt.NDArray[Any]) -> Whole:
            return np.add.reduceat(column[order].astype(np.int64), starts) if len(starts) else np.zeros(0, np.int64)

        n = added(self.counts["n"])
        told = n != 0  # of a group that is not told a layer took back every figure
        first = order[starts][told]
        columns: dict[str, Any] = {name: self._words(name, first) for name in by}
        columns["n"] = n[told]
        for name in NUMBERS:
            there = added(self.valued) > 0 if name == "value" else added(self.counts[f"{name}_n"]) == n
            columns[name] = _reals(added(self.sums[name])[told], there[told])
        return pd.DataFrame(columns)

    def _wanted(self, filters: Filters) -> npt.NDArray[np.intp]:
        kept = np.ones(len(self.counts["n"]), dtype=bool)
        for name, wanted in filters.given():
            kept &= np.array([word in wanted for word in self.words[name]], dtype=bool)[self.codes[name]]
        return np.flatnonzero(kept)

    def _groups(
        self, rows: npt.NDArray[np.intp], by: Sequence[str]
    ) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """The rows in the order of their groups, and where in it each group begins."""
        group = np.zeros(len(rows), dtype=np.int64)
        for name in by:  # numbered anew after each column, so that no number grows beyond 64 bits
            group = np.unique(group * len(self.words[name]) + self.codes[name][rows], return_inverse=True)[1]
        order = np.argsort(group, kind="stable")
        return rows[order], np.flatnonzero(np.diff(group[order], prepend=-1))

    def _words(self, name: str, rows: npt.NDArray[np.intp]) -> pd.Series:
        found = [self.words[name][code] for code in self.codes[name][rows].tolist()]
        if name == "year":  # empty where the source states no period
            return pd.Series(found, dtype="Int64")
        return pd.Series(["" if word is None else word for word in found], dtype=TEXT)


def _coded(column: pa.Array) -> tuple[list[Any], Codes]:
    """The words of a column in the order in which the database sorts them, a missing one last, and each row's place."""
    if pa.types.is_dictionary(column.type):
        words, codes = column.dictionary.to_pylist(), column.indices
    else:
        words = sorted(word for word in column.unique().to_pylist() if word is not None)
        codes = pc.index_in(column, pa.array(words, type=column.type))
    return [*words, None], codes.cast(pa.int32()).fill_null(len(words)).to_numpy()


def _millionths(column: pa.Array) -> Whole:
    """Exact decimals as whole millionths, zero where there is none; ``OverflowError`` where adding them might not fit."""
    column = column.fill_null(0)
    halves = np.frombuffer(column.buffers()[1], dtype=np.int64).reshape(-1, 2)[column.offset :][: len(column)]
    low, high = halves[:, 0], halves[:, 1]
    if (high != low >> 63).any() or float(np.abs(low.astype(float)).sum()) >= LARGEST:
        raise OverflowError
    return low.copy()


def _reals(millionths: Whole, there: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """Millionths as the nearest floats, not a number where there is no sum."""
    pairs = zip(millionths.tolist(), there.tolist(), strict=True)
    return np.array([one / MILLION if known else np.nan for one, known in pairs], dtype=float)
