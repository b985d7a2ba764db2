"""One mark a reporter: the spread of a rate, and ranks that respect the intervals."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from tidy.exhibit import Exhibit
from tidy.exhibits._common import (
    city_name,
    expected_pilots,
    mark,
    meta,
    reporter_label,
    row_of,
    table,
    type_name,
    usual,
)
from tidy.language import _
from tidy.measures import Reported, rank_ranges, rank_text, reported
from tidy.suppression import suppressed


def dots(
    figures: pd.DataFrame,
    indicator_id: str,
    indicators: pd.DataFrame,
    reporters: pd.DataFrame,
    by: Literal["city", "pilot_type"] = "city",
) -> Exhibit:
    """Return one dot a reporter on a strip for each city or pilot type."""
    indicator = row_of(indicators, indicator_id)
    rows = usual(figures, indicator)
    rows = rows[rows[by] != ""]
    name = city_name if by == "city" else type_name
    pilots = reporters[reporters["kind"] == "pilot"]
    have = {place: _reporting(own, pilots[pilots[by] == place]) for place, own in rows.groupby(by, sort=False)}
    marks = [
        mark(reporter_label(r), r, series=name(getattr(r, by)), reported=have[getattr(r, by)])
        for r in rows.itertuples()
    ]
    subject = _("各单位，按设区市") if by == "city" else _("各单位，按试点类型")
    note = _("每点一个数；比率不求平均")
    words = meta(indicator, subject, rows, len(pilots), note)
    return Exhibit("dots", table(marks, "series", "reported"), words, {"by": "series"})


def _reporting(rows: pd.DataFrame, pilots: pd.DataFrame) -> str:
    """Of the pilots of a city or type, how many have reported; who is no pilot counts by name only."""
    others = rows[~rows["reporter_id"].isin(pilots["reporter_id"])]
    return str(Reported(rows["reporter_id"].nunique()) if len(others) else reported(rows, pilots))


def ranking(figures: pd.DataFrame, indicator_id: str, indicators: pd.DataFrame, reporters: pd.DataFrame) -> Exhibit:
    """Return the reporters in order with rank ranges; best first by the indicator's direction."""
    indicator = row_of(indicators, indicator_id)
    rows = usual(figures, indicator)
    highest = indicator.direction != "down"
    secret = suppressed(rows)
    ranked = rank_ranges(rows[~secret], highest_first=highest).sort_values(
        ["rank_low", "rank_high", "value"], ascending=[True, True, not highest], kind="stable"
    )
    marks = [
        mark(reporter_label(r), r, rank=rank_text(r.rank_low, r.rank_high), city=city_name(r.city))
        for r in ranked.itertuples()
    ]
    marks += [mark(reporter_label(r), r, rank="", city=city_name(r.city)) for r in rows[secret].itertuples()]
    expected = expected_pilots(reporters)
    note = _("上下界重叠的单位并列为名次区间")
    return Exhibit("ranking", table(marks, "rank", "city"), meta(indicator, _("排名"), rows, expected, note))
