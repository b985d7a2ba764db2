"""A sentence made from the data: who said how much when, never more than that."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from tidy import periods
from tidy.exhibits import reporter_label, row_at
from tidy.format import amount, bounds
from tidy.intervals import Interval
from tidy.language import _, current
from tidy.measures import points, spread
from tidy.measures.series import chosen
from ui import cached, reads
from ui.choice import Choice


def sentence(choice: Choice, indicator_id: str) -> str:
    """Return one sentence about an indicator: its longest series first and last, else its spread."""
    figures = reads.of_indicators(choice, (indicator_id,))
    figures = chosen(figures, (figures["measure"] != "target") & figures["value"].notna())
    if figures.empty:
        return _("所选范围内没有这个指标的数据。")
    name = cached.indicator_names(choice)[indicator_id]
    measure = figures["measure"]
    same = (figures["scope"] == "") & (figures["period"] != "") & ((measure == "stock") | (measure == "flow"))
    if longest := _longest(chosen(figures, same)):
        return _series(name, points(figures[same & (figures["reporter_id"] == longest)]))
    return _spread(name, figures)


def _longest(dated: pd.DataFrame) -> str:
    """Who reports most periods, of equals the first by id; nobody where each reports one."""
    count = dated.drop_duplicates(["reporter_id", "period"])["reporter_id"].value_counts()
    most = count.max()
    return str(min(count.index[count == most])) if most > 1 else ""


def _series(name: str, own: pd.DataFrame) -> str:
    first, last = row_at(own, 0), row_at(own, -1)
    return _("{who}{name}：{when}为 {value}，{later}为 {newer}。").format(
        who=reporter_label(last) + (" " if current() == "en" else ""),
        name=name,
        when=periods.label(first.period),
        value=amount(first.value, first.low, first.high, first.unit, first.qualifier),
        later=periods.label(last.period),
        newer=amount(last.value, last.low, last.high, last.unit, last.qualifier),
    )


def _spread(name: str, figures: pd.DataFrame) -> str:
    units = Counter(figures["unit"].tolist())
    one_unit = chosen(figures, figures["unit"] == min(units, key=lambda unit: (-units[unit], unit)))
    found = spread(one_unit)
    assert found is not None
    count = len(set(one_unit["reporter_id"].tolist()))
    if count == 1:
        row = row_at(one_unit, -1)
        said = amount(row.value, row.low, row.high, row.unit, row.qualifier)
        return _("{name}：只有{who}填报，为 {value}。").format(name=name, who=reporter_label(row), value=said)
    span = bounds(Interval(found.low, found.high), str(one_unit["unit"].iloc[0]))
    return _("{name}：{count} 家填报，所印的数在 {span} 之间。").format(name=name, count=count, span=span)
