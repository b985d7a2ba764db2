"""Two figures side by side: before and after, one and the other, printed and recomputed."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from charts import marks, palette, scale, theme, words
from charts.drawing import Figure, Trace, scatter
from charts.nothing import or_nothing
from charts.rows import lay, set_axes
from charts.words import Record
from tidy.exhibit import FigureMeta
from tidy.format import bounds
from tidy.intervals import Interval
from tidy.language import _

SYMBOLS = ("circle", "diamond")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows of one label; either may be without figure."""

    label: str
    rows: tuple[Record, Record]

    @property
    def spans(self) -> tuple[Interval, Interval]:
        """What the two figures can mean."""
        first, second = self.rows
        return Interval.of(first["low"], first["high"]), Interval.of(second["low"], second["high"])

    @property
    def complete(self) -> bool:
        """True where both figures are there."""
        return not any(math.isnan(row["value"]) for row in self.rows)

    @property
    def overlap(self) -> bool:
        """True where both could be the same number though they are not both exactly it."""
        first, second = self.spans
        return self.complete and first.overlaps(second) and not (first.is_point and second.is_point)


def pairs_of(rows: list[Record], names: tuple[str, str]) -> list[Pair]:
    """Pair the rows of each label by ``series``; a missing one counts as not reported."""
    found = []
    for label, part in words.grouped(rows, "label").items():
        by_name = {str(row["series"]): row for row in part}
        empty = {**part[0], "value": math.nan, "low": math.nan, "high": math.nan,
                 "qualifier": "exact", "text": _("未填报"), "ids": "", "hover": ""}  # fmt: skip
        first, second = (by_name.get(name, empty) for name in names)
        found.append(Pair(label, (first, second)))
    return found


@or_nothing()
def dumbbell(table: pd.DataFrame, meta: FigureMeta, *, mode: str = "light") -> Figure:
    """Return two figures a ``label``, one for each of the two ``series``, joined by a line.

    Where the bounds overlap the joining line is dotted and the row says so: the figures do
    not tell which is larger. Raises ``ValueError`` unless there are exactly two series.
    """
    rows = words.prepared(table, "series", unit=meta.unit)
    names = two_of(list(words.grouped(rows, "series")))
    pairs = pairs_of(rows, names)
    return _drawn(pairs, names, [_told(pair) for pair in pairs], rows, meta, mode)


@or_nothing()
def rate_pairs(table: pd.DataFrame, meta: FigureMeta, *, mode: str = "light") -> Figure:
    """Return each printed rate beside the rate recomputed from its parts.

    Takes ``computed_low``, ``computed_high`` and ``agrees`` (as :func:`tidy.measures.recompute`
    gives) beside the printed figure; a row that disagrees says so.
    """
    rows = words.prepared(table, "computed_low", "computed_high", "agrees", unit=meta.unit)
    names = (_("原文"), _("复算"))
    pairs = [Pair(str(row["label"]), (row, _computed(row, meta.unit))) for row in rows]
    verdicts = [
        _("{first} → {second} 相符") if agrees else _("{first} → {second} ✗ 不符")
        for agrees in (row["agrees"] for row in rows)
    ]
    details = [verdict.format(first=pair.rows[0]["text"], second=pair.rows[1]["text"])
               for verdict, pair in zip(verdicts, pairs, strict=True)]  # fmt: skip
    both = [row for pair in pairs for row in pair.rows]
    return _drawn(pairs, names, details, both, meta, mode)


def _computed(row: Record, unit: str) -> Record:
    low, high = round(float(row["computed_low"]), 1), round(float(row["computed_high"]), 1)
    text = bounds(Interval.of(low, high), unit)
    value = low if math.isfinite(low) else high
    hover = f"<b>{row['label']} · {_('复算')}</b><br>{text}"
    return {**row, "value": value, "low": low, "high": high, "qualifier": "exact", "text": text, "hover": hover}


def two_of(names: list[str]) -> tuple[str, str]:
    """Return the names as a pair; raise ``ValueError`` for more or fewer."""
    if len(names) != 2:
        raise ValueError(_("需要正好两组数据，现有 {count} 组").format(count=len(names)))
    return names[0], names[1]


def _told(pair: Pair) -> str:
    first, second = (row["text"] for row in pair.rows)
    words = _("{first} → {second}（界重叠）") if pair.overlap else _("{first} → {second}")
    return words.format(first=first, second=second)


def _drawn(
    pairs: list[Pair], names: tuple[str, str], details: list[str], rows: list[Record], meta: FigureMeta, mode: str
) -> Figure:
    """Draw pairs as rows with their amounts under the label."""
    heads = [{"label": pair.label, "detail": told, "text": ""} for pair, told in zip(pairs, details, strict=True)]
    axis = scale.axis(marks.largest(rows), meta.unit, zero=meta.unit != "%", count=3)
    laid = lay(heads, meta.unit, mode, axis=axis)
    figure = theme.canvas(meta, mode, laid.frame, unit=axis.unit, legend=names)
    figure.add([_join(pair, place, mode) for place, pair in enumerate(pairs) if pair.complete])
    for side, name in enumerate(names):
        figure.add(_side(pairs, side, name, axis.high, mode))
    set_axes(figure, laid, mode)
    spoken = [f"{pair.label} {detail}" for pair, detail in zip(pairs, details, strict=True)]
    return marks.finish(figure, f"{meta.title}{_('：')}{_('；').join(spoken)}{_('。')}", "x")


def _join(pair: Pair, place: int, mode: str) -> Trace:
    style = {"color": palette.look(mode).muted, "width": 2, "dash": "dot" if pair.overlap else "solid"}
    return scatter(
        x=[row["value"] for row in pair.rows], y=[place, place], mode="lines", line=style, hoverinfo="skip",
        showlegend=False, name="overlap" if pair.overlap else "join",
    )  # fmt: skip


def _side(pairs: list[Pair], side: int, name: str, axis_end: float, mode: str) -> list[Trace]:
    """One of the two figures of all pairs: bounds as a broad line, the printed number as a dot."""
    shade = palette.look(mode)
    known = [(place, pair.rows[side]) for place, pair in enumerate(pairs) if not math.isnan(pair.rows[side]["value"])]
    colour = shade.categorical[side]
    x: list[float | None] = []
    y: list[float | None] = []
    for place, row in known:
        reach = marks.reach(row, axis_end)
        x += [reach.low, reach.high, None]
        y += [place, place, None]
    width = (10 if side else 5) * shade.zoom  # both stay visible where they lie on each other
    limits = scatter(x=x, y=y, mode="lines", line={"color": palette.faded(colour, 0.4), "width": width},
                        hoverinfo="skip", showlegend=False, name="bounds")  # fmt: skip
    dots = scatter(
        x=[row["value"] for _place, row in known], y=[place for place, _row in known], mode="markers", name=name,
        marker={"symbol": SYMBOLS[side], "size": 11 * shade.zoom, "line": {"width": 2 * shade.zoom, "color": colour},
                "color": [colour if marks.certain(row) else shade.background for _place, row in known]},
        customdata=[[row["ids"], pairs[place].label] for place, row in known], hoverinfo="text",
        hovertext=[row["hover"] for _place, row in known], showlegend=True, cliponaxis=False,
    )  # fmt: skip
    return [limits, dots]
