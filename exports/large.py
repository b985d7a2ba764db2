"""Stories from a store too large to be read whole: each slide asks for its own figures and shows what a slide can hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from tidy.exhibit import Exhibit
from tidy.exhibits import fewer

MANY = 50_000  # figures; a store of fewer is read whole
LINES, RANKED, STRIP, PAIRS = 24, 50, 30, 100  # reporters over time, at either end of a ranking, dots a row, rates
COUNTED = ("indicator_id", "reporter_id", "measure", "group", "year")  # what choosing an indicator looks at
OVER_TIME = ("over_time", "small_multiples", "player")
Ask = Callable[..., pd.DataFrame]  # filters of Store.observations, and its ``columns``
SHORTEN: dict[str, Callable[[Exhibit], Exhibit]] = {
    "ranking": lambda made: fewer.both_ends(made, RANKED), "dots": lambda made: fewer.thinned(made, STRIP),
    "pairs": lambda made: fewer.disagreeing_first(made, 2 * PAIRS),
}  # fmt: skip


def wanted(builder: str, given: Mapping[str, Any], indicators: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Return the filters of the figures that a builder needs; an empty choice of groups is no figure at all."""
    if "indicator_id" in given:
        return {"indicators": (str(given["indicator_id"]),)}
    if builder == "printed_and_recomputed":
        rates = indicators[indicators["numerator_id"].ne("") & indicators["denominator_id"].ne("")]
        names = {*rates["indicator_id"], *rates["numerator_id"], *rates["denominator_id"]}
        return {"indicators": tuple(sorted(names))}
    return {"newest": ()} if builder == "latest" else {"groups": ()}


def counting(group: str) -> dict[str, tuple[str, ...]]:
    """Return what to ask for to choose the best reported indicators of a group, of all groups without."""
    return {"columns": COUNTED} | ({"groups": (group,)} if group else {})


def first_reporters(figures: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Return the figures of the reporters that a chart over time has room for, federations first, and how many there are."""
    known = figures.drop_duplicates("reporter_id")
    order = known.assign(_kind=known["kind"].ne("federation")).sort_values(["_kind", "area_code", "reporter_id"])
    return figures[figures["reporter_id"].isin(order["reporter_id"].head(LINES))], len(order)


def shortened(made: Exhibit, everybody: int = 0) -> Exhibit:
    """Return the exhibit with as many marks as slides can show, and a note that says which; ``everybody`` over time."""
    shorten = SHORTEN.get(made.kind)
    return fewer.of_first(shorten(made) if shorten else made, min(LINES, everybody), everybody)
