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
    lows, highs = ends(table)
    result["rank_low"], result["rank_high"] = Ladder(lows, highs).place(lows, highs, highest_first=highest_first)
    return result


def ends(table: pd.DataFrame) -> tuple[Numbers, Numbers]:
    """Return the lower and the upper bounds of a table's figures; what has none reaches to infinity."""
    return table["low"].to_numpy(float, na_value=-np.inf), table["high"].to_numpy(float, na_value=np.inf)


class Ladder:
    """Some figures' bounds, sorted once; any of them finds its place without looking at the others."""

    def __init__(self, lows: Numbers, highs: Numbers) -> None:
        """Sort the bounds; what has none reaches to infinity, see :func:`ends`."""
        self.count = len(lows)
        self._lows, self._highs, self._exact = np.sort(lows), np.sort(highs), np.sort(lows[lows == highs])

    def place(self, low: Any, high: Any, *, highest_first: bool = True) -> tuple[Any, Any]:
        """Return the best and the worst rank of one of the figures, or of several, by their bounds."""
        above = self.count - np.searchsorted(self._lows, high, "right")  # wholly above: lowest value over my highest
        below = np.searchsorted(self._highs, low, "left")
        ahead, behind = (above, below) if highest_first else (below, above)
        same = np.searchsorted(self._exact, low, "right") - np.searchsorted(self._exact, low, "left")
        ties = np.where(np.equal(low, high), same - 1, 0)  # others that are the same exact number
        return 1 + ahead, self.count - behind - ties


def rank_text(low: int, high: int) -> str:
    """Return a rank for readers: 第3位, or 第3–5位 where bounds overlap."""
    return _("第{low}位").format(low=low) if low == high else _("第{low}–{high}位").format(low=low, high=high)
