"""What every mark carries: the ids behind it, its hover text, and how bounds are drawn.

The certain part of a figure is solid, what it may be beyond that is hatched, and an end
without limit is an arrow. ``customdata`` of each mark is ``[observation ids with |, key]``;
the key is the area code where there is one, else the label.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from charts.drawing import Drawing, Figure
from charts.words import Record, known
from tidy.language import _

OPEN_SHARE = 0.05  # how far an end without limit reaches, of the axis: a sign, not a size


@dataclass(frozen=True, slots=True)
class Reach:
    """From where to where a figure may lie; ``open_end`` where it sets no upper limit."""

    low: float
    high: float
    open_end: bool


def reach(row: Record, axis_end: float) -> Reach:
    """Return the reach of a row on an axis that ends at ``axis_end``; no lower limit means from zero."""
    value = float(row["value"])
    low = 0.0 if math.isnan(row["low"]) else float(row["low"])
    open_end = math.isnan(row["high"]) and row["qualifier"] != "exact"
    if math.isnan(row["high"]):
        return Reach(low if open_end else value, value + (OPEN_SHARE * axis_end if open_end else 0), open_end)
    return Reach(low, float(row["high"]), open_end)


def certain(row: Record) -> bool:
    """True where the figure can mean one number only."""
    return row["low"] == row["high"] or (row["qualifier"] == "exact" and math.isnan(row["high"]))


def custom(rows: Sequence[Record]) -> list[list[str]]:
    """Return ``customdata`` for rows that :func:`charts.words.prepared` made."""
    return [[row["ids"], str(row["area_code"] if "area_code" in row else row["label"])] for row in rows]


def largest(rows: Iterable[Record]) -> list[float]:
    """Return every finite value and bound, for the axis."""
    return [row[name] for row in rows for name in ("value", "low", "high") if not math.isnan(row[name])]


def room(rows: Sequence[Record]) -> list[float]:
    """Return :func:`largest`, and the axis' end that leaves room for arrow heads where there are any."""
    values = largest(rows)
    arrows = any(reach(row, 1.0).open_end for row in known(rows))
    return [*values, max(values) / (1 - OPEN_SHARE)] if arrows else values


def finish(figure: Drawing, description: str, value_axis: str = "") -> Figure:
    """Return the finished figure; its text alternative and which axis holds values stand in its own record."""
    figure.set(meta={"description": description, "value_axis": value_axis})
    return Figure(figure)


def summary(rows: Sequence[Record], title: str) -> str:
    """Return one sentence: title, how many figures, the first and the last where their bounds allow."""
    told = known(rows)
    parts = [_("{count} 项有数").format(count=len(told))]
    if len(told) > 1:
        parts += _ends(told)
    elif told:
        parts.append(f"{told[0]['label']} {told[0]['text']}")
    if len(told) < len(rows):
        parts.append(_("{count} 项未填报").format(count=len(rows) - len(told)))
    return f"{title}{_('：')}{_('，').join(parts)}{_('。')}"


def _ends(told: list[Record]) -> list[str]:
    lows = [-math.inf if math.isnan(row["low"]) else row["low"] for row in told]
    highs = [math.inf if math.isnan(row["high"]) else row["high"] for row in told]
    first, last = _beyond(told, lows, highs), _beyond(told, [-high for high in highs], [-low for low in lows])
    ends = [(first, _("最高为{label} {text}")), (last, _("最低为{label} {text}"))]
    found = [words.format(label=row["label"], text=row["text"]) for row, words in ends if row]
    if first:
        return found
    top = max(told, key=lambda row: row["value"])
    return [_("数最大的是{label} {text}，与他项的界重叠").format(label=top["label"], text=top["text"]), *found]


def _beyond(told: list[Record], lows: list[float], highs: list[float]) -> Record | None:
    """The row that lies wholly above all others, if there is one."""
    place = lows.index(max(lows))
    others = highs[:place] + highs[place + 1 :]
    return told[place] if max(others) < lows[place] else None


def share_limit(unit: str, values: list[float]) -> float | None:
    """Return 100 as the end of a percentage axis unless figures go beyond, as 任务完成率 may."""
    return 100.0 if unit == "%" and values and max(values) <= 100 else None
