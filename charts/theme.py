"""The one theme of all figures: template, heading, caption, margins.

Margins are reckoned from the texts, never left to the browser, so that page, PNG, slide and
paper show the same figure. ``st.plotly_chart`` needs ``theme=None``, or it paints over this.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from charts import words
from charts.drawing import Drawing, Figure
from charts.lettering import count_lines, pixels, wrap
from charts.palette import Look, look
from tidy.exhibit import FigureMeta

FONTS = (
    '"Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei","WenQuanYi Micro Hei",system-ui,sans-serif'
)
EDGE = 12
CARD = 44  # what the page and the card around a figure take of a narrow screen
SYMBOL = 46  # room that a legend entry takes beside its text


@dataclass(frozen=True, slots=True)
class Frame:
    """The room around the plot area in pixels, and the plot area's own height."""

    plot: int
    left: int = EDGE
    right: int = EDGE
    bottom: int = 28
    above: int = 0


@lru_cache(maxsize=8)
def template(mode: str) -> dict[str, Any]:
    """Return the shared template of ``mode``: fonts, colours, axes, legend, hover."""
    shade = look(mode)
    axis = {
        "gridcolor": shade.grid, "linecolor": shade.muted, "zeroline": False, "showgrid": False,
        "tickfont": {"color": shade.muted, "size": shade.size}, "automargin": False, "fixedrange": True,
        "ticks": "", "ticklabeloverflow": "allow",  # margins suit the labels: measuring each takes a browser long
    }  # fmt: skip
    return {
        "layout": {
            "font": {"family": FONTS, "size": shade.size, "color": shade.ink},
            "paper_bgcolor": shade.background,
            "plot_bgcolor": shade.background,
            "colorway": shade.categorical,
            "xaxis": axis,
            "yaxis": axis,
            "hoverlabel": {"font": {"family": FONTS, "size": shade.size + 1}, "align": "left"},
            "legend": {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom",
                       "itemclick": False, "itemdoubleclick": False, "font": {"size": shade.size}},
            "separators": ".,",
        }
    }  # fmt: skip


def canvas(meta: FigureMeta, mode: str, frame: Frame, *, unit: str = "", legend: Sequence[str] = ()) -> Drawing:
    """Return an empty figure with heading, caption and room for ``legend``; traces come after."""
    shade = look(mode)
    room = shade.narrow - CARD - 2 * EDGE
    heading, heading_height = _heading(meta, shade, unit, room)
    caption, caption_height = _caption(meta, shade, room)
    top = EDGE + heading_height + legend_height(legend, shade, frame) + frame.above
    bottom = frame.bottom + caption_height
    height = top + frame.plot + bottom
    return Drawing({
        "template": template(mode),
        "title": {"text": heading, "x": 0, "xref": "container", "xanchor": "left", "yref": "container",
               "y": 1 - (EDGE + shade.size + 3) / height, "yanchor": "top", "pad": {"l": EDGE}, "font": {"size": shade.size + 4}},
        "margin": {"l": frame.left, "r": frame.right, "t": top, "b": bottom, "pad": 0},
        "height": height,
        "showlegend": bool(legend),
        "annotations": [_foot(caption, shade, frame)] if caption else [],
        "legend": {"y": 1 + frame.above / frame.plot},
    })  # fmt: skip


def _heading(meta: FigureMeta, shade: Look, unit: str, room: int) -> tuple[str, int]:
    title = wrap(meta.title, room, shade.size + 4)
    lines = [wrap(line, room, shade.size) for line in words.below(meta, unit)]
    style = f"font-size:{shade.size}px;color:{shade.muted}"
    small = "".join(f'<br><span style="{style}">{part}</span>' for line in lines for part in line.split("<br>"))
    rows = sum(count_lines(line) for line in lines)
    height = count_lines(title) * (shade.size + 4) * 1.32 + rows * (shade.size + 4) * 1.32 + 8
    return f"<b>{title}</b>{small}", round(height)


def _caption(meta: FigureMeta, shade: Look, room: int) -> tuple[str, int]:
    size = shade.size - 1
    text = "<br>".join(wrap(line, room, size) for line in words.caption(meta))
    return text, round(count_lines(text) * size * 1.35 + 14) if text else 4


def _foot(text: str, shade: Look, frame: Frame) -> dict[str, Any]:
    return {
        "text": text, "showarrow": False, "align": "left", "name": "caption",
        "x": 0, "xref": "paper", "xanchor": "left", "xshift": EDGE - frame.left,
        "y": 0, "yref": "paper", "yanchor": "top", "yshift": -frame.bottom - 2,
        "font": {"size": shade.size - 1, "color": shade.muted},
    }  # fmt: skip


def legend_height(entries: Sequence[str], shade: Look, frame: Frame) -> int:
    """Return the height of a legend at the narrowest width, where plotly sets it in even columns."""
    if not entries:
        return 0
    widest = pixels(entries, shade.size) + SYMBOL
    columns = max(1, (shade.narrow - frame.left - frame.right) // widest)
    rows = -(-len(entries) // columns)
    return round(rows * shade.size * 1.65 + 8)


def describe(figure: Figure) -> str:
    """Return the one-sentence text alternative of a figure made here."""
    return figure.description
