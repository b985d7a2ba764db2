"""A few reporters side by side: two times (slope), or several reporters on one line (dumbbell)."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from tidy import periods
from tidy.exhibit import Exhibit, Kind
from tidy.exhibits._common import mark, meta, reporter_label, results, row_of, statements, table
from tidy.language import _
from tidy.measures import points
from tidy.suppression import suppressed


def slope(
    figures: pd.DataFrame,
    indicator_id: str,
    indicators: pd.DataFrame,
    reporter_ids: Sequence[str],
    pair: tuple[str, ...] = (),
) -> Exhibit:
    """Return the figures of two periods: ``pair``, else the earliest and the latest that most of the reporters share.

    Of the indicator's usual measure; a reporter without both periods is left out.
    """
    return _two_times("slope", figures, indicator_id, indicators, reporter_ids, pair)


def dumbbell(
    figures: pd.DataFrame,
    indicator_id: str,
    indicators: pd.DataFrame,
    reporter_ids: Sequence[str],
    pair: tuple[str, ...] = (),
) -> Exhibit:
    """Return the same two periods as :func:`slope`, the two figures of a reporter on one line."""
    return _two_times("dumbbell", figures, indicator_id, indicators, reporter_ids, pair)


def _two_times(
    kind: Kind,
    figures: pd.DataFrame,
    indicator_id: str,
    indicators: pd.DataFrame,
    reporter_ids: Sequence[str],
    asked: tuple[str, ...],
) -> Exhibit:
    indicator = row_of(indicators, indicator_id)
    rows = statements(results(figures, indicator_id, indicator.measure))
    chosen = rows[rows["reporter_id"].isin(reporter_ids) & ~suppressed(rows)]
    dated = points(chosen).drop_duplicates(["reporter_id", "period"])
    pair = asked or _shared_pair(dated)
    both = dated[dated["period"].isin(pair)]
    both = both[both.groupby("reporter_id")["period"].transform("nunique") == 2]
    marks = [
        mark(reporter_label(row), row, series=periods.label(str(row.period)), period=row.period)
        for row in both.itertuples()
    ]
    note = _("上下界重叠的不分先后") if marks else _("所选单位没有两个时期的同类数据")
    words = meta(indicator, _("两期对比"), both, note=note)
    return Exhibit(kind, table(marks, "series", "period"), words)


def _shared_pair(dated: pd.DataFrame) -> tuple[str, ...]:
    """The earliest and latest period that most reporters have; empty where nobody has two."""
    found: dict[tuple[str, str], int] = {}
    for _reporter, own in dated.groupby("reporter_id", sort=False):
        stated = list(dict.fromkeys(own["period"]))
        if len(stated) > 1:
            found[(stated[0], stated[-1])] = found.get((stated[0], stated[-1]), 0) + 1
    return max(found, key=lambda pair: found[pair], default=())
