"""Strips of dots as a native scatter chart: one dot a reporter, one strip a city or type."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from pptx.chart.data import XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_TICK_LABEL_POSITION
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Pt

from exports.look import RULE, ems
from exports.pptx import chart_xml, workbook
from exports.pptx.base import Box, rgb
from exports.pptx.marks import mark_points
from exports.pptx.text import add_box
from exports.safe import clean
from exports.shape import Cell, cell
from tidy.exhibit import Exhibit

Points = list[tuple[Cell, float]]


def add_dots(page: Any, exhibit: Exhibit, box: Box, evidence: pd.DataFrame, size: float) -> Any:
    """A strip of dots for each group: x is the figure, y the strip."""
    strips = _strips(exhibit)
    data: Any = XyChartData(number_format="General")  # type: ignore[no-untyped-call]
    for name, points in strips.items():
        series = data.add_series(clean(name))
        for dot, height in points:
            series.add_data_point(dot.value, height)
    frame = page.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, *box.emu(), data)
    chart = frame.chart
    chart.part.chart_workbook.update_from_xlsx_blob(workbook.write_points(strips, evidence))
    chart_xml.set_chart_fonts(chart._chartSpace, size)
    chart.has_title, chart.has_legend = False, False
    _set_strip_axes(chart, strips, size)
    row = 0
    for series, points in zip(chart.plots[0].series, strips.values(), strict=True):
        mark_points(series, 0, line=False, single=True)
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
    level.major_gridlines.format.line.color.rgb = rgb(RULE)
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
