"""Ranks that say no more than the intervals allow."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from tidy.language import _

Numbers = npt.NDArray[Any]


def rank_ranges(table: pd.DataFrame, *, highest_first: bool = True) -> pd.DataFrame:
    """Return ``table`` with the columns ``rank_low`` and ``rank_high`` (1 is first).

    A row's best rank is one more than the rows that are certainly ahead of it, its worst the
    number of rows less those certainly behind: 第3–5位 where intervals overlap. Exactly equal
    figures share their rank.
    """
    result = table.copy()
    result["rank_low"], result["rank_high"] = ranges(*ends(table), highest_first=highest_first)
    return result


def ends(table: pd.DataFrame) -> tuple[Numbers, Numbers]:
    """Return the lower and the upper bounds of a table's figures; what has none reaches to infinity."""
    return table["low"].to_numpy(float, na_value=-np.inf), table["high"].to_numpy(float, na_value=np.inf)


def ranges(lows: Numbers, highs: Numbers, *, highest_first: bool = True) -> tuple[Numbers, Numbers]:
    """Return the best and the worst rank of each of some figures by their bounds."""
    above = len(lows) - np.searchsorted(np.sort(lows), highs, "right")  # wholly above: lowest value over my highest
    below = np.searchsorted(np.sort(highs), lows, "left")
    ahead, behind = (above, below) if highest_first else (below, above)
    return 1 + ahead, len(lows) - behind - _ties(lows, highs)


def _ties(lows: Numbers, highs: Numbers) -> Numbers:
    """How many others are the same exact number."""
    exact = np.sort(lows[lows == highs])
    same = np.searchsorted(exact, lows, "right") - np.searchsorted(exact, lows, "left")
    return np.where(lows == highs, same - 1, 0)


def rank_text(low: int, high: int) -> str:
    """Return a rank for readers: 第3位, or 第3–5位 where bounds overlap."""
    return _("第{low}位").format(low=low) if low == high else _("第{low}–{high}位").format(low=low, high=high)
