"""Figures over time: each reporter a line with gaps, each measure apart."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from tidy.exhibit import Exhibit
from tidy.exhibits._common import (
    city_name,
    indicator_name,
    labels,
    marked,
    meta,
    results,
    row_of,
    statements,
)
from tidy.language import _
from tidy.measures import points


def over_time(
    figures: pd.DataFrame,
    indicator_id: str,
    indicators: pd.DataFrame,
    reporter_ids: Sequence[str] | None = None,
) -> Exhibit:
    """Return the dated figures of the indicator as lines by reporter.

    Cumulative figures are a line of their own kind and never joined with stocks or flows;
    figures without a period cannot stand on the axis and are counted in the note.
    """
    indicator = row_of(indicators, indicator_id)
    rows = statements(results(figures, indicator_id))
    if reporter_ids is not None:
        rows = rows[rows["reporter_id"].isin(reporter_ids)]
    dated = points(rows)
    several = dated["measure"].nunique() > 1
    names = labels(dated)
    if several:
        names = [f"{name}（{measure_name(own)}）" for name, own in zip(names, dated["measure"].tolist(), strict=True)]
    own = {name: dated[name].tolist() for name in ("year", "period", "city")}
    shown = marked(dated, [str(year) for year in own["year"]], **own, series=names)
    return Exhibit("series", shown, meta(indicator, _("按年度"), rows))


def small_multiples(figures: pd.DataFrame, indicator_id: str, indicators: pd.DataFrame) -> Exhibit:
    """Return the dated figures as one small chart a city."""
    exhibit = over_time(figures, indicator_id, indicators)
    shown = exhibit.table.copy()
    shown["panel"] = [city_name(city) for city in shown["city"]]
    name = indicator_name(row_of(indicators, indicator_id))
    title = _("{indicator}：各市年度对照").format(indicator=name)
    return Exhibit("small_multiples", shown[shown["panel"] != ""], exhibit.meta, {"by": "panel"}).titled(title)


def player(figures: pd.DataFrame, indicator_id: str, indicators: pd.DataFrame) -> Exhibit:
    """Return the dated figures as bars that move from period to period."""
    exhibit = over_time(figures, indicator_id, indicators)
    shown = exhibit.table.assign(label=exhibit.table["series"])
    name = indicator_name(row_of(indicators, indicator_id))
    return Exhibit("player", shown, exhibit.meta).titled(_("{indicator}：逐年播放").format(indicator=name))


def measure_name(measure: str) -> str:
    """Return the word for a measure: 时点数, 时期数, 累计数, 计划数."""
    names = {"stock": _("时点数"), "flow": _("时期数"), "cumulative": _("累计数"), "target": _("计划数")}
    return names[measure]
