"""An exhibit: one table with the words a reader needs, ready to be drawn, listed or exported.

Pages, charts and exports share it, so that a chart on screen, the native chart in a slide and
the rows of a workbook are the same figures under the same title.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import pandas as pd

from tidy.measures.reported import Reported

Kind = Literal[
    "bars", "ranking", "series", "dots", "heatmap", "choropleth", "pairs", "stack", "slope", "dumbbell",
    "small_multiples", "player", "bullets", "table",
]  # fmt: skip
# One row a mark. ``label`` names it; value, low, high (NaN: no limit), qualifier and unit are
# what it says; ``observation_ids`` (joined by "|") are the printed figures behind it.
MARK_COLUMNS = ("label", "value", "low", "high", "qualifier", "unit", "observation_ids")


@dataclass(frozen=True, slots=True)
class FigureMeta:
    """The words around a figure, in the reader's language: title (time, place, subject), unit, source, notes, n of N.

    ``unit`` is the base unit as printed (人, 元, %); ``reported`` is ``None`` where the question does not arise.
    """

    title: str
    subtitle: str = ""
    unit: str = ""
    source: str = ""
    note: str = ""
    reported: Reported | None = None


@dataclass(frozen=True)
class Exhibit:
    """A table of marks (``MARK_COLUMNS`` and what its kind needs besides) with its words.

    ``options`` holds what only this kind understands, e.g. ``{"level": "county"}`` of a map.
    An empty table is an honest answer: ``meta.note`` says why nothing can be shown.
    """

    kind: Kind
    table: pd.DataFrame
    meta: FigureMeta
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """True when there is nothing to draw."""
        return len(self.table) == 0

    @property
    def observation_ids(self) -> tuple[str, ...]:
        """Every printed figure behind the exhibit, once, in order."""
        joined = "|".join(self.table["observation_ids"]) if "observation_ids" in self.table else ""
        return tuple(dict.fromkeys(filter(None, joined.split("|"))))

    def titled(self, title: str) -> Exhibit:
        """Return the same exhibit under another title."""
        return replace(self, meta=replace(self.meta, title=title))
