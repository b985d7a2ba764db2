"""One pilot among its like: its figures beside those of its type and of its city."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from tidy.exhibit import Exhibit, FigureMeta
from tidy.exhibits._common import city_name, mark, row_of, table, type_name, usual
from tidy.format import bounds
from tidy.intervals import Interval
from tidy.language import _, pick
from tidy.measures import Ladder, ends, rank_text

# What a pilot is ranked by, and what its mark says.
NEEDED = (
    "reporter_id", "indicator_id", "pilot_type", "city", "value", "low", "high", "unit", "qualifier", "observation_id",
)  # fmt: skip
AMONG = ("pilot_type", "city")
Own = tuple[Any, float, float]  # a figure's row and its bounds, where it has none infinity


@dataclass(frozen=True, slots=True)
class Like:
    """The figures of one type or of one city: sorted bounds, and from where to where the values reach."""

    ladder: Ladder
    span: Interval


@dataclass(frozen=True, slots=True)
class Standing:
    """The latest figures of an indicator that pilots are ranked by, once for everybody's page."""

    rows: dict[str, Own]  # by reporter
    like: dict[tuple[str, str], Like]  # by pilot_type or city and its name


def peers(figures: Iterable[Standing], reporter: Any, indicators: pd.DataFrame) -> Exhibit:
    """Return a pilot's latest figures with its rank range and the span of its type and of its city.

    ``reporter`` is its row; ``figures`` are the :func:`standing` of its indicators, one each.
    An indicator that nobody of its type or city has reported besides is left out.
    """
    columns = {"among_type": type_name(str(reporter.pilot_type)), "among_city": city_name(str(reporter.city))}
    marks = [made for told in figures for made in _marks(told, reporter, indicators)]
    note = _("名次从高到低（方向为越低越好的从低到高）；上下界重叠的给名次区间；只在已填报的单位之间比")
    name = pick(str(reporter.name), str(reporter.name_en))
    words = FigureMeta(_("{name}：在同类型、同城市中的位置").format(name=name), note=note)
    return Exhibit("table", table(marks, *columns), words, {"columns": columns, "label": _("指标")})


def standing(figures: pd.DataFrame, indicator_id: str, indicators: pd.DataFrame) -> Standing:
    """Return the latest figure of each pilot that can be ranked: the usual measure, a value, no scoped part."""
    alike = figures[(figures["kind"] == "pilot") & (figures["scope"] == "")]
    latest = usual(alike, row_of(indicators, indicator_id))
    rows = latest.loc[latest["value"].notna(), list(NEEDED)]
    lows, highs = ends(rows)
    values = rows["value"].to_numpy(float)
    like = {
        (by, str(name)): Like(Ladder(lows[at], highs[at]), Interval(float(values[at].min()), float(values[at].max())))
        for by in AMONG
        for name, at in rows.groupby(by).indices.items()
    }
    own = zip(rows["reporter_id"], zip(rows.itertuples(index=False), lows, highs, strict=True), strict=True)
    return Standing({str(reporter): told for reporter, told in own}, like)


def _marks(told: Standing, reporter: Any, indicators: pd.DataFrame) -> Iterator[dict[str, Any]]:
    own = told.rows.get(str(reporter.reporter_id))
    if own is None:
        return
    indicator = row_of(indicators, str(own[0].indicator_id))
    places = [_place(told.like.get((by, str(getattr(reporter, by)))), own, indicator) for by in AMONG]
    if any(places):
        label = pick(str(indicator.name), str(indicator.name_en))
        yield mark(label, own[0], among_type=places[0], among_city=places[1])


def _place(like: Like | None, own: Own, indicator: Any) -> str:
    """第2位，共 5 家（1,326–1.78万人）; empty where nobody else has reported."""
    if like is None or like.ladder.count < 2:
        return ""
    row, low, high = own
    best, worst = like.ladder.place(low, high, highest_first=indicator.direction != "down")
    span = bounds(like.span, str(row.unit))
    return _("{rank}，{count} 家填报（{span}）").format(
        rank=rank_text(int(best), int(worst)), count=like.ladder.count, span=span
    )
