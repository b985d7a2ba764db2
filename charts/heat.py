"""Who has reported what: reporters down, indicator groups across."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from charts import marks, palette, theme, words
from charts.drawing import Figure, Trace, cells, scatter
from charts.lettering import ems, pixels, wrap
from charts.nothing import or_nothing
from tidy.exhibit import FigureMeta
from tidy.format import plain
from tidy.language import _

PITCH = 20


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a heat map: its rows, columns, and the table row of each cell that has one."""

    reporters: list[str]
    groups: list[str]
    cells: dict[tuple[str, str], dict[Any, Any]]


@or_nothing()
def heatmap(table: pd.DataFrame, meta: FigureMeta, *, mode: str = "light") -> Figure:
    """Return which reporter (``label``) has how many figures (``value``) in which group (``series``).

    A number in a coloured cell is the count; a stroke in a grey one says that nothing is
    reported: a row with an empty value, a zero and an absent row are all "nothing".
    """
    rows = words.prepared(table, "series", unit="")
    grid = _grid(rows)
    shade = palette.look(mode)
    size = shade.size - 1
    names = [wrap(name, shade.narrow * 2 // 5, size, most=1) for name in grid.reporters]
    across = max((ems(name) for name in grid.groups), default=0) * size
    frame = theme.Frame(
        plot=max(60, len(names) * PITCH * shade.size // 12),
        left=pixels(names, size) + 16,
        right=16,
        bottom=10,
        above=round(across + 14),
    )
    figure = theme.canvas(meta, mode, frame)
    figure.add([_shades(grid, mode), _counts(grid, mode)])
    figure.x(side="top", tickvals=list(range(len(grid.groups))), ticktext=grid.groups, tickangle=-90,
             range=[-0.5, len(grid.groups) - 0.5], tickfont={"size": size, "color": shade.ink},
             ticklabelstandoff=4)  # fmt: skip
    figure.y(tickvals=list(range(len(names))), ticktext=names, range=[len(names) - 0.5, -0.5],
             tickfont={"size": size, "color": shade.ink}, ticklabelstandoff=4)  # fmt: skip
    return marks.finish(figure, _sentence(grid, meta.title))


def _grid(records: list[words.Record]) -> Grid:
    cells = {(str(row["label"]), str(row["series"])): row for row in records if row["value"] > 0}
    reporters = list(dict.fromkeys(str(row["label"]) for row in records))
    return Grid(reporters, list(dict.fromkeys(str(row["series"]) for row in records)), cells)


def _shades(grid: Grid, mode: str) -> Trace:
    shade = palette.look(mode)
    return cells(
        z=[[_shade(grid.cells.get((name, group))) for group in grid.groups] for name in grid.reporters],
        zmin=0, zmax=3, showscale=False, xgap=2, ygap=2, hoverinfo="skip", name="shades",
        colorscale=[[0, shade.missing], [1 / 3, shade.sequential[1]], [2 / 3, shade.sequential[2]],
                    [1, shade.sequential[3]]],
    )  # fmt: skip


def _shade(row: dict[Any, Any] | None) -> int:
    """Nothing, one figure, up to four, more."""
    if row is None:
        return 0
    return 1 if row["value"] < 2 else 2 if row["value"] < 5 else 3


def _counts(grid: Grid, mode: str) -> Trace:
    """The numbers in the cells; they carry the ids and are what a click selects."""
    shade = palette.look(mode)
    fills = (shade.missing, *shade.sequential[1:4])
    spots = [(x, y, grid.cells.get((name, group)), name, group)
             for y, name in enumerate(grid.reporters) for x, group in enumerate(grid.groups)]  # fmt: skip
    return scatter(
        x=[x for x, *_rest in spots], y=[y for _x, y, *_rest in spots], mode="text", name="counts",
        text=[plain(row["value"]) if row else "–" for _x, _y, row, *_rest in spots], showlegend=False,
        textfont={"size": shade.size - 2,
                  "color": [palette.text_on(fills[_shade(row)]) for _x, _y, row, *_rest in spots]},
        customdata=[[row["ids"] if row else "", name] for _x, _y, row, name, _group in spots], hoverinfo="text",
        hovertext=[_hover(row, name, group) for _x, _y, row, name, group in spots],
    )  # fmt: skip


def _hover(row: dict[Any, Any] | None, name: str, group: str) -> str:
    found = _("{count} 项数据").format(count=plain(row["value"])) if row else _("未填报")
    return f"<b>{name} · {group}</b><br>{found}"


def _sentence(grid: Grid, title: str) -> str:
    parts = []
    for group in grid.groups:
        known = sum((name, group) in grid.cells for name in grid.reporters)
        parts.append(_("{group} {count}/{expected}").format(group=group, count=known, expected=len(grid.reporters)))
    return f"{title}{_('：')}{_('，').join(parts)}{_('。')}"
