"""What a story shows when its plan leaves the choice to the data: the best reported comes first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import pandas as pd

from tidy.exhibits import Card, card
from tidy.schema import CITIES, PILOT_TYPES

PROVINCE = "330000"


class Chosen(Protocol):
    """The part of a story's material that a choice looks at."""

    @property
    def figures(self) -> pd.DataFrame: ...
    @property
    def indicators(self) -> pd.DataFrame: ...
    @property
    def reporters(self) -> pd.DataFrame: ...
    @property
    def city(self) -> str: ...


def choose_indicators(
    figures: pd.DataFrame, indicators: pd.DataFrame, group: str = "", most: int = 3, dated: bool = False
) -> list[Any]:
    """Return the indicators of ``group`` (all groups without) that most reporters have reported.

    With ``dated`` they are those with most years reported by one reporter, and two at least.
    """
    rows = figures[figures["measure"] != "target"]
    rows = rows[rows["group"] == group] if group else rows
    if dated:
        years = rows.groupby(["indicator_id", "reporter_id"])["year"].nunique()
        counts = years[years > 1].groupby("indicator_id").sum()
    else:
        counts = rows.groupby("indicator_id")["reporter_id"].nunique()
    best = sorted(counts.items(), key=lambda item: (-int(item[1]), str(item[0])))[:most]
    known = {row.indicator_id: row for row in indicators.itertuples()}
    return [known[one] for one, _count in best if one in known]


def choose_reporters(material: Chosen, who: str | Sequence[str], indicator_id: str) -> list[str]:
    """Return reporter ids: a list as given; ``"dated"`` the eight with most years of the indicator."""
    if not isinstance(who, str):
        return list(who)
    rows = material.figures[material.figures["indicator_id"] == indicator_id]
    years = rows.groupby("reporter_id")["year"].nunique()
    best = sorted(years[years > 1].items(), key=lambda item: (-int(item[1]), str(item[0])))
    return [str(one) for one, _count in best[:8]]


def choose_cards(material: Chosen, groups: Sequence[str] = (), most: int = 6) -> tuple[Card, ...]:
    """Return headline cards of the city's own federation, or of the province's without a city.

    ``groups`` limits and orders the indicators; the newest figures come first within a group.
    """
    rows = material.figures[material.figures["reporter_id"].isin(own_federations(material))]
    rows = rows[(rows["measure"] != "target") & (rows["group"].isin(groups) if groups else True)]
    order = {group: place for place, group in enumerate(groups)}
    ranked = rows.assign(_group=rows["group"].map(order).fillna(0), _year=-rows["year"].astype(float).fillna(0))
    ranked = ranked.sort_values(["_group", "_year", "indicator_id"], kind="stable")
    queues: dict[str, list[Card]] = {}
    for row in ranked.drop_duplicates("indicator_id").itertuples():
        found = card(material.figures, str(row.indicator_id), str(row.reporter_id), material.indicators)
        if found:
            queues.setdefault(str(row.group), []).append(found)
    return tuple(_in_turn(queues, most))


def own_federations(material: Chosen) -> tuple[str, ...]:
    """Return the ids of the city's own federations, or of the province's without a city."""
    area = CITIES.get(material.city, PROVINCE)
    own = material.reporters[(material.reporters["kind"] == "federation") & (material.reporters["area_code"] == area)]
    return tuple(own["reporter_id"])


def _in_turn(queues: dict[str, list[Card]], most: int) -> list[Card]:
    """Take cards in turn from each group, so that one group does not fill the page."""
    taken: list[Card] = []
    while any(queues.values()) and len(taken) < most:
        taken += [queue.pop(0) for queue in queues.values() if queue]
    return taken[:most]


def printed_counts(material: Chosen) -> dict[str, tuple[int, str]]:
    """Return for each pilot type the printed number of pilots and its observation id.

    They are figures of the group ``pilot_count`` whose scope or indicator's name is the type.
    """
    rows = material.figures[(material.figures["group"] == "pilot_count") & material.figures["value"].notna()]
    names = dict(zip(material.indicators["indicator_id"], material.indicators["name"], strict=True))
    found: dict[str, tuple[int, str]] = {}
    for kind in PILOT_TYPES[:-1]:
        for row in rows.itertuples():
            said = f"{names.get(row.indicator_id, '')} {getattr(row, 'scope', '')}".replace("、", "")
            if kind in said and kind not in found:
                found[kind] = (int(row.value), str(row.observation_id))
    return found
