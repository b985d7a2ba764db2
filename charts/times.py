"""Where a period stands on a time axis."""

from __future__ import annotations

from tidy import periods


def position(period: str) -> float:
    """Return the place of a period on an axis of years: a whole year at its number, others by their end.

    ``2017`` → 2017.0, ``2018-H1`` → 2017.5, ``2018-09`` → 2017.75. Raises ``ValueError`` for no period.
    """
    end = periods.parse(period).end
    return end.year + (end.month - 12) / 12


def breaks_between(earlier: float, later: float) -> bool:
    """True where more than a year lies between two figures, so that no line may join them."""
    return later - earlier > 1.01
