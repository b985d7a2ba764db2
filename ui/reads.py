"""Figures as pages read them: of some indicators or reporters, narrowed in memory, and how many there are.

Frames are kept, shared between sessions and never changed in place.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from tidy.exhibits import fewer, results
from tidy.schema import GROUPS
from ui.cached import LARGE, made, plain, served_id, store
from ui.choice import Choice
from ui.kept import kept

FEW = 8000  # figures of an indicator that are read as they are; of more only those that a page can show
# What the builders of tidy.exhibits read of a figure; its print and place are asked for when it is opened.
NEEDED = (
    "observation_id", "reporter_id", "indicator_id", "period", "measure", "value", "low", "high", "unit", "qualifier",
    "scope", "same_as", "kind", "pilot_type", "pilot_level", "city", "group", "year", "reporter_name",
    "reporter_name_en", "county", "area_code", "parent_id", "indicator_name", "indicator_name_en",
)  # fmt: skip
WHO = ("reporter_id", "group", "city", "pilot_type", "pilot_level")  # of a pilot: what tells who has reported of what


@kept(2 * LARGE)
def _figures(load_id: str, choice: Choice, wanted: tuple[tuple[str, tuple[str, ...]], ...]) -> pd.DataFrame:
    return plain(store().observations(as_of=choice.as_of or None, **choice.filters(), **dict(wanted)))


def figures(choice: Choice, **wanted: tuple[str, ...]) -> pd.DataFrame:
    """Return the observations of a choice; ``wanted`` narrows by indicators, groups, reporters or columns."""
    return _figures(served_id(), choice, tuple(sorted(wanted.items())))


@kept(LARGE)
def _everywhere(load_id: str, choice: Choice, indicator_id: str, by: tuple[str, ...]) -> pd.DataFrame:
    """An indicator's figures of all places: all of them (of all years), or of too many those that can be shown."""
    wanted: dict[str, Any] = {} if small(choice, indicator_id) else {"newest": by}
    return _ask(choice, indicator_id, **wanted, **choice.filters())


def _ask(choice: Choice, indicator_id: str, **wanted: Any) -> pd.DataFrame:
    asked = store().observations(as_of=choice.as_of or None, indicators=[indicator_id], columns=NEEDED, **wanted)
    return plain(asked)


def small(choice: Choice, indicator_id: str) -> bool:
    """Tell whether an indicator has so few figures that a page holds them all and asks nothing for another choice."""
    return indicator_counts(choice.everywhere.always, GROUPS).get(indicator_id, 0) <= FEW


@kept(LARGE)
def _of_indicator(load_id: str, choice: Choice, indicator_id: str, by: tuple[str, ...]) -> pd.DataFrame:
    wide = choice.everywhere
    if not small(choice, indicator_id):
        return choice.narrowed(_everywhere(load_id, wide, indicator_id, by))
    return choice.narrowed(_everywhere(load_id, wide.always, indicator_id, ()), dated=True)


def of_indicators(choice: Choice, indicators: tuple[str, ...], by: tuple[str, ...] = ()) -> pd.DataFrame:
    """Return what can be shown of some indicators: all figures, or of many those that the latest ones need.

    ``by`` names columns of which each value keeps its own latest figures, such as the year. Whatever
    is worked out from the latest figures is the same either way. Only the columns ``NEEDED``.
    """
    load_id = served_id()
    parts = [_of_indicator(load_id, choice, one, by) for one in sorted(indicators)]
    told = [part for part in parts if len(part)] or parts[:1]
    return told[0] if len(told) == 1 else pd.concat(told, ignore_index=True)


def of_indicator(choice: Choice, indicator_id: str, **wanted: tuple[str, ...]) -> pd.DataFrame:
    """Return an indicator's figures of a choice, however many; ``wanted`` as :func:`figures`. Only the columns ``NEEDED``."""
    return figures(choice, indicators=(indicator_id,), columns=NEEDED, **wanted)


def of_reporters(choice: Choice, indicator_id: str, reporters: tuple[str, ...]) -> pd.DataFrame:
    """Return an indicator's figures of a few reporters, with what others say and these only repeat."""
    if small(choice, indicator_id):
        everybody = of_indicators(choice, (indicator_id,))
        own = everybody[everybody["reporter_id"].isin(reporters)]
        repeated = everybody[everybody["observation_id"].isin(_repeated(own))]
        return pd.concat([own, repeated]) if len(repeated) else own
    return _and_repeated(choice, indicator_id, of_indicator(choice, indicator_id, reporters=reporters))


