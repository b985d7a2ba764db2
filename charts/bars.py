"""Bars across: solid to the certain end, hatched to the possible end, an arrow where none is set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts import marks, palette, references, scale, theme, words
from charts.lettering import pixels, wrap
from charts.meta import FigureMeta
from charts.scale import Axis
from tidy.language import _
from tidy.measures import rank_ranges

LABEL_ROOM = 0.36  # of the narrowest width, at most, for the labels at the left


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows from the top down with their wrapped labels, and the room these need."""

    table: pd.DataFrame
    labels: tuple[str, ...]
    axis: Axis
    frame: theme.Frame


def bars(table: pd.DataFrame, meta: FigureMeta, *, mode: str = "light", notes: pd.DataFrame | None = None) -> go.Figure:
    """Return one bar a row in the table's order, bounds drawn; ``notes`` are reference lines."""
    rows = words.prepared(table, unit=meta.unit)
    return _drawn(rows, meta, mode, notes, said=rows)


def ranking(
    table: pd.DataFrame,
    meta: FigureMeta,
    *,
    mode: str = "light",
    highest_first: bool = True,
    notes: pd.DataFrame | None = None,
) -> go.Figure:
    """Return bars in order of the printed value, each label with its rank or rank range (第3–5位), unreported last."""
    rows = words.prepared(table, unit=meta.unit)
    known = rank_ranges(rows[rows["value"].notna()], highest_first=highest_first)
    known = known.sort_values("value", ascending=not highest_first, kind="stable")
    known["label"] = [f"{rank_text(row.rank_low, row.rank_high)} {row.label}" for row in known.itertuples()]
    ordered = pd.concat([known, rows[rows["value"].isna()]], ignore_index=True)
    return _drawn(ordered, meta, mode, notes, said=rows)


def rank_text(low: Any, high: Any) -> str:
    """Return a rank for readers: 第2位, 第3–5位."""
    if low == high:
        return _("第{rank}位").format(rank=low)
    return _("第{low}–{high}位").format(low=low, high=high)


def _drawn(
    rows: pd.DataFrame, meta: FigureMeta, mode: str, notes: pd.DataFrame | None, *, said: pd.DataFrame
) -> go.Figure:
    """Draw ``rows``; the text alternative speaks of the rows ``said``, whose labels are plain."""
    laid = lay(rows, meta.unit, mode, noted=notes is not None)
    figure = theme.canvas(meta, mode, laid.frame, unit=laid.axis.unit)
    figure.add_traces([*_solid_and_hatched(laid, mode), _ticks_and_arrows(laid, mode), _amounts(laid, mode)])
    set_axes(figure, laid, mode)
    figure.update_layout(barmode="overlay", bargap=0.32)
    references.add(figure, notes, "x", mode)
    return marks.finish(figure, marks.summary(said, meta.title), "x")


def lay(rows: pd.DataFrame, unit: str, mode: str, *, pitch: int = 27, noted: bool = False) -> Rows:
    """Return labels, axis and frame for rows from the top down, ``pitch`` pixels a line of label."""
    shade = palette.look(mode)
    room = round(shade.narrow * LABEL_ROOM)
    labels = tuple(wrap(str(label), room, shade.size, most=2) for label in rows["label"])
    tallest = 1.45 if any("<br>" in label for label in labels) else 1.0
    axis = scale.axis(marks.room(rows), unit, count=3, tight=True)
    frame = theme.Frame(
        plot=max(60, round(len(rows) * pitch * tallest * shade.size / 12)),
        left=pixels(labels, shade.size) + 18,
        right=pixels(rows["text"], shade.size) + 22,
        bottom=round(shade.size * 2),
        above=round(shade.size * 3) if noted else 0,
    )
    return Rows(rows, labels, axis, frame)


def set_axes(figure: go.Figure, laid: Rows, mode: str) -> None:
    """Set the value axis below and the labels at the left, first row on top."""
    shade = palette.look(mode)
    figure.update_xaxes(
        range=[laid.axis.low, laid.axis.high], tickvals=laid.axis.places, ticktext=laid.axis.texts, showgrid=True
    )
    figure.update_yaxes(
        range=[len(laid.labels) - 0.5, -0.5], tickvals=list(range(len(laid.labels))), ticktext=laid.labels,
        tickfont={"color": shade.ink}, ticklabelstandoff=6,
    )  # fmt: skip


def _records(laid: Rows) -> list[tuple[int, dict[Any, Any]]]:
    """Return the rows that hold a figure, with their places."""
    return [(place, row) for place, row in enumerate(laid.table.to_dict("records")) if row["value"] == row["value"]]


def _solid_and_hatched(laid: Rows, mode: str) -> list[go.Bar]:
    shade = palette.look(mode)
    places = [place for place, _row in _records(laid)]
    reaches = [marks.reach(row, laid.axis.high) for _place, row in _records(laid)]
    known = laid.table.iloc[places]
    shared = {"y": places, "orientation": "h", "customdata": marks.custom(known), "hoverinfo": "text",
              "hovertext": list(known["hover"]), "showlegend": False}  # fmt: skip
    solid = go.Bar(x=[reach.low for reach in reaches], marker={"color": shade.accent}, name="certain", **shared)
    hatch = {"shape": "/", "size": 5, "solidity": 0.35, "fgcolor": shade.accent, "bgcolor": shade.background}
    possible = go.Bar(
        base=[reach.low for reach in reaches], x=[reach.high - reach.low for reach in reaches], name="possible",
        marker={"color": shade.accent, "pattern": hatch, "line": {"width": 0}}, **shared,
    )  # fmt: skip
    return [solid, possible]


def _ticks_and_arrows(laid: Rows, mode: str) -> go.Scatter:
    """A stroke at the printed number where it is not exact, an arrow head where no limit is set."""
    shade = palette.look(mode)
    points: list[tuple[float, int, str]] = []
    for place, row in _records(laid):
        reach = marks.reach(row, laid.axis.high)
        if not marks.certain(row):
            points.append((float(row["value"]), place, "line-ns-open"))
        if reach.open_end:
            points.append((reach.high, place, "triangle-right"))
    return go.Scatter(
        x=[x for x, _y, _symbol in points], y=[y for _x, y, _symbol in points], mode="markers", hoverinfo="skip",
        marker={"symbol": [symbol for _x, _y, symbol in points], "size": 11, "color": shade.ink,
                "line": {"width": 2, "color": shade.ink}},
        showlegend=False, name="bounds", cliponaxis=False,
    )  # fmt: skip


def _amounts(laid: Rows, mode: str) -> go.Scatter:
    """The amount beside each bar's end; a row without a figure says so at the axis."""
    shade = palette.look(mode)
    records = laid.table.to_dict("records")
    ends = [marks.reach(row, laid.axis.high).high if row["value"] == row["value"] else laid.axis.low
            for row in records]  # fmt: skip
    colours = [shade.ink if row["value"] == row["value"] else shade.muted for row in records]
    return go.Scatter(
        x=ends, y=list(range(len(records))), mode="text", text=[f"{_gap(row)}{row['text']}" for row in records],
        textposition="middle right", textfont={"color": colours}, cliponaxis=False, hoverinfo="skip",
        showlegend=False, name="amounts",
    )  # fmt: skip


def _gap(row: dict[Any, Any]) -> str:
    """Room between a bar's end and its amount; more where an arrow head stands there."""
    open_end = row["value"] == row["value"] and marks.reach(row, 0).open_end
    return "\u00a0" * (4 if open_end else 1)
