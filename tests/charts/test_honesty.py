"""Bounds are drawn, gaps stay gaps, what is missing is never zero."""

from __future__ import annotations

from math import nan

import pandas as pd
import plotly.graph_objects as go
import pytest

import charts
from charts import FigureMeta, describe

RATE = FigureMeta("建会率", unit="%")


def named(figure: go.Figure, name: str) -> list:
    return [trace for trace in figure.data if trace.name == name]


def test_a_bar_is_solid_to_the_low_end_and_hatched_to_the_high_end(tables, meta):
    figure = charts.bars(tables["bars"], meta)
    solid, possible = named(figure, "certain")[0], named(figure, "possible")[0]
    assert list(solid.x) == [490000, 360123, 15000, 0]
    assert list(possible.x)[1:] == [0, 10000, 0]
    assert possible.x[0] > 0
    assert "triangle-right" in named(figure, "bounds")[0].marker.symbol


def test_amounts_are_written_as_printed(tables, meta):
    texts = [text.strip("\u00a0") for text in named(charts.bars(tables["bars"], meta), "amounts")[0].text]
    assert texts == ["≥ 49万人", "360,123人", "约 2万人", "0人", "未填报"]


def test_rank_ranges_stand_before_the_names(meta, make_row):
    table = pd.DataFrame([make_row("甲", 500, 500, nan, "at_least"), make_row("乙", 600), make_row("丙", 10)])
    labels = list(charts.ranking(table, meta).layout.yaxis.ticktext)
    assert labels == ["第1–2位 乙", "第1–2位 甲", "第3位 丙"]


def test_a_map_colours_zero_and_hatches_what_is_missing(tables, meta):
    figure = charts.choropleth(tables["choropleth"], meta)
    zero, missing = named(figure, "台州市")[0], named(figure, "湖州市")[0]
    assert zero.fillpattern.shape is None
    assert missing.fillpattern.shape == "\\"
    assert missing.fillcolor not in {trace.fillcolor for trace in figure.data if trace.name[:1].isdigit()}
    assert "未填报" in {trace.name for trace in figure.data if trace.showlegend is None}
    assert "未填报" in named(figure, "舟山市")[0].text


def test_a_map_names_what_is_not_on_it(meta, make_row):
    table = pd.DataFrame([make_row("上海市", 5, area_code="310000"), make_row("杭州市", 7, area_code="330100")])
    foot = next(note.text for note in charts.choropleth(table, meta).layout.annotations if note.name == "caption")
    assert "不在图上：上海市。" in foot


def test_a_county_of_2018_is_drawn_on_both_of_todays(meta, make_row):
    table = pd.DataFrame([make_row("余杭区", 5, area_code="330110"), make_row("上城区", 1, area_code="330102"),
                          make_row("江干区", 2, area_code="330104")])  # fmt: skip
    figure = charts.choropleth(table, meta, level="county")
    assert named(figure, "余杭区")[0].fillcolor == named(figure, "临平区")[0].fillcolor
    assert "余杭区" in named(figure, "临平区")[0].text
    both = named(figure, "上城区")[0]
    assert both.fillpattern.shape == "x"
    assert "江干区" in both.text
    assert both.customdata[0][0] == "上城区-1|上城区-2|江干区-1|江干区-2"


def test_a_year_left_out_breaks_the_line(tables, meta):
    line = named(charts.series(tables["series"], meta), "嘉兴市")[0]
    assert list(line.x) == [2014, 2015, None, 2017]
    assert list(line.y) == [180000, 370000, None, 490000]
    assert line.connectgaps is False


def test_an_end_without_limit_has_an_arrow_inside_the_axis(tables, meta):
    figure = charts.series(tables["series"], meta)
    arrows = [trace for trace in named(figure, "open") if len(trace.x)]
    assert len(arrows) == 1
    assert 490000 < arrows[0].y[0] <= figure.layout.yaxis.range[1]


def test_rates_show_the_middle_that_somebody_printed(tables):
    figure = charts.dots(tables["dots"], RATE)
    assert list(named(figure, "middle")[0].x) == [95, 95, None]
    assert "衢州市未填报" in describe(figure)
    assert "0/1家" in figure.layout.yaxis.ticktext[1]


def test_nothing_reported_is_a_stroke_in_the_heat_map(tables, meta):
    figure = charts.heatmap(tables["heatmap"], meta)
    assert list(named(figure, "counts")[0].text) == ["3", "–", "–", "–"]
    assert "会员 1/2" in describe(figure)


def test_overlapping_figures_claim_no_rise(tables, meta):
    figure = charts.dumbbell(tables["dumbbell"], meta)
    assert len(named(figure, "overlap")) == 1
    assert "杭州市 ≥ 30万人 → 30.5万人（界重叠）" in describe(figure)
    assert "嘉兴市 18万人 → ≥ 49万人；" in describe(figure)
    dashes = {trace.name: trace.line.dash for trace in charts.slope(tables["slope"], meta).data if trace.line.dash}
    assert dashes == {"嘉兴市": "solid", "杭州市": "dot", "宁波市": "solid"}


