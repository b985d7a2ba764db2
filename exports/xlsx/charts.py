"""Native charts of a workbook, drawn over the cells of their own sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.text import CharacterProperties, ParagraphProperties
from openpyxl.formatting.rule import ColorScaleRule
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break

from exports.look import ACCENT, CATEGORICAL, SEQUENTIAL
from exports.safe import clean
from tidy.exhibit import Exhibit
from tidy.language import _

LINES = ("series", "slope", "small_multiples")
ROW_CM = 0.53  # height of a row of 15 points
PAGE = 29  # rows of a printed page
WIDE, TALLEST = 20.0, 13.5  # centimetres of a chart; below the repeated head it has a page to itself
USUAL, LETTER_CM, EDGE_CM = 8.43, 0.19, 0.13  # width of a column in letters, of a letter, of its edges


@dataclass(frozen=True, slots=True)
class Table:
    """Where the table of a sheet is: its heading row, last row, width, and whether it is a matrix."""

    head: int
    last: int
    width: int
    matrix: bool


def add_chart(sheet: Any, exhibit: Exhibit, table: Table, row: int) -> int:
    """Add a bar or line chart of ``table`` from ``row`` on; return the last row that it covers.

    A heat map is its own matrix of cells, coloured by a rule that follows the numbers; a table stays a table.
    """
    if exhibit.kind == "heatmap":
        _shade(sheet, table)
    if exhibit.kind in ("heatmap", "table"):
        return row
    chart = _lines() if exhibit.kind in LINES else _bars(exhibit.kind == "stack", table.last - table.head)
    columns = range(2, table.width + 1) if table.matrix else [_number_column(sheet, table.head)]
    for column in columns:
        data = Reference(sheet, min_col=column, min_row=table.head, max_row=table.last)
        chart.add_data(data, titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=table.head + 1, max_row=table.last))
    for place, series in enumerate(chart.series):
        colour = CATEGORICAL[place % len(CATEGORICAL)] if len(chart.series) > 1 else ACCENT
        _colour(series, colour, line=exhibit.kind in LINES)
    _set_title(chart, exhibit.meta.title)
    chart.legend = chart.legend if len(chart.series) > 1 else None
    if chart.legend:
        chart.legend.position = "b"
    tall = round(chart.height / ROW_CM) + 1
    if row + tall > PAGE:
        sheet.row_breaks.append(Break(id=row))
    sheet.add_chart(chart, f"A{row + 1}")
    return row + 1 + int(tall)


def in_place_of_one(kind: str) -> list[str]:
    """Return what the foot of a sheet without a chart says, so that nobody looks for one."""
    said = {"table": _("本页为表，不另作图"), "heatmap": _("数值按大小着色，不另作图")}
    return [said[kind]] if kind in said else []


def columns_under(sheet: Any, width: int) -> int:
    """Return how many columns a chart covers, at least ``width``: so many are printed."""
    column, reach = 0, 0.0
    while column < width or reach < WIDE:
        column += 1
        dimension = sheet.column_dimensions[get_column_letter(column)]
        reach += (dimension.width if dimension.customWidth else USUAL) * LETTER_CM + EDGE_CM
    return column


def _shade(sheet: Any, table: Table) -> None:
    """Colour the figures from pale to middle blue, on which dark letters can be read; blank cells stay blank."""
    area = f"B{table.head + 1}:{get_column_letter(table.width)}{table.last}"
    scale = ColorScaleRule("min", start_color=SEQUENTIAL[0], end_type="max", end_color=SEQUENTIAL[2])
    sheet.conditional_formatting.add(area, scale)


def _set_title(chart: Any, text: str) -> None:
    chart.title = clean(text)
    chart.title.overlay = False
    look = CharacterProperties(sz=1200, b=True)
    chart.title.tx.rich.p[0].pPr = ParagraphProperties(defRPr=look)


def _number_column(sheet: Any, head: int) -> int:
    """The column of figures in a long table: the first whose cells are numbers."""
    row = next(iter(sheet.iter_rows(min_row=head + 1, max_row=head + 1)))
    return next((c.column for c in row if isinstance(c.value, int | float)), 2)


def _bars(stacked: bool, rows: int) -> Any:
    chart = BarChart()
    chart.type, chart.grouping = "bar", "stacked" if stacked else "clustered"
    chart.overlap = 100 if stacked else 0
    chart.gapWidth = 55
    chart.y_axis.delete, chart.x_axis.delete = False, False
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.majorGridlines = None
    chart.y_axis.number_format = "#,##0"
    chart.height, chart.width = min(max(6.0, rows * 0.75 + 2), TALLEST), WIDE
    return chart


def _lines() -> Any:
    chart = LineChart()
    chart.y_axis.delete, chart.x_axis.delete = False, False
    chart.y_axis.number_format = "#,##0"
    chart.dispBlanksAs = "gap"
    chart.height, chart.width = 9.5, WIDE
    chart.layout = Layout(manualLayout=ManualLayout(xMode="edge", yMode="edge", x=0.1, y=0.16, w=0.86, h=0.6))
    return chart


def _colour(series: Any, colour: str, *, line: bool) -> None:
    if line:
        series.smooth = False
        series.marker.symbol = "circle"
        series.graphicalProperties.line.solidFill = colour
        series.marker.graphicalProperties = GraphicalProperties(solidFill=colour)
    else:
        series.graphicalProperties.solidFill = colour
