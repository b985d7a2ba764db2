"""Native charts: bars, stacks, lines with gaps, slopes, dumbbells, pairs and strips of dots."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.util import Pt

from exports.look import ACCENT, CATEGORICAL, INK, MUTED, RULE, ems, text_on
from exports.pptx import chart_xml, strips, workbook
from exports.pptx.base import Box, rgb
from exports.pptx.marks import mark_points
from exports.pptx.text import describe
from exports.safe import clean
from exports.shape import Cell, Grid, grid
from tidy.exhibit import Exhibit
from tidy.format import unit_name

GAP = 55


def add_chart(page: Any, exhibit: Exhibit, box: Box, evidence: pd.DataFrame, size: float = 12) -> Any:
    """Add the exhibit as one native chart with its embedded workbook; return the graphic frame."""
    draw = DRAW[exhibit.kind]
    frame: Any = draw(page, exhibit, box, evidence, size)
    describe(frame, description(exhibit), exhibit.meta.title)
    return frame


def description(exhibit: Exhibit) -> str:
    """Return the text alternative: title, unit, how many marks, and the marks themselves."""
    from exports.evidence import amount_of, name_of

    marks = "; ".join(f"{name_of(mark)} {amount_of(mark)}" for mark in exhibit.table.itertuples())
    return f"{exhibit.meta.title}. {marks}"


def _category_chart(
    page: Any, kind: XL_CHART_TYPE, shape: Grid, box: Box, evidence: pd.DataFrame, size: float
) -> tuple[Any, Any]:
    data: Any = CategoryChartData(number_format="General")  # type: ignore[no-untyped-call]
    data.categories = [clean(row) for row in shape.rows]
    for name in shape.columns:
        data.add_series(clean(name), [cell.value if cell else None for cell in shape.column(name)])
    frame = page.shapes.add_chart(kind, *box.emu(), data)
    chart = frame.chart
    chart.part.chart_workbook.update_from_xlsx_blob(workbook.write(shape, evidence))
    chart_xml.set_chart_fonts(chart._chartSpace, size)
    chart.has_title = False
    _set_legend(chart, len(shape.columns) > 1, size)
    return frame, chart


def _set_legend(chart: Any, shown: bool, size: float) -> None:
    chart.has_legend = shown
    if shown:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
        chart.legend.font.size = Pt(size)


def _bars(page: Any, exhibit: Exhibit, box: Box, evidence: pd.DataFrame, size: float) -> Any:
    """Horizontal bars with the amounts at their ends; no value axis is needed then."""
    shape = grid(exhibit)
    stacked = exhibit.kind == "stack"
    box = _no_taller(box, shape, stacked)
    kind = XL_CHART_TYPE.BAR_STACKED if stacked else XL_CHART_TYPE.BAR_CLUSTERED
    frame, chart = _category_chart(page, kind, shape, box, evidence, size)
    chart.plots[0].gap_width = GAP
    chart.plots[0].overlap = 100 if stacked else -5
    chart.category_axis.reverse_order = True
    _quiet_axis(chart, shape, stacked)
    wide = _room_for_labels(chart, shape, box, size)
    reach = wide / (chart.value_axis.maximum_scale - chart.value_axis.minimum_scale)
    for place, series in enumerate(chart.plots[0].series):
        colour = CATEGORICAL[place % len(CATEGORICAL)] if len(shape.columns) > 1 else ACCENT
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = rgb(colour)
        series.invert_if_negative = False
        if stacked:
            _dress(series, shape, place, "ctr", size - 1, short=True, ink=text_on(colour))
        else:
            _dress(series, shape, place, "outEnd", size - 1, reach=reach)
    return frame


def _no_taller(box: Box, shape: Grid, stacked: bool) -> Box:
    """Two bars do not fill a page: at most so much height for each row."""
    rows = len(shape.rows) * (1 if stacked else len(shape.columns))
    return Box(box.left, box.top, box.width, min(box.height, 0.75 * rows + 0.6))


def _dress(
    series: Any,
    shape: Grid,
    place: int,
    position: str,
    size: float,
    *,
    short: bool = False,
    ink: str | None = None,
    bars: str | None = None,
    reach: float = 0.0,
) -> None:
    """Put error bars (where bounds are) and labels from cells on one series.

    ``reach`` is the share of the chart's width that one unit takes, to move labels past the bars.
    """
    cells = shape.column(shape.columns[place])
    where = workbook.columns_of(shape, place)
    if any(cell and (cell.plus or cell.minus) for cell in cells) and not short:
        plus = [cell.plus if cell else 0.0 for cell in cells]
        minus = [cell.minus if cell else 0.0 for cell in cells]
        chart_xml.add_error_bars(series._element, bars, (where.plus, plus), (where.minus, minus))
    texts = [_label(cell, short) for cell in cells]
    shifts = [cell.plus * reach if cell else 0.0 for cell in cells]
    chart_xml.add_labels(series._element, texts, where.labels, position, size, colour=ink or INK, shifts=shifts)


def _label(cell: Cell | None, short: bool) -> str | None:
    if cell is None:
        return None
    name = unit_name(cell.unit)
    return cell.text.removesuffix(name).strip() if short and name else cell.text


def _quiet_axis(chart: Any, shape: Grid, stacked: bool) -> None:
    """From zero, with room for labels at the end of the longest bar; numbers stand on the bars."""
    axis = chart.value_axis
    axis.has_major_gridlines = False
    axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    axis.format.line.fill.background()
    axis.minimum_scale = min(0.0, *shape.values, 0.0)
    sums = [sum(c.value for c in (shape.cells.get((r, n)) for n in shape.columns) if c) for r in shape.rows]
    ends = [cell.value + cell.plus for cell in shape.cells.values()]
    longest = max(sums if stacked else ends, default=1.0) or 1.0
    axis.maximum_scale = longest * (1.05 if stacked else 1.28)
    chart.category_axis.format.line.color.rgb = rgb(RULE)
    chart.category_axis.has_major_gridlines = False


def _room_for_labels(chart: Any, shape: Grid, box: Box, size: float) -> float:
    """Give long names up to 38 % of the width, where they wrap; return the share the plot keeps."""
    widest = max(ems(row) for row in shape.rows) * size * 1.08 / 72 + 0.15
    left = min(widest / box.width, 0.38)
    legend = 0.5 / box.height if len(shape.columns) > 1 else 0.0
    chart_xml.set_plot_area(chart, left, 0.02, 0.98 - left, 0.96 - legend)
    return 0.98 - left


def _lines(page: Any, exhibit: Exhibit, box: Box, evidence: pd.DataFrame, size: float) -> Any:
    """Lines over time; a year without a figure is a gap, never a bridge."""
    shape = grid(exhibit)
    frame, chart = _category_chart(page, XL_CHART_TYPE.LINE_MARKERS, shape, box, evidence, size)
    ceiling = exhibit.options.get("ceiling")  # small multiples share one scale
    _scale(chart, shape, size, ceiling)
    if not ceiling and "series" in exhibit.table:
        _set_legend(chart, True, size)  # who it is, also where it is only one
    for place, series in enumerate(chart.plots[0].series):
        series.smooth = False
        mark_points(series, place, line=True, single=len(shape.columns) == 1)
        if len(shape.columns) * len(shape.rows) <= 40:
            _dress(series, shape, place, "t", size - 2, bars="y")
    return frame


def _slope(page: Any, exhibit: Exhibit, box: Box, evidence: pd.DataFrame, size: float) -> Any:
    frame = _lines(page, exhibit, box, evidence, size)
    space = frame.chart._chartSpace
    for found in space.xpath(".//c:dispBlanksAs"):
        found.set("val", "span")  # first and last year of a reporter, whatever lies between
    return frame


def _dumbbell(page: Any, exhibit: Exhibit, box: Box, evidence: pd.DataFrame, size: float) -> Any:
    """Several reporters' markers on one upright line for each label."""
    shape = grid(exhibit)
    frame, chart = _category_chart(page, XL_CHART_TYPE.LINE_MARKERS, shape, box, evidence, size)
    _scale(chart, shape, size)
    chart.value_axis.has_major_gridlines = False
    chart_xml.join_highest_and_lowest(chart._chartSpace)
    for place, series in enumerate(chart.plots[0].series):
        series.smooth = False
        mark_points(series, place, line=False, single=False)
        _dress(series, shape, place, "r", size - 2, bars="y")
    return frame


def _scale(chart: Any, shape: Grid, size: float, ceiling: float | None = None) -> None:
    axis = chart.value_axis
    if ceiling:
        axis.maximum_scale = ceiling
    axis.has_major_gridlines = True
    axis.major_gridlines.format.line.color.rgb = rgb(RULE)
    axis.format.line.fill.background()
    axis.tick_labels.number_format = "#,##0" if max(ceiling or 0, *shape.values, 0) >= 8 else "0.0"
    axis.tick_labels.number_format_is_linked = False
    axis.tick_labels.font.size = Pt(size - 1)
    axis.tick_labels.font.color.rgb = rgb(MUTED)
    axis.minimum_scale = min(0.0, *shape.values, 0.0)


DRAW: dict[str, Callable[..., Any]] = {
    "bars": _bars, "ranking": _bars, "stack": _bars, "pairs": _bars, "choropleth": _bars, "bullets": _bars, "series": _lines,
    "slope": _slope, "dumbbell": _dumbbell, "dots": strips.add_dots,
}  # fmt: skip
