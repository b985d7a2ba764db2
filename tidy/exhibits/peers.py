"""One pilot among its like: its figures beside those of its type and of its city."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from tidy.exhibit import Exhibit, FigureMeta
from tidy.exhibits._common import city_name, mark, row_of, table, type_name, usual
from tidy.format import bounds
from tidy.intervals import Interval
from tidy.language import _, pick
from tidy.measures import ends, ranges, rank_text

# What a pilot is ranked by, and what its mark says.
NEEDED = (
    "reporter_id", "indicator_id", "pilot_type", "city", "value", "low", "high", "unit", "qualifier", "observation_id",
)  # fmt: skip


def peers(figures: Iterable[pd.DataFrame], reporter: Any, indicators: pd.DataFrame) -> Exhibit:
    """Return a pilot's latest figures with its rank range and the span of its type and of its city.

    ``reporter`` is its row; ``figures`` are the :func:`standing` of its indicators, a table each.
    An indicator that nobody of its type or city has reported besides is left out.
    """
    columns = {"among_type": type_name(str(reporter.pilot_type)), "among_city": city_name(str(reporter.city))}
    marks = [made for rows in figures for made in _marks(rows, reporter, indicators)]
    note = _("名次从高到低（方向为越低越好的从低到高）；上下界重叠的给名次区间；只在已填报的单位之间比")
    name = pick(str(reporter.name), str(reporter.name_en))
    words = FigureMeta(_("{name}：在同类型、同城市中的位置").format(name=name), note=note)
    return Exhibit("table", table(marks, *columns), words, {"columns": columns, "label": _("指标")})


def standing(figures: pd.DataFrame, indicator_id: str, indicators: pd.DataFrame) -> pd.DataFrame:
    """Return the latest figure of each pilot that can be ranked: the usual measure, a value, no scoped part."""
    alike = figures[(figures["kind"] == "pilot") & (figures["scope"] == "")]
    latest = usual(alike, row_of(indicators, indicator_id))
    return latest.loc[latest["value"].notna(), list(NEEDED)].reset_index(drop=True)


def _marks(rows: pd.DataFrame, reporter: Any, indicators: pd.DataFrame) -> Iterator[dict[str, Any]]:
    own = np.flatnonzero(rows["reporter_id"] == reporter.reporter_id)
    if not len(own):
        return
    row = next(rows.iloc[own].itertuples())
    indicator = row_of(indicators, str(row.indicator_id))
    among = [rows[by].to_numpy() == getattr(reporter, by) for by in ("pilot_type", "city")]
    places = [_place(rows, np.flatnonzero(alike), row, indicator) for alike in among]
    if any(places):
        label = pick(str(indicator.name), str(indicator.name_en))
        yield mark(label, row, among_type=places[0], among_city=places[1])


def _place(rows: pd.DataFrame, alike: npt.NDArray[Any], own: Any, indicator: Any) -> str:
    """第2位，共 5 家（1,326–1.78万人）; empty where nobody else has reported."""
    if len(alike) < 2:
        return ""
    lows, highs = ends(rows)
    best, worst = ranges(lows[alike], highs[alike], highest_first=indicator.direction != "down")
    at = np.searchsorted(alike, own.Index)
    values = rows["value"].to_numpy()[alike]
    span = bounds(Interval(float(values.min()), float(values.max())), str(own.unit))
    return _("{rank}，{count} 家填报（{span}）").format(
        rank=rank_text(int(best[at]), int(worst[at])), count=len(alike), span=span
    )
