"""Words beside and below a figure have room on a phone."""

from __future__ import annotations

from itertools import pairwise
from math import nan

import pandas as pd
import pytest

import charts
from charts import FigureMeta, palette, theme
from charts.lettering import pixels
from tidy.language import using

SIZE = palette.look("light").size


@pytest.mark.parametrize("largest", [47_987.0, 260_513.0, 9_876_543.0])
@pytest.mark.parametrize("label", ["Towns", "Characteristic towns", "Towns of the north and of the south"])
def test_bars_and_their_ticks_have_room_on_a_phone(make_row, label, largest):
    """Plotly would set ticks upright that have none."""
    rows = [make_row(label, largest / 3), make_row(f"{label} 2", largest, largest, nan, "at_least")]
    with using("en"):
        layout = charts.bars(pd.DataFrame(rows), FigureMeta("", unit="人")).layout
    room = palette.look("light").narrow - theme.CARD - layout.margin.l - layout.margin.r
    assert room >= (60 if len(label) < 25 else 25)  # a name is not cut for the sake of its bar
    assert pixels(["".join(layout.xaxis.ticktext)], SIZE) < room


def test_no_name_is_cut_for_the_sake_of_its_bar(make_row):
    name = "Haining Federation of Unions"
    with using("en"):
        layout = charts.bars(pd.DataFrame([make_row(name, 9_876_543.0)]), FigureMeta("", unit="人")).layout
    assert layout.yaxis.ticktext[0].replace("<br>", " ") == name


@pytest.mark.parametrize(("name", "lines"), [("Parks", 2), ("Buildings and business districts", 3)])
def test_a_row_of_dots_is_as_high_as_its_name_and_count(make_row, name, lines):
    table = pd.DataFrame([make_row(f"{n}", 80.0 + n, series=f"{place} {name}") for place in range(4) for n in range(3)])
    layout = charts.dots(table, FigureMeta("", unit="%"), by="series").layout
    assert {text.count("<br>") + 1 for text in layout.yaxis.ticktext} == {lines}
    assert (layout.height - layout.margin.t - layout.margin.b) / 4 >= lines * SIZE * 1.3


@pytest.mark.parametrize("count", [2, 6, 12])
def test_names_at_the_ends_of_lines_do_not_touch_and_stay_beside_the_plot(make_row, count):
    rows = [make_row("", 1.0 + n / 50, series=f"Federation of unions {n}", period=f"{year}") for n in range(count)
            for year in (2016, 2017)]  # fmt: skip
    figure = charts.series(pd.DataFrame(rows), FigureMeta("", unit="%"))
    (names,) = [trace for trace in figure.data if trace.name == "names"]
    low, high = figure.layout.yaxis.range
    plot = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    middles = sorted((y - low) / (high - low) * plot for y in names.y)
    half = (names.text[0].count("<br>") + 1) * SIZE * 1.3 / 2
    assert half > SIZE  # a name of two lines
    assert all(above - below >= 2 * half for below, above in pairwise(middles))
    assert middles[0] >= half
    assert middles[-1] <= plot - half + 1
