"""Exhibits that a screen can show: of thousands of marks some, and a note that says which."""

from __future__ import annotations

from dataclasses import replace
from heapq import nsmallest
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from tidy.exhibit import Exhibit
from tidy.exhibits._common import joined
from tidy.language import _
from tidy.measures import Reported

RANKED = 50  # reporters at either end of a long ranking
STRIP = 30  # dots of a city or type
PAIRS = 100  # printed rates beside recomputed ones


class Room(NamedTuple):
    """For how many reporters a chart over time has room, and up to how many pilots fill it where there are more."""

    most: int
    filled: int


PANELS = Room(24, 24)  # small charts side by side, the bars of a player
LINES = Room(12, 6)  # of one chart: the province and its eleven cities; of any few pilots those that keep their amounts


def leading(rows: pd.DataFrame, room: Room = PANELS) -> list[str]:
    """Return the first reporters of ``rows``: federations before pilots, in the order of the area codes; all that fit."""
    federations = (rows["kind"] == "federation").to_numpy(bool)
    found = _first(rows[federations], room.most)
    free = (room.filled if len(set(rows["reporter_id"].tolist())) > room.most else room.most) - len(found)
    return found + _first(rows[~federations], free) if free > 0 else found


def _first(rows: pd.DataFrame, most: int) -> list[str]:
    areas = rows["area_code"].tolist()
    first = set(nsmallest(most, set(areas)))  # in an area is somebody, so nobody of a later one is among the first
    told = {(area, who) for area, who in zip(areas, rows["reporter_id"].tolist(), strict=True) if area in first}
    return [who for _area, who in nsmallest(most, told)]


def both_ends(ranking: Exhibit, most: int) -> Exhibit:
    """Return a ranking with ``most`` marks from either end; a short one as it is."""
    count = len(ranking.table)
    if count <= 2 * most:
        return ranking
    shown = pd.concat([ranking.table.head(most), ranking.table.tail(most)], ignore_index=True)
    return _noted(ranking, shown, _("共 {count} 项，只列最前和最后各 {most} 项").format(count=count, most=most))


def thinned(dots: Exhibit, most: int) -> Exhibit:
    """Return dots with at most ``most`` of a series, see :func:`strip`; what is no strip of dots as it is."""
    kept = strip(dots.table["series"], dots.table["value"], most) if dots.kind == "dots" else None
    if kept is None:
        return dots
    return of_strip(replace(dots, table=dots.table[kept].reset_index(drop=True)), len(dots.table))


def strip(series: pd.Series, values: pd.Series, most: int) -> npt.NDArray[np.bool_] | None:
    """Tell which of the dots to draw where some series has more than ``most``, ``None`` where none has.

    Of such a series the lowest, middle and highest, the rest evenly by rank, and all without a value.
    """
    names, numbers = series.to_numpy(object), values.to_numpy(float)
    codes, places = pd.factorize(names)
    if np.bincount(codes, minlength=1).max() <= most:
        return None
    kept = np.ones(len(numbers), dtype=bool)
    for place in range(len(places)):
        own = np.flatnonzero(codes == place)
        order = own[np.argsort(numbers[own], kind="stable")][: np.isfinite(numbers[own]).sum()]
        if len(order) > most:
            kept[own] = False
            kept[order[_evenly(len(order) - 1, most)]] = True
    return kept


def of_strip(dots: Exhibit, count: int) -> Exhibit:
    """Return dots that :func:`strip` has chosen with a note that they are of ``count``."""
    note = _("共 {count} 个数，每行画出最低、中间、最高和其间按名次均匀取的数").format(count=count)
    return _noted(dots, dots.table, note)


def _evenly(last: int, most: int) -> npt.NDArray[np.bool_]:
    """Which of the ranks from 0 to ``last`` to show: ``most - 1`` that lie evenly, both ends and the middle."""
    rank, step = np.arange(last + 1), max(last / (most - 2), 1.0)
    shown: npt.NDArray[np.bool_] = np.round(np.round(rank / step) * step) == rank
    shown[[last // 2, last]] = True
    return shown


def disagreeing_first(pairs: Exhibit, most: int) -> Exhibit:
    """Return the first pairs of a printed and a recomputed rate, those that disagree before the others."""
    count = len(pairs.table)
    if count <= most:
        return pairs
    order = pairs.table.sort_values("agrees", kind="stable", ignore_index=True)
    note = _("共 {count} 对，只列前 {most} 对，不一致的在前").format(count=count // 2, most=most // 2)
    return _noted(pairs, order.head(most), note)


def of_first(exhibit: Exhibit, shown: int, everybody: int) -> Exhibit:
    """Return an exhibit of the first ``shown`` reporters with a note that there are more."""
    if shown >= everybody:
        return exhibit
    note = _("共 {count} 家填报，图上为其中 {most} 家（总工会在前）；选城市、类型或单位可看其余")
    said = _noted(exhibit, exhibit.table, note.format(count=everybody, most=shown))
    return replace(said, meta=replace(said.meta, reported=Reported(everybody)))


def _noted(exhibit: Exhibit, table: pd.DataFrame, note: str) -> Exhibit:
    meta = replace(exhibit.meta, note=joined([exhibit.meta.note, note]))
    return replace(exhibit, table=table, meta=meta)
