"""Figures that leap against the same figure a year (or a period) before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from loaders.checks._at import MOST, at, rows
from loaders.read.workbook import Reading
from loaders.vocabulary.periods import previous, year_before
from tidy import periods
from tidy.language import _
from tidy.problems import Problem

KEY = ["reporter_id", "indicator_id", "measure", "scope"]
LOOKED_AT = [*KEY, "period", "value", "unit", "sheet", "cell", "text"]
TIMES = 2.0  # more than twice or less than half
POINTS = 20.0  # for a rate: percentage points
SMALL = 10.0  # counts below this leap for no reason


def check(reading: Reading) -> list[Problem]:
    """Return a warning for each figure that leaps against published ones or, failing them, the file's own."""
    figures = reading.cells["state"].eq("stored") & reading.cells["value"].notna()
    now = reading.cells[LOOKED_AT][figures]
    known = [table for table in (reading.previous, now) if table is not None and not table.empty]
    if now.empty or not _comparable(now, known):
        return []
    before = pd.concat([_only(table) for table in known]).drop_duplicates([*KEY, "period"])
    pairs = [_paired(now, before, turn) for turn in (year_before, previous)]
    both = pd.concat(pairs).drop_duplicates(["sheet", "cell"])
    return [_problem(reading, row) for row in rows(both[_leaps(both)].head(MOST))]


def _comparable(now: pd.DataFrame, known: list[pd.DataFrame]) -> bool:
    """Tell whether any figure's period has one before it that is known."""
    there = {text for table in known for text in table["period"].unique()}
    return any(turn(text) in there for text in now["period"].unique() if text for turn in (year_before, previous))


def _only(table: pd.DataFrame) -> pd.DataFrame:
    scope = table.get("scope", "")
    return table.assign(scope=scope)[[*KEY, "period", "value"]]


def _paired(now: pd.DataFrame, before: pd.DataFrame, turn: Callable[[str], str]) -> pd.DataFrame:
    asked = {text: turn(text) for text in now["period"].unique() if text}
    wanted = now.assign(period_before=[asked.get(text, "") for text in now["period"]])
    old = before.rename(columns={"period": "period_before", "value": "value_before"})
    return wanted[wanted["period_before"].ne("")].merge(old, on=[*KEY, "period_before"])


def _leaps(both: pd.DataFrame) -> pd.Series:
    now, before = both["value"], both["value_before"]
    share = both["unit"].eq("%")
    far = (now > TIMES * before) | (now * TIMES < before)
    sizeable = pd.concat([now.abs(), before.abs()], axis=1).max(axis=1) >= SMALL
    return (share & ((now - before).abs() > POINTS)) | (~share & far & sizeable)


def _problem(reading: Reading, row: Any) -> Problem:
    message = _("{now:g} 与{when}的 {before:g} 相差过大").format(
        now=row.value, when=periods.label(row.period_before), before=row.value_before
    )
    return at(reading, row, "jump", message, _("确认无误请说明原因，有误请改正"), "warning")
