"""Native charts: bars, stacks, lines with gaps, slopes, dumbbells, pairs and strips of dots."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pandas as pd
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.util import Pt

from exports.look import ACCENT, CATEGORICAL, INK, MUTED, RULE, ems, text_on
from exports.pptx import chart_xml, workbook
from exports.pptx.base import Box
from exports.pptx.text import add_box, describe
from exports.safe import clean
from exports.shape import Cell, Grid, grid
from tidy.exhibit import Exhibit
from tidy.format import unit_name

Points = list[tuple[Cell, float]]
GAP = 55
MARKERS = (
    XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.SQUARE, XL_MARKER_STYLE.DIAMOND, XL_MARKER_STYLE.TRIANGLE,
    XL_MARKER_STYLE.X, XL_MARKER_STYLE.PLUS, XL_MARKER_STYLE.STAR, XL_MARKER_STYLE.DASH,
)  # fmt: skip


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
    data = CategoryChartData(number_format="General")
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
        series.format.fill.fore_color.rgb = RGBColor.from_string(colour.upper())
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
    chart.category_axis.format.line.color.rgb = RGBColor.from_string(RULE.upper())
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
    _scale(chart, shape, size)
    for place, series in enumerate(chart.plots[0].series):
        series.smooth = False
        _mark(series, place, line=True, single=len(shape.columns) == 1)
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
    for place, series in enumerate(chart.plots[0].series):
        series.smooth = False
        _mark(series, place, line=False, single=False)
        _dress(series, shape, place, "r", size - 2, bars="y")
    return frame


def _mark(series: Any, place: int, *, line: bool, single: bool) -> None:
    colour = RGBColor.from_string((ACCENT if single else CATEGORICAL[place % len(CATEGORICAL)]).upper())
    series.marker.style, series.marker.size = MARKERS[place % len(MARKERS)], 8
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = colour
    series.marker.format.line.color.rgb = colour
    if line:
        series.format.line.color.rgb, series.format.line.width = colour, Pt(2.25)
    else:
        series.format.line.fill.background()


def _scale(chart: Any, shape: Grid, size: float) -> None:
    axis = chart.value_axis
    axis.has_major_gridlines = True
    axis.major_gridlines.format.line.color.rgb = RGBColor.from_string(RULE.upper())
    axis.format.line.fill.background()
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "#,##0.##", False
    whole = all(float(value).is_integer() for value in shape.values)
    axis.tick_labels.number_format = "#,##0" if whole and max(shape.values, default=0) >= 8 else "0.0"
    axis.tick_labels.font.size = Pt(size - 1)
    axis.tick_labels.font.color.rgb = RGBColor.from_string(MUTED.upper())
    axis.minimum_scale = min(0.0, *shape.values, 0.0)


def _dots(page: Any, exhibit: Exhibit, box: Box, evidence: pd.DataFrame, size: float) -> Any:
    """A strip of dots for each group: x is the figure, y the strip."""
    strips = _strips(exhibit)
    data = XyChartData(number_format="General")
    for name, points in strips.items():
        series = data.add_series(clean(name))
        for cell, height in points:
            series.add_data_point(cell.value, height)
    frame = page.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, *box.emu(), data)
    chart = frame.chart
    chart.part.chart_workbook.update_from_xlsx_blob(workbook.write_points(strips, evidence))
    chart_xml.set_chart_fonts(chart._chartSpace, size)
    chart.has_title, chart.has_legend = False, False
    _set_strip_axes(chart, strips, size)
    row = 0
    for series, points in zip(chart.plots[0].series, strips.values(), strict=True):
        _mark(series, 0, line=False, single=True)
        _dress_strip(series, points, row, size)
        row += len(points) + 2
    _name_strips(page, chart, strips, box, size)
    return frame


def _name_strips(page: Any, chart: Any, strips: dict[str, Points], box: Box, size: float) -> None:
    """A scatter axis has no names: they stand as text at the height of their strips."""
    left = min(max(map(ems, strips)) * size * 1.08 / 72 + 0.2, box.width * 0.3)
    top, height = 0.02, 0.86
    chart_xml.set_plot_area(chart, left / box.width, top, 0.96 - left / box.width, height)
    low, high = chart.value_axis.minimum_scale, chart.value_axis.maximum_scale
    tall = height * box.height / (high - low)
    for name, points in strips.items():
        middle = box.top + box.height * (top + height) - (round(points[0][1]) - low) * tall
        place = Box(box.left, middle - tall * 0.45, left - 0.1, tall * 0.9)
        add_box(page, place, [name], largest=size, smallest=8, name=f"strip {name}", align="right",
                anchor=MSO_ANCHOR.MIDDLE)  # fmt: skip


def _strips(exhibit: Exhibit) -> dict[str, Points]:
    """Return each strip's dots with their height; equal figures are stacked so that all are seen."""
    from exports.shape import cell

    names = list(dict.fromkeys(exhibit.table["series"]))
    strips: dict[str, Points] = {str(name): [] for name in names}
    for mark in exhibit.table.itertuples():
        found = cell(mark)
        if found:
            strip = strips[str(mark.series)]
            same = sum(other.value == found.value for other, _height in strip)
            strip.append((found, len(names) - names.index(mark.series) + 0.12 * same))
    return {name: points for name, points in strips.items() if points}


