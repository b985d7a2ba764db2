"""What every mark carries: the ids behind it, its hover text, and how bounds are drawn.

The certain part of a figure is solid, what it may be beyond that is hatched, and an end
without limit is an arrow. ``customdata`` of each mark is ``[observation ids with |, key]``;
the key is the area code where there is one, else the label.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd

from charts.drawing import Drawing, Figure
from tidy.language import _
from tidy.measures import rank_ranges

OPEN_SHARE = 0.05  # how far an end without limit reaches, of the axis: a sign, not a size


@dataclass(frozen=True, slots=True)
class Reach:
    """From where to where a figure may lie; ``open_end`` where it sets no upper limit."""

    low: float
    high: float
    open_end: bool


def reach(row: dict[Any, Any], axis_end: float) -> Reach:
    """Return the reach of a row on an axis that ends at ``axis_end``; no lower limit means from zero."""
    value = float(row["value"])
    low = 0.0 if math.isnan(row["low"]) else float(row["low"])
    open_end = math.isnan(row["high"]) and row["qualifier"] != "exact"
    if math.isnan(row["high"]):
        return Reach(low if open_end else value, value + (OPEN_SHARE * axis_end if open_end else 0), open_end)
    return Reach(low, float(row["high"]), open_end)


def certain(row: dict[Any, Any]) -> bool:
    """True where the figure can mean one number only."""
    return row["low"] == row["high"] or (row["qualifier"] == "exact" and math.isnan(row["high"]))


def custom(rows: pd.DataFrame) -> list[list[str]]:
    """Return ``customdata`` for rows that :func:`charts.words.prepared` made."""
    keys = rows["area_code"] if "area_code" in rows else rows["label"]
    return [[ids, str(key)] for ids, key in zip(rows["ids"], keys, strict=True)]


def largest(rows: pd.DataFrame) -> list[float]:
    """Return every finite value and bound, for the axis."""
    return [float(one) for name in ("value", "low", "high") for one in rows[name].dropna()]


def room(rows: pd.DataFrame) -> list[float]:
    """Return :func:`largest`, and the axis' end that leaves room for arrow heads where there are any."""
    values = largest(rows)
    known = rows[rows["value"].notna()].to_dict("records")
    arrows = any(reach(row, 1.0).open_end for row in known)
    return [*values, max(values) / (1 - OPEN_SHARE)] if arrows else values


def finish(figure: Drawing, description: str, value_axis: str = "") -> Figure:
    """Return the finished figure; its text alternative and which axis holds values stand in its own record."""
    figure.set(meta={"description": description, "value_axis": value_axis})
    return Figure(figure)


def summary(rows: pd.DataFrame, title: str) -> str:
    """Return one sentence: title, how many figures, the first and the last where their bounds allow."""
    known = rows[rows["value"].notna()]
    parts = [_("{count} 项有数").format(count=len(known))]
    if len(known) > 1:
        ranked = rank_ranges(known)
        parts += _ends(ranked, len(known))
    elif len(known):
        parts.append(f"{known.iloc[0]['label']} {known.iloc[0]['text']}")
    if len(known) < len(rows):
        parts.append(_("{count} 项未填报").format(count=len(rows) - len(known)))
    return f"{title}{_('：')}{_('，').join(parts)}{_('。')}"


def _ends(ranked: pd.DataFrame, count: int) -> list[str]:
    first = ranked[(ranked["rank_low"] == 1) & (ranked["rank_high"] == 1)]
    last = ranked[(ranked["rank_low"] == count) & (ranked["rank_high"] == count)]
    ends = [(first, _("最高为{label} {text}")), (last, _("最低为{label} {text}"))]
    found = [words.format(label=row.iloc[0]["label"], text=row.iloc[0]["text"]) for row, words in ends if len(row)]
    if len(first):
        return found
    largest_row = ranked.loc[ranked["value"].idxmax()]
    words = _("数最大的是{label} {text}，与他项的界重叠")
    return [words.format(label=largest_row["label"], text=largest_row["text"]), *found]


def share_limit(unit: str, values: list[float]) -> float | None:
    """Return 100 as the end of a percentage axis unless figures go beyond, as 任务完成率 may."""
    return 100.0 if unit == "%" and values and max(values) <= 100 else None
