"""Parts of a whole: stacked bars with the total beside them."""

from __future__ import annotations

import math

import pandas as pd

from charts import marks, palette, theme, words
from charts.drawing import Figure, Trace, bar, scatter
from charts.nothing import or_nothing
from charts.palette import PATTERNS, Look
from charts.rows import SPACE, Rows, lay, set_axes
from charts.words import Record
from tidy.exhibit import FigureMeta
from tidy.format import bounds, plain
from tidy.intervals import Interval
from tidy.language import _, listed


@or_nothing()
def stacked(table: pd.DataFrame, meta: FigureMeta, *, mode: str = "light") -> Figure:
    """Return one bar a ``label`` of its parts by ``series``, the total with its bounds at the end.

    Each part has a colour and a pattern. A part without a figure adds nothing and is told
    beside the total, which then is the total of what was reported.
    """
    rows = words.prepared(table, "series", unit=meta.unit)
    shade = palette.look(mode)
    names = list(words.grouped(rows, "series"))
    totals = _totals(rows, meta.unit)
    laid = lay(totals, meta.unit, mode)
    figure = theme.canvas(meta, mode, laid.frame, unit=laid.axis.unit, legend=names)
    for place, name in enumerate(names):
        figure.add([_part([row for row in rows if str(row["series"]) == name], laid, name, place, shade)])
    figure.add([_ends(laid, shade)])
    set_axes(figure, laid, mode)
    figure.set(barmode="stack", bargap=0.2, legend={"traceorder": "normal"})
    return marks.finish(figure, _sentence(totals, names, meta.title), "x")


def _totals(rows: list[Record], unit: str) -> list[Record]:
    """One row a label: the sum of the printed numbers, of the bounds end by end, and its words."""
    return [_total(label, part, unit) for label, part in words.grouped(rows, "label").items()]


def _total(label: str, part: list[Record], unit: str) -> Record:
    known = words.known(part)
    span = sum((Interval.of(row["low"], row["high"]) for row in known), Interval(0, 0))
    text = bounds(span, unit) if known else _("未填报")
    if known and len(known) < len(part):
        text += _("（{count} 类未填报）").format(count=len(part) - len(known))
    low, high = (end if math.isfinite(end) else math.nan for end in (span.low, span.high))
    return {"label": label, "value": math.fsum(row["value"] for row in known), "low": low, "high": high,
            "qualifier": "exact", "text": text}  # fmt: skip


def _part(part: list[Record], laid: Rows, name: str, place: int, shade: Look) -> Trace:
    order = {label: at for at, label in enumerate(row["label"] for row in laid.records)}
    known = words.known(part)
    colour = shade.categorical[place % len(shade.categorical)]
    return bar(
        x=[row["value"] for row in known], y=[order[str(row["label"])] for row in known], orientation="h", name=name,
        marker={"color": colour, "line": {"color": shade.background, "width": 1},
                "pattern": {"shape": PATTERNS[place % len(PATTERNS)], "size": 6, "solidity": 0.15,
                            "bgcolor": colour,
                            "fgcolor": palette.text_on(colour), "fgopacity": 0.35}},
        text=[plain(row["value"]) for row in known], textposition="inside", insidetextanchor="middle",
        textangle=0, textfont={"color": palette.text_on(colour), "shadow": "auto"}, hoverinfo="text",
        hovertext=[row["hover"] for row in known], customdata=marks.custom(known),
    )  # fmt: skip


def _ends(laid: Rows, shade: Look) -> Trace:
    return scatter(
        x=[row["value"] for row in laid.records], y=list(range(len(laid.records))), mode="text",
        text=[SPACE + row["text"] for row in laid.records],
        textposition="middle right", textfont={"color": shade.ink}, cliponaxis=False, hoverinfo="skip",
        showlegend=False, name="totals",
    )  # fmt: skip


def _sentence(totals: list[Record], names: list[str], title: str) -> str:
    parts = [f"{row['label']} {row['text']}" for row in totals]
    heading = _("按{names}分").format(names=listed(names))
    return f"{title}{_('：')}{heading}{_('，')}{_('；').join(parts)}{_('。')}"
