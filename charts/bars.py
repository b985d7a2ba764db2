"""Bars across: by category, in order of rank, against targets, and stacked."""

from __future__ import annotations

import pandas as pd

from charts import marks, palette, references, scale, theme, words
from charts.drawing import Drawing, Figure, Trace, scatter
from charts.nothing import or_nothing
from charts.rows import bar_traces, hatch, lay, reported, set_axes
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
    known = rank_ranges(rows[rows["value"].notna()], highest_first=highest_first)
    known = known.sort_values("value", ascending=not highest_first, kind="stable")
    known["label"] = [f"{rank_text(row.rank_low, row.rank_high)} {row.label}" for row in known.itertuples()]
    ordered = pd.concat([known, rows[rows["value"].isna()]], ignore_index=True)
    return _drawn(ordered, meta, mode, notes, said=rows)


def _drawn(
    rows: pd.DataFrame, meta: FigureMeta, mode: str, notes: pd.DataFrame | None, *, said: pd.DataFrame
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
    rows["detail"] = [light_text(str(light)) for light in rows["light"]]
    axis = scale.axis([*marks.room(rows), *rows["target"].dropna()], meta.unit, count=3, tight=True)
    laid = lay(rows, meta.unit, mode, axis=axis)
    figure = theme.canvas(meta, mode, laid.frame, unit=axis.unit)
    figure.add(bar_traces(laid, mode, [shade.lights.get(str(light), shade.muted) for light in rows["light"]]))
    _hatch_undecided(figure, list(rows.iloc[[place for place, _row in reported(rows)]]["light"]), mode)
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


def _targets(rows: pd.DataFrame, unit: str, mode: str) -> Trace:
    shade = palette.look(mode)
    texts = [_("目标 {amount}").format(amount=scaled(float(one), unit)) for one in rows["target"].fillna(0)]
    return scatter(
        x=list(rows["target"]), y=list(range(len(rows))), mode="markers", hoverinfo="text", hovertext=texts,
        marker={"symbol": "line-ns-open", "size": 24 * shade.zoom, "color": shade.ink, "line": {"width": 3 * shade.zoom}},
        name="targets", showlegend=False, cliponaxis=False,
    )  # fmt: skip


def _verdicts(rows: pd.DataFrame, title: str) -> str:
    parts = [f"{row.label} {row.text} {light_text(str(row.light))}" for row in rows.itertuples()]
    return f"{title}{_('：')}{_('；').join(parts)}{_('。')}"
