"""One pilot among its like: its figures beside those of its type and of its city."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from tidy.exhibit import Exhibit, FigureMeta
from tidy.exhibits._common import city_name, mark, row_of, table, type_name, usual
from tidy.format import bounds
from tidy.intervals import Interval
from tidy.language import _, pick
from tidy.measures import rank_ranges, rank_text


def peers(figures: pd.DataFrame, reporter: Any, indicators: pd.DataFrame) -> Exhibit:
    """Return a pilot's latest figures with its rank range and the span of its type and of its city.

    ``reporter`` is its row; ``figures`` are those of its indicators, by whoever has reported
    them. Only like is compared: pilots, the indicator's usual measure, no
    scoped part. An indicator that nobody of its type or city has reported besides is left out.
    """
    alike = figures[(figures["kind"] == "pilot") & (figures["scope"] == "")]
    columns = {"among_type": type_name(str(reporter.pilot_type)), "among_city": city_name(str(reporter.city))}
    marks = [made for one in alike["indicator_id"].unique() for made in _marks(alike, one, reporter, indicators)]
    note = _("名次从高到低（方向为越低越好的从低到高）；上下界重叠的给名次区间；只在已填报的单位之间比")
    name = pick(str(reporter.name), str(reporter.name_en))
    words = FigureMeta(_("{name}：在同类型、同城市中的位置").format(name=name), note=note)
    return Exhibit("table", table(marks, *columns), words, {"columns": columns, "label": _("指标")})


def _marks(alike: pd.DataFrame, indicator_id: str, reporter: Any, indicators: pd.DataFrame) -> Iterator[dict[str, Any]]:
    indicator = row_of(indicators, str(indicator_id))
    rows = usual(alike, indicator)
    rows = rows[rows["value"].notna()]
    own = rows[rows["reporter_id"] == reporter.reporter_id]
    if own.empty:
        return
    places = [_place(rows[rows[by] == getattr(reporter, by)], reporter, indicator) for by in ("pilot_type", "city")]
    if any(places):
        row = next(own.itertuples())
        label = pick(str(indicator.name), str(indicator.name_en))
        yield mark(label, row, among_type=places[0], among_city=places[1])


def _place(rows: pd.DataFrame, reporter: Any, indicator: Any) -> str:
    """第2位，共 5 家（1,326–1.78万人）; empty where nobody else has reported."""
    if rows["reporter_id"].nunique() < 2:
        return ""
    ranked = rank_ranges(rows, highest_first=indicator.direction != "down")
    own = next(ranked[ranked["reporter_id"] == reporter.reporter_id].itertuples())
    span = bounds(Interval(float(rows["value"].min()), float(rows["value"].max())), str(own.unit))
    return _("{rank}，{count} 家填报（{span}）").format(
        rank=rank_text(own.rank_low, own.rank_high), count=rows["reporter_id"].nunique(), span=span
    )
