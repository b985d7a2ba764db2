"""The honest figure of an empty choice: heading, note, and a word that there is nothing to show."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import pandas as pd

from charts import marks, palette, theme
from charts.drawing import Figure
from tidy.exhibit import FigureMeta
from tidy.language import _

Draw = Callable[..., Figure]


def or_nothing(*, dated: bool = False) -> Callable[[Draw], Draw]:
    """Return a decorator: a table without rows (``dated``: without a period) gives :func:`nothing`."""

    def decorate(draw: Draw) -> Draw:
        @wraps(draw)
        def drawn(table: pd.DataFrame, meta: FigureMeta, *, mode: str = "light", **options: Any) -> Figure:
            undated = dated and "period" in table and not (table["period"] != "").any()
            return nothing(meta, mode) if table.empty or undated else draw(table, meta, mode=mode, **options)

        return drawn

    return decorate


def nothing(meta: FigureMeta, mode: str) -> Figure:
    """Return a figure that says that no figure is there to show."""
    shade = palette.look(mode)
    words = _("没有可显示的数")
    figure = theme.canvas(meta, mode, theme.Frame(plot=120 * shade.size // 12))
    figure.annotate(text=words, x=0.5, y=0.5, xref="paper", yref="paper", showarrow=False, font={"color": shade.muted})
    figure.x(visible=False).y(visible=False)
    return marks.finish(figure, f"{meta.title}{_('：')}{words}{_('。')}")