def few(choice: Choice, indicator_id: str, room: fewer.Room = fewer.PANELS) -> tuple[pd.DataFrame, int, int]:
    """Return an indicator's figures over time, of how many reporters they are, and how many there are.

    Of more reporters than there is ``room`` for the first are taken: federations before pilots, in the order
    of the area codes, so that every city's own figures stand.
    """
    latest = of_indicators(choice, (indicator_id,))
    told = results(latest, indicator_id)
    everybody, whole = len(set(told["reporter_id"].tolist())), small(choice, indicator_id)
    if everybody <= room.most:
        return latest if whole else of_indicator(choice, indicator_id), everybody, everybody
    who = tuple(fewer.leading(told, room))
    if not whole and room.most <= fewer.LINES.most:  # of more than that they are not kept
        known, theirs = _leaders(served_id(), choice.everywhere.always, indicator_id)
        if known.issuperset(who):
            own = choice.narrowed(theirs[theirs["reporter_id"].isin(who)], dated=True)
            return _and_repeated(choice, indicator_id, own), len(who), everybody
    return of_reporters(choice, indicator_id, who), len(who), everybody


@kept(LARGE)
def _leaders(load_id: str, choice: Choice, indicator_id: str) -> tuple[frozenset[str], pd.DataFrame]:
    """Who comes first of each city and type, with their figures of all years: enough for most of what narrows a page."""
    told = results(_everywhere(load_id, choice, indicator_id, ()), indicator_id)
    places = told.groupby(["city", "pilot_type"], sort=False)
    who = frozenset(one for _place, rows in places for one in fewer.leading(rows, fewer.LINES))
    return who, _ask(choice, indicator_id, reporters=sorted(who))


def _and_repeated(choice: Choice, indicator_id: str, own: pd.DataFrame) -> pd.DataFrame:
    """Some of many figures, with what others say and these only repeat."""
    ids = _repeated(own)
    return pd.concat([own, of_indicator(choice, indicator_id, ids=ids)]) if ids else own


def _repeated(own: pd.DataFrame) -> tuple[str, ...]:
    return tuple(sorted(set(own["same_as"].tolist()) - {""} - set(own["observation_id"].tolist())))


@kept(2)
def _reported_ever(load_id: str, as_of: str) -> pd.DataFrame:
    told = store().aggregate([*WHO, "year"], as_of=as_of or None, kinds=["pilot"])
    return told.astype(dict.fromkeys(WHO, "category"))[[*WHO, "year", "n"]]  # many rows of few words


@kept(LARGE)
def _reported(load_id: str, choice: Choice) -> pd.DataFrame:
    if not choice.years:
        told = store().aggregate([*WHO], as_of=choice.as_of or None, kinds=["pilot"])
        return told.astype(dict.fromkeys(WHO[1:], "category"))
    told = choice.narrowed(_reported_ever(load_id, choice.as_of), dated=True).astype({"reporter_id": object})
    if len(choice.years) == 1:
        return told
    return told.groupby([*WHO], observed=True, sort=False)[["n"]].sum().reset_index()


def reported(choice: Choice) -> pd.DataFrame:
    """Return how many figures (``n``) each pilot of a choice has reported of each indicator group."""
    return choice.narrowed(_reported(served_id(), choice.everywhere))[["reporter_id", "group", "n"]]


@kept(2)
def _counted_ever(load_id: str, as_of: str) -> pd.DataFrame:
    by = ["indicator_id", "group", "city", "pilot_type", "pilot_level"]
    told = store().aggregate([*by, "year"], as_of=as_of or None)
    return told.astype(dict.fromkeys(by, "category"))[[*by, "year", "n"]]  # many rows of few words


@kept(LARGE)
def _counted(load_id: str, choice: Choice, groups: tuple[str, ...]) -> pd.DataFrame:
    told = _counted_ever(load_id, choice.as_of)
    if groups != GROUPS:
        told = told[told["group"].isin(groups)]
    return choice.narrowed(told, dated=True)


def _counts(choice: Choice, groups: tuple[str, ...]) -> dict[str, int]:
    told = _counted(served_id(), choice.everywhere, groups)
    which, n = told["indicator_id"], told["n"].to_numpy()
    codes, wanted = which.cat.codes.to_numpy(), choice.covers(told)
    if wanted is not None:
        codes, n = codes[wanted], n[wanted]
    totals = np.bincount(codes, weights=n, minlength=len(which.cat.categories)).astype(int).tolist()
    found = [(name, total) for name, total in zip(which.cat.categories, totals, strict=True) if total]
    return dict(sorted(found, key=lambda one: (-one[1], one[0])))


def indicator_counts(choice: Choice, groups: tuple[str, ...]) -> dict[str, int]:
    """Return how many figures each indicator of the groups has in a choice, most first."""
    found: dict[str, int] = made(_counts, choice, groups)
    return found
