"""What holds for every figure function that ``charts`` offers."""

from __future__ import annotations

import ast
import json
import os
import re
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest

import charts
from charts import areas, describe
from charts.palette import MODES, look
from charts.theme import template
from tidy.language import catalogue

SNAPSHOTS = Path(__file__).parent / "snapshots"
NOT_FIGURES = {"FigureMeta", "describe"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_every_figure_function_is_tested(tables):
    assert set(charts.__all__) - NOT_FIGURES == set(tables)


def test_input_is_not_changed(case):
    table = case.table()
    before = table.copy(deep=True)
    case.make(table, charts.FigureMeta("题", unit="人"))
    pd.testing.assert_frame_equal(table, before)


@pytest.mark.parametrize("mode", MODES)
def test_shares_the_template_of_its_mode(case, mode):
    figure = case.draw(mode)
    assert isinstance(figure, go.Figure)
    assert figure.layout.template.layout.paper_bgcolor == look(mode).background
    assert figure.layout.template.to_plotly_json() == go.layout.Template(template(mode)).to_plotly_json()


@pytest.mark.parametrize("mode", MODES)
def test_the_dictionaries_of_a_page_are_what_plotly_would_send(case, mode):
    figure = case.draw(mode)
    sent = json.loads(figure.to_json())
    assert not figure.made
    assert json.loads(go.Figure(sent).to_json()) == sent  # which checks every property
    assert figure.data
    assert figure.made
    assert json.loads(figure.to_json()) == sent


def test_title_unit_source_and_share_reported_are_written(case):
    if case.name == "sparkline":
        pytest.skip("a sparkline has no words of its own: its card has them")
    layout = case.draw().layout
    foot = next(note.text for note in layout.annotations if note.name == "caption")
    assert "2017年末各市参保人数" in layout.title.text
    assert "已填报 4/5" in layout.title.text
    assert "来源：测试来源" in foot
    assert "注：测试说明" in foot


def test_describe_is_one_sentence_with_the_title(case):
    sentence = describe(case.draw())
    assert sentence.startswith("2017年末各市参保人数")
    assert sentence.endswith("。")
    assert sentence.count("\n") == 0


def test_marks_carry_the_ids_of_their_observations(case):
    table = case.table()
    expected = set(table.loc[table["value"].notna(), "observation_ids"])
    if case.name == "heatmap":  # a zero there is the count of figures: nothing reported
        expected = set(table.loc[table["value"] > 0, "observation_ids"])
    if case.name == "player":
        expected = {ids for ids in expected if ids.startswith("嘉兴市")}
    assert expected <= {entry[0] for trace in case.draw().data for entry in custom(trace)}


def custom(trace) -> list:
    return [] if trace.customdata is None else list(trace.customdata)


def test_what_is_not_reported_has_no_mark_at_zero(case):
    figure = case.draw()
    axis = figure.layout.meta["value_axis"]
    if not axis:
        pytest.skip("no value axis: colours and counts, tested by name")
    for trace in figure.data:
        for entry, value in zip(custom(trace), trace[axis] or [], strict=False):
            assert entry[0] or value != 0


def test_an_empty_table_says_so(case):
    figure = case.make(case.table().iloc[:0], charts.FigureMeta("题", unit="人"))
    words = {note.text for note in figure.layout.annotations}
    assert "没有可显示的数" in words or case.name in ("choropleth", "sparkline")
    assert "题：" in describe(figure)


def test_payload_is_small(case):
    assert len(case.draw().to_json()) < 60_000


def test_english_has_no_chinese_word_of_ours(case):
    """In English, the only Chinese signs are those of the table, the metadata and the counties' names."""
    english = json.dumps(json.loads(case.draw(spoken="en").to_json()), ensure_ascii=False)
    given = "".join(map(str, case.table().to_numpy().ravel())) + "2017年末各市参保人数按设区市测试来源说明"
    names = "".join(area.name for area in areas.areas("city"))
    assert set(CHINESE.findall(english)) <= set(given + names)


def test_every_word_has_an_english_translation():
    words = catalogue("en")
    for path in Path(charts.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_":
                assert words.get(node.args[0].value), f"{path.name}: {node.args[0].value}"


def test_snapshot(case):
    """The figure without its template is what it was; UPDATE_SNAPSHOTS=1 writes it anew."""
    figure = case.draw()
    figure.layout.template = None
    record = json.loads(figure.to_json())
    for trace in record["data"]:
        for axis in ("x", "y"):
            if isinstance(trace.get(axis), list) and len(trace[axis]) > 60:
                trace[axis] = f"{len(trace[axis])} points"
    text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    path = SNAPSHOTS / f"{case.name}.json"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8"), f"{path.name}: UPDATE_SNAPSHOTS=1 writes it anew"
