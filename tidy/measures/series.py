"""Which figure stands for which time: the latest stock, the flow of a year, points of a series."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from tidy import periods


def points(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that can stand at a year, with ``year`` and in the order of time.

    Rows without a period have no place on a time axis and are left out (callers show them
    apart); cumulative and target figures keep their ``measure`` so that a chart never joins
    them with others.
    """
    dated = table[table["period"] != ""].copy()
    dated["year"] = by_text(dated["period"], periods.year_of).astype("int64")
    return dated.sort_values(["year", "period"], kind="stable")


def by_text(column: pd.Series, said: Callable[[str], Any]) -> pd.Series:
    """Return ``said`` of each text of a column, worked out once a text: many figures, few periods and units."""
    return column.map({text: said(text) for text in column.unique()})


def latest(table: pd.DataFrame, until: date | None = None) -> pd.DataFrame:
    """Return each reporter's latest figure by indicator and measure, in or before ``until``.

    Undated figures count as older than any dated one; targets are never results and are
    left out. Several figures of the same latest period are all kept: a contradiction is
    shown, not settled in silence.
    """
    results = table[table["measure"] != "target"].copy()
    results["_end"] = by_text(results["period"], periods.last_day).astype("int64")
    if until is not None:
        results = results[results["_end"] <= until.toordinal()]
    newest: dict[tuple[str, str, str], int] = {}
    told = list(zip(results["reporter_id"], results["indicator_id"], results["measure"], strict=True))
    ends = results.pop("_end").tolist()
    for series, end in zip(told, ends, strict=True):
        newest[series] = max(newest.get(series, 0), end)
    kept = [newest[series] == end for series, end in zip(told, ends, strict=True)]
    return results[np.array(kept, dtype=bool)]
