"""Which figure stands for which time: the latest stock, the flow of a year, points of a series."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from tidy import periods


def points(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that can stand at a year, with ``year`` and in the order of time.

    Rows without a period have no place on a time axis and are left out (callers show them
    apart); cumulative and target figures keep their ``measure`` so that a chart never joins
    them with others.
    """
    dated = chosen(table, table["period"] != "")
    codes, texts = pd.factorize(dated["period"])
    years = [periods.year_of(str(text)) for text in texts]
    rank = np.empty(len(texts), dtype=np.int64)
    rank[sorted(range(len(texts)), key=lambda one: (years[one], texts[one]))] = np.arange(len(texts))
    order = np.argsort(rank[codes], kind="stable")
    return dated.iloc[order].assign(year=np.array(years, dtype=np.int64)[codes][order])


def by_text(column: pd.Series, said: Callable[[str], Any]) -> pd.Series:
    """Return ``said`` of each text of a column, worked out once a text: many figures, few periods and units."""
    return column.map({text: said(text) for text in column.unique()})


def latest(table: pd.DataFrame, until: date | None = None) -> pd.DataFrame:
    """Return each reporter's latest figure by indicator and measure, in or before ``until``.

    Undated figures count as older than any dated one; targets are never results and are
    left out. Several figures of the same latest period are all kept: a contradiction is
    shown, not settled in silence.
    """
    results = chosen(table, table["measure"] != "target")
    several = results["reporter_id"].duplicated(keep=False).to_numpy(bool)
    if until is not None or several.all():
        return results[_newest(results, until)]
    kept = ~several  # who has one figure has no later one
    if several.any():
        kept[several] = _newest(results[several], None)
    return results[kept]


def _newest(results: pd.DataFrame, until: date | None) -> npt.NDArray[np.bool_]:
    """Tell which figures nobody has a later one of, of the same reporter, indicator and measure."""
    periods_of, texts = pd.factorize(results["period"])
    ends = np.array([periods.last_day(str(text)) for text in texts], dtype=np.int64)[periods_of]
    known = np.full(len(results), True) if until is None else ends <= until.toordinal()
    series = _numbered(results, ("reporter_id", "indicator_id", "measure"))
    newest = np.zeros(len(results), dtype=np.int64)
    np.maximum.at(newest, series[known], ends[known])
    found: npt.NDArray[np.bool_] = known & (newest[series] == ends)
    return found


def chosen(table: pd.DataFrame, wanted: pd.Series) -> pd.DataFrame:
    """Return the rows that are wanted; ``table`` itself where all are, for a copy costs more than the question."""
    which = wanted.to_numpy(bool)
    return table if which.all() else table[which]


def tuples(table: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    """Return some columns row by row; to go through a column of texts itself takes seven times as long."""
    return zip(*(table[column].tolist() for column in columns), strict=True)


def _numbered(table: pd.DataFrame, columns: Sequence[str]) -> npt.NDArray[np.int64]:
    """Number the rows by what stands in some columns: equal there, equal number below the number of rows."""
    number = np.zeros(len(table), dtype=np.int64)
    for column in columns:
        codes, texts = pd.factorize(table[column])
        number = pd.factorize(number * len(texts) + codes)[0].astype(np.int64)
    return number