def _set_strip_axes(chart: Any, strips: dict[str, Points], size: float) -> None:
    values = [cell.value for points in strips.values() for cell, _height in points]
    upright, level = chart.value_axis, chart.category_axis
    upright.minimum_scale = 0.4
    upright.maximum_scale = max(h for points in strips.values() for _c, h in points) + 0.6
    upright.major_unit = 1
    upright.has_major_gridlines = False
    upright.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    upright.format.line.fill.background()
    _span_dots(level, min(values), max(values))
    level.has_major_gridlines = True
    level.major_gridlines.format.line.color.rgb = RGBColor.from_string(RULE.upper())
    level.tick_labels.number_format, level.tick_labels.number_format_is_linked = "#,##0.##", False
    level.tick_labels.number_format = "#,##0"
    level.tick_labels.font.size = Pt(size - 1)


def _span_dots(axis: Any, low: float, high: float) -> None:
    """Dots need no zero: begin at a round number below, but end a share's axis just past 100."""
    step = 10.0 ** max(len(str(int(high - low or high or 1))) - 1, 0)
    axis.minimum_scale = 0.0 if 0 <= low <= (high - low) else math.floor((low - step / 2) / step) * step
    axis.maximum_scale = math.ceil((high + step / 2) / step) * step
    if high <= 100 < axis.maximum_scale:
        axis.maximum_scale = 100 + (100 - axis.minimum_scale) * 0.1


def _dress_strip(series: Any, points: Points, row: int, size: float) -> None:
    """Bounds on every dot; amounts at the lowest and the highest one."""

    def place(column: str) -> str:
        return f"Sheet1!${column}${row + 2}:${column}${row + 1 + len(points)}"

    plus, minus = [c.plus for c, _h in points], [c.minus for c, _h in points]
    if any(plus) or any(minus):
        chart_xml.add_error_bars(series._element, "x", (place("C"), plus), (place("D"), minus))
    order = sorted(range(len(points)), key=lambda n: points[n][0].value)
    texts: list[str | None] = [None] * len(points)
    for end in (order[0], order[-1]):
        if end == order[-1] or points[end][0].value < points[order[-1]][0].value:
            texts[end] = points[end][0].text
    sides = ["r" if n == order[-1] else "l" for n in range(len(points))]
    chart_xml.add_labels(series._element, texts, place("E"), sides, size - 2)


DRAW: dict[str, Callable[..., Any]] = {
    "bars": _bars, "ranking": _bars, "stack": _bars, "pairs": _bars, "choropleth": _bars, "series": _lines,
    "slope": _slope, "dumbbell": _dumbbell, "dots": _dots,
}  # fmt: skip
