"""Slope: one line a reporter from an earlier to a later figure."""

from __future__ import annotations

import pandas as pd

from charts import marks, palette, scale, theme, words
from charts.drawing import Drawing, Figure, Trace, scatter
from charts.lettering import apart, pixels, wrap
from charts.nothing import or_nothing
from charts.pairs import Pair, pairs_of
from charts.rows import SPACE
from charts.times import position
from tidy import periods
from tidy.exhibit import FigureMeta
from tidy.format import unit_name
from tidy.language import _

PITCH = 26


@or_nothing(dated=True)
def slope(table: pd.DataFrame, meta: FigureMeta, *, mode: str = "light") -> Figure:
    """Return a line a ``label`` between the two ``period`` values of the table, words at both ends.

    The line is dotted where the bounds overlap, so that no rise or fall is claimed. Raises
    ``ValueError`` unless there are exactly two periods.
    """
    rows = words.prepared(table, "period", unit=meta.unit)
    times = sorted({str(row["period"]) for row in rows}, key=position)
    if len(times) != 2:
        raise ValueError(_("需要正好两个时期，现有 {count} 个").format(count=len(times)))
    pairs = pairs_of([row | {"series": row["period"]} for row in rows], (times[0], times[1]))
    shade = palette.look(mode)
    axis = scale.axis(marks.room(rows), meta.unit, zero=False, tight=True)
    height = max(200, PITCH * (len(pairs) + 1) * shade.size // 12)
    unit = "%" if meta.unit == "%" else ""  # said once, under the title
    texts = [
        [words.amount_of(pair.rows[0], unit) for pair in pairs],
        [_right_text(pair, unit, shade) for pair in pairs],
    ]
    frame = theme.Frame(
        plot=height, left=pixels(texts[0], shade.size) + 26, right=pixels(texts[1], shade.size) + 26,
        bottom=12, above=round(shade.size * 2),
    )  # fmt: skip
    figure = theme.canvas(meta, mode, frame, unit=unit_name(meta.unit))
    figure.add([_line(pair, place, mode) for place, pair in enumerate(pairs)])
    gap = (axis.high - axis.low) / height * shade.size * 1.45
    figure.add([_words(pairs, texts[side], side, gap, mode) for side in (0, 1)])
    _axes(figure, [periods.label(time) for time in times], axis, mode)
    return marks.finish(figure, _sentence(pairs, meta.title), "y")


def _right_text(pair: Pair, unit: str, shade: palette.Look) -> str:
    """The name, cut to a third of the narrowest width (a fifth on a phone), and the amount."""
    room = 84 if shade.narrow < 600 else shade.narrow // 3
    return f"{wrap(pair.label, room, shade.size, most=1)} {words.amount_of(pair.rows[1], unit)}"


def _line(pair: Pair, place: int, mode: str) -> Trace:
    shade = palette.look(mode)
    colour = shade.categorical[place % len(shade.categorical)]
    return scatter(
        x=[0, 1], y=[row["value"] for row in pair.rows], mode="lines+markers", name=pair.label, showlegend=False,
        line={"color": colour, "width": 2 * shade.zoom, "dash": "dot" if pair.overlap else "solid"}, cliponaxis=False,
        marker={"size": 9 * shade.zoom, "line": {"color": colour, "width": 2 * shade.zoom},
                "color": [colour if marks.certain(row) else shade.background for row in pair.rows]},
        customdata=[[row["ids"], pair.label] for row in pair.rows], hoverinfo="text",
        hovertext=[row["hover"] for row in pair.rows],
    )  # fmt: skip


def _words(pairs: list[Pair], texts: list[str], side: int, gap: float, mode: str) -> Trace:
    """The texts of one end, none on another; a figure that is missing has none."""
    shown = [(pair.rows[side]["value"], text) for pair, text in zip(pairs, texts, strict=True)
             if not pd.isna(pair.rows[side]["value"])]  # fmt: skip
    space = SPACE * 3
    return scatter(
        x=[side] * len(shown), y=apart([value for value, _text in shown], [gap] * len(shown)), mode="text", name=f"words{side}",
        text=[space + text if side else text + space for _value, text in shown], hoverinfo="skip",
        textposition="middle right" if side else "middle left", showlegend=False, cliponaxis=False,
        textfont={"color": palette.look(mode).ink},
    )  # fmt: skip


def _axes(figure: Drawing, names: list[str], axis: scale.Axis, mode: str) -> None:
    air = 0.06 * (axis.high - axis.low)
    figure.x(
        range=[-0.03, 1.03], tickvals=[0, 1], ticktext=names, side="top", showgrid=True, tickangle=0,
        tickfont={"color": palette.look(mode).ink},
    )  # fmt: skip
    figure.y(visible=False, range=[axis.low - air, axis.high + air])


def _sentence(pairs: list[Pair], title: str) -> str:
    parts = []
    for pair in pairs:
        told = f"{pair.label} {pair.rows[0]['text']} → {pair.rows[1]['text']}"
        parts.append(told + (_("（界重叠）") if pair.overlap else ""))
    return f"{title}{_('：')}{_('；').join(parts)}{_('。')}"
