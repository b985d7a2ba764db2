"""One mark a reporter: the spread of a rate, and ranks that respect the intervals."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import compress
from typing import Literal

import pandas as pd

from tidy.exhibit import Exhibit
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
from tidy.measures.series import chosen
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
    rows = chosen(rows, rows[by] != "")
    name = city_name if by == "city" else type_name
    pilots = [kind == "pilot" for kind in reporters["kind"]]
    ours = _by_place(compress(reporters[by], pilots), compress(reporters["reporter_id"], pilots))
    have = {
        place: _reporting(who, ours.get(place, set()))
        for place, who in _by_place(rows[by], rows["reporter_id"]).items()
    }
    places = rows[by].tolist()
    shown = marked(
        rows, labels(rows), series=[name(place) for place in places], reported=[have[place] for place in places]
    )
    subject = _("各单位，按设区市") if by == "city" else _("各单位，按试点类型")
    note = _("每点一个数；比率不求平均")
    words = meta(indicator, subject, rows, sum(pilots), note)
    return Exhibit("dots", shown, words, {"by": "series"})


def _by_place(places: Iterable[str], who: Iterable[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for place, one in zip(places, who, strict=True):
        found.setdefault(place, set()).add(one)
    return found


def _reporting(who: set[str], pilots: set[str]) -> str:
    """Of the pilots of a city or type, how many have reported; who is no pilot counts by name only."""
    return str(Reported(len(who), None if who - pilots else len(pilots)))


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
    ranks = [rank_text(low, high) for low, high in zip(ranked["rank_low"], ranked["rank_high"], strict=True)]
    shown = marked(
        ordered,
        labels(ordered),
        rank=ranks + [""] * int(secret.sum()),
        city=[city_name(city) for city in ordered["city"]],
    )
    expected = expected_pilots(reporters)
    note = _("上下界重叠的单位并列为名次区间")
    return Exhibit("ranking", shown, meta(indicator, _("排名"), rows, expected, note))
