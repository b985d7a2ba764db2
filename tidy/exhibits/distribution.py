"""One mark a reporter: the spread of a rate, and ranks that respect the intervals."""

from __future__ import annotations

from collections import Counter
from typing import Literal

import pandas as pd

from tidy.exhibit import Exhibit
from tidy.exhibits import fewer
from tidy.exhibits._common import (
    city_name,
    expected_pilots,
    labels,
    marked,
    meta,
    row_of,
    type_name,
    usual,
)
from tidy.language import _
from tidy.measures import Reported, rank_ranges, rank_text
from tidy.measures.series import chosen, tuples
from tidy.suppression import suppressed


def dots(
    figures: pd.DataFrame,
    indicator_id: str,
    indicators: pd.DataFrame,
    reporters: pd.DataFrame,
    by: Literal["city", "pilot_type"] = "city",
    most: int | None = None,
) -> Exhibit:
    """Return one dot a reporter on a strip for each city or pilot type; of many on a strip about ``most``."""
    indicator = row_of(indicators, indicator_id)
    rows = usual(figures, indicator)
    rows = chosen(rows, rows[by] != "")
    pilots = {who: place for who, kind, place in tuples(reporters, "reporter_id", "kind", by) if kind == "pilot"}
    have = _reporting(dict(tuples(rows, "reporter_id", by)), pilots)
    kept = fewer.strip(rows[by], rows["value"], most) if most else None
    drawn = rows if kept is None else rows[kept]
    name = city_name if by == "city" else type_name
    places = drawn[by].tolist()
    shown = marked(
        drawn, labels(drawn), series=[name(place) for place in places], reported=[have[place] for place in places]
    )
    subject = _("各单位，按设区市") if by == "city" else _("各单位，按试点类型")
    note = _("每点一个数；比率不求平均")
    made = Exhibit("dots", shown, meta(indicator, subject, rows, len(pilots), note), {"by": "series"})
    return made if kept is None else fewer.of_strip(made, len(rows))


def _reporting(told: dict[str, str], pilots: dict[str, str]) -> dict[str, str]:
    """Of each place's pilots, how many have reported; where others have too, how many reporters alone.

    Given are the places of those who have reported and of all pilots, by reporter.
    """
    count, expected = Counter(told.values()), Counter(pilots.values())
    others = {told[who] for who in told.keys() - pilots.keys()}
    return {place: str(Reported(n, None if place in others else expected[place])) for place, n in count.items()}


def ranking(figures: pd.DataFrame, indicator_id: str, indicators: pd.DataFrame, reporters: pd.DataFrame) -> Exhibit:
    """Return the reporters in order with rank ranges; best first by the indicator's direction."""
    indicator = row_of(indicators, indicator_id)
    rows = usual(figures, indicator)
    highest = indicator.direction != "down"
    secret = suppressed(rows)
    ranked = rank_ranges(rows[~secret], highest_first=highest).sort_values(
        ["rank_low", "rank_high", "value"], ascending=[True, True, not highest], kind="stable"
    )
    ordered = pd.concat([ranked, rows[secret]]) if secret.any() else ranked
    ranks = [rank_text(low, high) for low, high in tuples(ranked, "rank_low", "rank_high")]
    shown = marked(
        ordered,
        labels(ordered),
        rank=ranks + [""] * int(secret.sum()),
        city=[city_name(city) for city in ordered["city"].tolist()],
    )
    expected = expected_pilots(reporters)
    note = _("上下界重叠的单位并列为名次区间")
    return Exhibit("ranking", shown, meta(indicator, _("排名"), rows, expected, note))
