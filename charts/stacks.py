"""Parts of a whole: stacked bars with the total beside them."""

from __future__ import annotations

import pandas as pd

from charts import marks, palette, theme, words
from charts.drawing import Figure, Trace, bar, scatter
from charts.nothing import or_nothing
from charts.palette import PATTERNS, Look
from charts.rows import SPACE, Rows, lay, set_axes
from tidy.exhibit import FigureMeta
from tidy.format import bounds, plain
from tidy.intervals import Interval
from tidy.language import _


@or_nothing()
def stacked(table: pd.DataFrame, meta: FigureMeta, *, mode: str = "light") -> Figure:
    """Return one bar a ``label`` of its parts by ``series``, the total with its bounds at the end.

    Each part has a colour and a pattern. A part without a figure adds nothing and is told
    beside the total, which then is the total of what was reported.
    """
    rows = words.prepared(table, "series", unit=meta.unit)
    shade = palette.look(mode)
    names = [str(name) for name in dict.fromkeys(rows["series"])]
    totals = _totals(rows, meta.unit)
    laid = lay(totals, meta.unit, mode)
    figure = theme.canvas(meta, mode, laid.frame, unit=laid.axis.unit, legend=names)
    for place, name in enumerate(names):
        figure.add([_part(rows[rows["series"] == name], laid, name, place, shade)])
    figure.add([_ends(laid, shade)])
    set_axes(figure, laid, mode)
    figure.set(barmode="stack", bargap=0.2, legend={"traceorder": "normal"})
    return marks.finish(figure, _sentence(totals, names, meta.title), "x")


def _totals(rows: pd.DataFrame, unit: str) -> pd.DataFrame:
    """One row a label: the sum of the printed numbers, of the bounds end by end, and its words."""
    found = []
    for label, part in rows.groupby("label", sort=False):
        known = part[part["value"].notna()]
        spans = [Interval.of(low, high) for low, high in zip(known["low"], known["high"], strict=True)]
        span = sum(spans, Interval(0, 0))
        missing = len(part) - len(known)
        text = bounds(span, unit) if len(known) else _("未填报")
        if missing and len(known):
            text += _("（{count} 类未填报）").format(count=missing)
        found.append({"label": label, "value": float(known["value"].sum()), "low": span.low, "high": span.high,
                      "qualifier": "exact", "text": text})  # fmt: skip
    return pd.DataFrame(found).replace({float("inf"): None, float("-inf"): None}).astype({"low": float, "high": float})


def _part(part: pd.DataFrame, laid: Rows, name: str, place: int, shade: Look) -> Trace:
    order = {label: at for at, label in enumerate(laid.table["label"])}
    known = part[part["value"].notna()]
    colour = shade.categorical[place % len(shade.categorical)]
    return bar(
        x=list(known["value"]), y=[order[label] for label in known["label"]], orientation="h", name=name,
        marker={"color": colour, "line": {"color": shade.background, "width": 1},
                "pattern": {"shape": PATTERNS[place % len(PATTERNS)], "size": 6, "solidity": 0.15,
                            "bgcolor": colour,
                            "fgcolor": palette.text_on(colour), "fgopacity": 0.35}},
        text=[plain(value) for value in known["value"]], textposition="inside", insidetextanchor="middle",
        textangle=0, textfont={"color": palette.text_on(colour), "shadow": "auto"}, hoverinfo="text",
        hovertext=list(known["hover"]), customdata=marks.custom(known),
    )  # fmt: skip


def _ends(laid: Rows, shade: Look) -> Trace:
    table = laid.table
    return scatter(
        x=list(table["value"]), y=list(range(len(table))), mode="text", text=[SPACE + text for text in table["text"]],
        textposition="middle right", textfont={"color": shade.ink}, cliponaxis=False, hoverinfo="skip",
        showlegend=False, name="totals",
    )  # fmt: skip


def _sentence(totals: pd.DataFrame, names: list[str], title: str) -> str:
    parts = [f"{row.label} {row.text}" for row in totals.itertuples()]
    heading = _("按{names}分").format(names=_("、").join(names))
    return f"{title}{_('：')}{heading}{_('，')}{_('；').join(parts)}{_('。')}"
