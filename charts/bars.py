"""Bars across: by category, in order of rank, against targets, and stacked."""

from __future__ import annotations

import math

import pandas as pd

from charts import marks, palette, references, scale, theme, words
from charts.drawing import Drawing, Figure, Trace, scatter
from charts.nothing import or_nothing
from charts.rows import bar_traces, hatch, lay, set_axes
from charts.words import Record
from tidy.exhibit import FigureMeta
from tidy.format import scaled
from tidy.language import _
from tidy.measures import rank_ranges, rank_text

SIGNS = {"green": "●", "amber": "▲", "red": "■", "straddles": "◇"}


@or_nothing()
def bars(table: pd.DataFrame, meta: FigureMeta, *, mode: str = "light", notes: pd.DataFrame | None = None) -> Figure:
    """Return one bar a row in the table's order, bounds drawn; ``notes`` are reference lines."""
    rows = words.prepared(table, unit=meta.unit)
    return _drawn(rows, meta, mode, notes, said=rows)


@or_nothing()
def ranking(
    table: pd.DataFrame,
    meta: FigureMeta,
    *,
    mode: str = "light",
    highest_first: bool = True,
    notes: pd.DataFrame | None = None,
) -> Figure:
    """Return bars in order of the printed value, each label with its rank or rank range (第3–5位), unreported last."""
    rows = words.prepared(table, unit=meta.unit)
    told = words.known(rows)
    ranks = rank_ranges(pd.DataFrame(told, columns=["low", "high"]), highest_first=highest_first)
    named = [
        row | {"label": f"{rank_text(low, high)} {row['label']}"}
        for row, low, high in zip(told, ranks["rank_low"], ranks["rank_high"], strict=True)
    ]
    named.sort(key=lambda row: row["value"], reverse=highest_first)
    return _drawn([*named, *(row for row in rows if math.isnan(row["value"]))], meta, mode, notes, said=rows)


def _drawn(
    rows: list[Record], meta: FigureMeta, mode: str, notes: pd.DataFrame | None, *, said: list[Record]
) -> Figure:
    """Draw ``rows``; the text alternative speaks of the rows ``said``, whose labels are plain."""
    laid = lay(rows, meta.unit, mode, noted=notes is not None)
    figure = theme.canvas(meta, mode, laid.frame, unit=laid.axis.unit)
    figure.add(bar_traces(laid, mode))
    set_axes(figure, laid, mode)
    figure.set(barmode="overlay", bargap=0.32)
    references.add(figure, notes, "x", mode)
    return marks.finish(figure, marks.summary(said, meta.title), "x")


@or_nothing()
def bullets(table: pd.DataFrame, meta: FigureMeta, *, mode: str = "light") -> Figure:
    """Return bars against their ``target``, each with its ``light`` as sign, word and colour.

    ``light`` is what :func:`tidy.measures.light` gives; ``straddles``, the fourth state, is
    hatched over: the figure's bounds do not tell on which side of a threshold it is. An empty
    light means no verdict.
    """
    rows = words.prepared(table, "target", "light", unit=meta.unit)
    shade = palette.look(mode)
    rows = [row | {"detail": light_text(str(row["light"]))} for row in rows]
    targets = [float(row["target"]) for row in rows if not pd.isna(row["target"])]
    axis = scale.axis([*marks.room(rows), *targets], meta.unit, count=3, tight=True)
    laid = lay(rows, meta.unit, mode, axis=axis)
    figure = theme.canvas(meta, mode, laid.frame, unit=axis.unit)
    figure.add(bar_traces(laid, mode, [shade.lights.get(str(row["light"]), shade.muted) for row in rows]))
    _hatch_undecided(figure, [str(row["light"]) for row in words.known(rows)], mode)
    figure.add([_targets(rows, meta.unit, mode)])
    set_axes(figure, laid, mode)
    figure.set(barmode="overlay", bargap=0.4)
    return marks.finish(figure, _verdicts(rows, meta.title), "x")


def light_text(light: str) -> str:
    """Return a light's sign and word: ● 达标, ▲ 接近, ■ 未达, ◇ 不能判定."""
    spoken = {"green": _("达标"), "amber": _("接近"), "red": _("未达"), "straddles": _("不能判定")}
    return f"{SIGNS[light]} {spoken[light]}" if light in spoken else _("无判定")


def _hatch_undecided(figure: Drawing, lights: list[str], mode: str) -> None:
    """Hatch the certain part too where the verdict is open."""
    fills = figure.traces[0]["marker"]["color"]
    pattern = hatch(list(fills), mode)
    pattern["shape"] = ["/" if light == "straddles" else "" for light in lights]
    figure.traces[0]["marker"]["pattern"] = pattern


def _targets(rows: list[Record], unit: str, mode: str) -> Trace:
    shade = palette.look(mode)
    targets = [None if pd.isna(row["target"]) else float(row["target"]) for row in rows]
    texts = [_("目标 {amount}").format(amount=scaled(one or 0, unit)) for one in targets]
    return scatter(
        x=targets, y=list(range(len(rows))), mode="markers", hoverinfo="text", hovertext=texts,
        marker={"symbol": "line-ns-open", "size": 24 * shade.zoom, "color": shade.ink, "line": {"width": 3 * shade.zoom}},
        name="targets", showlegend=False, cliponaxis=False,
    )  # fmt: skip


def _verdicts(rows: list[Record], title: str) -> str:
    parts = [f"{row['label']} {row['text']} {light_text(str(row['light']))}" for row in rows]
    return f"{title}{_('：')}{_('；').join(parts)}{_('。')}"