def test_a_rate_that_disagrees_with_its_parts_says_so(tables):
    sentence = describe(charts.rate_pairs(tables["rate_pairs"], RATE))
    assert "甲 ≥ 95% → 96.5–97.3% 相符" in sentence
    assert "乙 88.5% → 80.2–82% ✗ 不符" in sentence


def test_a_light_is_a_sign_and_a_word_and_the_fourth_is_hatched(tables, meta):
    figure = charts.bullets(tables["bullets"], meta)
    assert ["●" in one or "▲" in one or "◇" in one or "■" in one for one in figure.layout.yaxis.ticktext] == [
        True, True, True, True, False,
    ]  # fmt: skip
    assert list(figure.data[0].marker.pattern.shape) == ["", "", "/", ""]


def test_a_total_of_parts_says_what_is_missing(tables):
    figure = charts.stacked(tables["stacked"], FigureMeta("试点类型", unit="个"))
    texts = [text.strip("\u00a0") for text in named(figure, "totals")[0].text]
    assert texts == ["15个", "5个（1 类未填报）"]


def test_the_player_has_a_frame_a_period_on_one_axis(tables, meta):
    figure = charts.player(tables["player"], meta)
    assert [frame.name for frame in figure.frames] == ["2014", "2015", "2016", "2017"]
    assert "未填报" in "".join(figure.frames[0].data[3].text)
    assert {len(frame.data) for frame in figure.frames} == {len(figure.data)}


def test_reference_lines_come_from_a_table(tables, meta):
    notes = pd.DataFrame(
        [{"axis": "value", "at": 200000, "label": "年度任务"}, {"axis": "period", "at": "2016", "label": "启动"}]
    )
    figure = charts.series(tables["series"], meta, notes=notes)
    assert [(shape.x0, shape.y0) for shape in figure.layout.shapes] == [(0, 200000), (2016, 0)]
    assert {"年度任务", "启动"} <= {note.text for note in figure.layout.annotations}


def test_a_reference_line_does_not_cross_an_amount(tables, meta):
    notes = pd.DataFrame(
        [{"axis": "period", "at": "2015", "label": "启动"}, {"axis": "period", "at": "2013", "label": "前"}]
    )
    one = tables["series"][tables["series"]["series"] == tables["series"]["series"].iloc[0]]
    figure = charts.series(one, meta, notes=notes)
    pieces = {at: [(shape.y0, shape.y1) for shape in figure.layout.shapes if shape.x0 == at] for at in (2015, 2013)}
    assert pieces[2013] == [(0, 1)]
    (below, above) = pieces[2015]
    (amount,) = [
        y for x, y in zip(named(figure, "amounts")[0].x, named(figure, "amounts")[0].y, strict=True) if x == 2015
    ]
    low, high = figure.layout.yaxis.range
    assert (below[0], above[1]) == (0, 1)
    assert below[1] == pytest.approx((amount - low) / (high - low))
    plot = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    assert (above[0] - below[1]) * plot >= 2 * 12 * 1.3  # two lines of letters: the amount and the blank one below it


def test_a_missing_column_is_named(meta):
    with pytest.raises(ValueError, match="qualifier"):
        charts.bars(pd.DataFrame([{"label": "甲", "value": 1.0, "low": 1.0, "high": 1.0}]), meta)


def test_a_choice_without_any_figure_still_draws(meta, make_row):
    nothing = pd.DataFrame([make_row("甲", series="a", period="2017", city="甲", area_code="330100")])
    for draw in (charts.bars, charts.ranking, charts.choropleth, charts.series, charts.multiples, charts.heatmap,
                 charts.stacked, charts.player, charts.sparkline):  # fmt: skip
        assert "未填报" in describe(draw(nothing, meta)) or draw is charts.heatmap, draw.__name__


def test_a_map_of_one_city_shows_nobody_else_as_not_reported():
    rows = [{"label": "温州市", "area_code": "330300", "value": 3, "low": 3, "high": 3, "qualifier": "exact",
             "unit": "个", "observation_ids": "a"}]  # fmt: skip
    table = pd.DataFrame(rows)
    assert "未填报" in [trace.name for trace in charts.choropleth(table, RATE).data]
    alone = charts.choropleth(table, RATE, within=["330300"])
    assert "未填报" not in [trace.name for trace in alone.data]
    assert [trace.name for trace in alone.data if trace.hoveron == "fills"] == ["温州市"]
    assert alone.layout.xaxis.range[1] - alone.layout.xaxis.range[0] < 3
