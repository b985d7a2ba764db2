"""A few reporters side by side: two times (slope), or several reporters on one line (dumbbell)."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from tidy.exhibit import Exhibit
from tidy.exhibits._common import mark, meta, reporter_label, results, row_of, statements, table, usual
from tidy.language import _
from tidy.measures import points


def slope(figures: pd.DataFrame, indicator_id: str, indicators: pd.DataFrame, reporter_ids: Sequence[str]) -> Exhibit:
    """Return the first and last dated figure of each reporter, of the indicator's usual measure."""
    indicator = row_of(indicators, indicator_id)
    rows = statements(results(figures, indicator_id, indicator.measure))
    dated = points(rows[rows["reporter_id"].isin(reporter_ids)])
    marks = []
    for _reporter, own in dated.groupby("reporter_id", sort=False):
        if own["period"].nunique() > 1:
            for row in (next(own.itertuples()), next(own.iloc[[-1]].itertuples())):
                marks.append(mark(str(row.year), row, series=reporter_label(row), year=row.year))
    note = "" if marks else _("所选单位没有两个时期的同类数据")
    return Exhibit("slope", table(marks, "series", "year"), meta(indicator, _("两期对比"), dated, note=note))


def dumbbell(
    figures: pd.DataFrame, indicator_ids: Sequence[str], indicators: pd.DataFrame, reporter_ids: Sequence[str]
) -> Exhibit:
    """Return the latest figure of each reporter for each indicator of one unit."""
    marks = []
    rows = figures.iloc[0:0]
    indicator = row_of(indicators, indicator_ids[0])
    for indicator_id in indicator_ids:
        each = row_of(indicators, indicator_id)
        if each.unit != indicator.unit:
            continue
        rows = usual(figures[figures["reporter_id"].isin(reporter_ids)], each)
        marks += [mark(each.name, r, series=reporter_label(r), period=r.period) for r in rows.itertuples()]
    note = _("上下界重叠的不分先后")
    return Exhibit("dumbbell", table(marks, "series", "period"), meta(indicator, _("单位对比"), rows, note=note))
