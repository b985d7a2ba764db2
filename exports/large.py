"""Stories from a store too large to be read whole: each slide asks for its own figures and shows what a slide can hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from tidy.exhibit import Exhibit
from tidy.exhibits import fewer
from tidy.measures import recomputed_from

MANY = 50_000  # figures; a store of fewer is read whole
COUNTED = ("indicator_id", "reporter_id", "measure", "group", "year")  # what choosing an indicator looks at
OVER_TIME = {"over_time": fewer.LINES, "small_multiples": fewer.PANELS, "player": fewer.PANELS}
Ask = Callable[..., pd.DataFrame]  # filters of Store.observations, and its ``columns``
SHORTEN: dict[str, Callable[[Exhibit], Exhibit]] = {
    "ranking": lambda made: fewer.both_ends(made, fewer.RANKED), "dots": lambda made: fewer.thinned(made, fewer.STRIP),
    "pairs": lambda made: fewer.disagreeing_first(made, 2 * fewer.PAIRS),
}  # fmt: skip


def wanted(builder: str, given: Mapping[str, Any], indicators: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Return the filters of the figures that a builder needs; an empty choice of groups is no figure at all."""
    if "indicator_id" in given:
        return {"indicators": (str(given["indicator_id"]),)}
    if builder == "printed_and_recomputed":
        return {"indicators": recomputed_from(indicators)}
    return {"newest": ()} if builder == "latest" else {"groups": ()}


def counting(group: str) -> dict[str, tuple[str, ...]]:
    """Return what to ask for to choose the best reported indicators of a group, of all groups without."""
    return {"columns": COUNTED} | ({"groups": (group,)} if group else {})


def first_reporters(figures: pd.DataFrame, room: fewer.Room) -> tuple[pd.DataFrame, int, int]:
    """Return the figures of the reporters that a chart over time has room for, of how many they are and how many there are."""
    who = fewer.leading(figures, room)
    return figures[figures["reporter_id"].isin(who)], len(who), figures["reporter_id"].nunique()


def shortened(made: Exhibit, shown: int, everybody: int) -> Exhibit:
    """Return the exhibit with as many marks as slides can show, and a note that says which; over time ``shown`` of ``everybody``."""
    shorten = SHORTEN.get(made.kind)
    return fewer.of_first(shorten(made) if shorten else made, shown, everybody)
