"""Slides: native charts whose embedded workbooks hold the exhibit's numbers, notes, fonts, fit, templates."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import openpyxl
import pandas as pd
import pytest
from lxml import etree
from pptx import Presentation
from pptx.util import Inches

from exports import pptx
from exports.look import lines
from exports.pptx.base import NotATemplate
from exports.pptx.workbook import label_formula, split_label
from exports.shape import cell, grid
from exports.story import Slide, Story, of_exhibits
from tests.exports import made
from tidy.language import using

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
NATIVE = [kind for kind in made.KINDS if kind not in ("table", "heatmap")]


def opened(*exhibits: Any) -> Any:
    """The presentation of some exhibits, opened again."""
    return Presentation(io.BytesIO(pptx.write(of_exhibits(*exhibits, vintage=made.DAY), made.evidence())))


def charts(deck: Any) -> Iterator[Any]:
    """Every native chart."""
    return (shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart)


def numbers(chart: Any) -> list[float]:
    """Every plotted number as the embedded workbook has it, read where the chart says it is."""
    blob = chart.part.chart_workbook.xlsx_part.blob
    book = openpyxl.load_workbook(io.BytesIO(blob))
    tag = "xVal" if chart._chartSpace.xpath(".//c:scatterChart") else "val"
    found = []
    for reference in chart._chartSpace.xpath(f".//c:{tag}//c:f"):
        sheet, area = reference.text.split("!")
        found += [
            c.value for row in book[sheet][area.replace("$", "")] for c in (row if isinstance(row, tuple) else (row,))
        ]
    return sorted(float(value) for value in found if value is not None)


@pytest.mark.parametrize("kind", NATIVE)
def test_embedded_workbooks_hold_the_exhibits_numbers(kind: str) -> None:
    shown = made.exhibit(kind)
    found = sorted(number for chart in charts(opened(shown)) for number in numbers(chart))
    goals = list(shown.table["target"]) if kind == "bullets" else []
    assert found == sorted(float(v) for v in [*shown.table["value"], *goals])


@pytest.mark.parametrize("kind", NATIVE)
def test_what_a_chart_shows_is_what_its_workbook_holds(kind: str) -> None:
    for chart in charts(opened(made.exhibit(kind))):
        tag = "xVal" if chart._chartSpace.xpath(".//c:scatterChart") else "val"
        cached = [float(v.text) for v in chart._chartSpace.xpath(f".//c:{tag}//c:pt/c:v")]
        assert sorted(cached) == numbers(chart)


@pytest.mark.parametrize("kind", ["table", "heatmap"])
def test_tables_are_native_and_complete(kind: str) -> None:
    shown = made.exhibit(kind)
    tables = [s.table for slide in opened(shown).slides for s in slide.shapes if s.has_table]
    texts = [c.text for table in tables for row in table.rows for c in row.cells]
    assert all(cell(mark).text in texts for mark in shown.table.itertuples())  # type: ignore[union-attr]


def test_a_map_is_made_of_shapes_with_names_and_texts() -> None:
    deck = opened(made.exhibit("choropleth"))
    group = next(s for s in deck.slides[1].shapes if s.shape_type == 6)
    assert len(group.shapes) == 11
    described = [s._element.xpath(".//p:cNvPr")[0].get("descr") for s in group.shapes]
    assert "杭州市 0人" in described
    assert sum("无数据" in text for text in described) == 5


def test_bounds_are_error_bars_and_labels_say_the_qualifier() -> None:
    chart = next(charts(opened(made.exhibit("bars"))))
    space = chart._chartSpace
    plus = [float(v.text) for v in space.xpath(".//c:errBars/c:plus//c:v")]
    assert plus == [10000, 0, 0, 5]
    labels = [t.text for t in space.iter(f"{A}t")]
    assert labels == ["≥ 49万人", "12,597人", "≥ 300人", "约 20人"]
    ranges = [v.text for v in space.iter("{http://schemas.microsoft.com/office/drawing/2012/chart}f")]
    assert ranges == ["Sheet1!$C$2:$C$5"]


def test_label_cells_are_formulas_that_follow_the_number() -> None:
    chart = next(charts(opened(made.exhibit("bars"))))
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    assert book["Sheet1"]["C2"].value == '="≥ "&TEXT(B2/10000,"#,##0")&"万人"'
    assert book["来源"]["C2"].value == "49万余人"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("≥ 49万人", ("≥ ", "49", "万人")),
        ("1,419.61万元", ("", "1,419.61", "万元")),
        ("不详", ("不详", "", "")),
        ("95%", ("", "95", "%")),
    ],
)
def test_labels_split_at_their_number(text: str, parts: tuple[str, str, str]) -> None:
    assert split_label(text) == parts


def test_a_quote_in_a_unit_cannot_leave_the_formula() -> None:
    found = cell(next(pd.DataFrame([made.mark(0, 5, unit='"&CMD()&"')]).itertuples()))
    assert found is not None
    assert label_formula(found, "B2") == '=""&TEXT(B2,"#,##0")&"""&CMD()&"""'


def test_a_missing_year_is_a_gap() -> None:
    chart = next(charts(opened(made.exhibit("series"))))
    assert [c.label for c in chart.plots[0].categories] == ["2014", "2015", "2016", "2017"]
    assert list(chart.plots[0].series[0].values) == [180000, None, None, 490000]
    assert chart._chartSpace.xpath(".//c:dispBlanksAs")[0].get("val") == "gap"


def test_fonts_name_latin_and_chinese() -> None:
    deck = opened(made.exhibit("bars"))
    theme = next(
        p for p in deck.part.package.iter_parts() if "slideMasters" not in p.partname and "theme1" in p.partname
    )
    root = etree.fromstring(theme.blob)
    assert [e.get("typeface") for e in root.iter(f"{A}ea")][:2] == ["Microsoft YaHei"] * 2
    for text in next(charts(deck))._chartSpace.iter(f"{A}rPr", f"{A}defRPr"):
        assert {child.tag for child in text} >= {f"{A}latin", f"{A}ea", f"{A}cs"}


def test_notes_trace_every_mark_to_its_line() -> None:
    slide = Presentation(io.BytesIO(pptx.write(made.story(), made.evidence()))).slides[2]
    notes = slide.notes_slide.notes_text_frame.text
    assert notes.startswith("先看高的。")
    assert "「49万余人」 · 某总工会 · 2017年 · 甲志第一期 · 字符 12–17" in notes
    assert "东湖小镇：≥ 49万人" in notes


def test_every_slide_has_source_title_and_alternative_texts() -> None:
    deck = Presentation(io.BytesIO(pptx.write(made.story(), made.evidence())))
    assert (deck.slide_width, deck.slide_height) == (Inches(13.333), Inches(7.5))
    for slide in list(deck.slides)[2:-1]:
        texts = [s.text_frame.text for s in slide.shapes if s.has_text_frame]
        assert slide.shapes.title.text
        assert any("来源：甲志第一期" in text for text in texts)
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table:
                assert shape._element.xpath(".//p:cNvPr")[0].get("descr")


LONG = "浙江省某某市某某区某某街道某某特色小镇工会联合会及其所属各级工会组织" * 3


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_text_leaves_its_box(language: str) -> None:
    with using(language):
        story = made.story()
        slides = tuple(
            Slide(LONG + slide.title, slide.exhibit, slide.cards, (LONG,) * 9 if slide.text else ())
            for slide in story.slides
        )
        deck = Presentation(io.BytesIO(pptx.write(Story("x", LONG, slides, LONG), made.evidence(source=LONG))))
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_text_frame and shape.text_frame.text:
                assert shape.left >= 0
                assert shape.left + shape.width <= deck.slide_width + 1
                assert shape.top + shape.height <= deck.slide_height + 1
                assert_fits(shape)


def assert_fits(shape: Any) -> None:
    """The lines of a text at its font size are no higher than its box."""
    runs = [r for p in shape.text_frame.paragraphs for r in p.runs]
    size = max((r.font.size.pt for r in runs if r.font.size), default=18.0)
    tall = lines(shape.text_frame.text, shape.width / Inches(1), size) * size * 1.2 / 72
    assert tall <= shape.height / Inches(1) + 0.05, shape.name


def test_long_rankings_go_on_over_several_slides_and_lose_nothing() -> None:
    rows = [made.mark(n, n, label=f"单位{n:02d}", rank=f"第{n}位") for n in range(83)]
    shown = type(made.exhibit("ranking"))("ranking", pd.DataFrame(rows), made.META)
    deck = opened(shown)
    assert [s.shapes.title.text for s in deck.slides][1:3] == ["试点人数：按单位 (1/6)", "试点人数：按单位 (2/6)"]
    assert sorted(n for chart in charts(deck) for n in numbers(chart)) == [float(n) for n in range(83)]


def test_two_reporters_of_one_name_both_stay() -> None:
    rows = pd.DataFrame([made.mark(0, 1, label="新城"), made.mark(1, 2, label="新城")])
    chart = next(charts(opened(type(made.exhibit("bars"))("bars", rows, made.META))))
    assert numbers(chart) == [1.0, 2.0]


def test_the_same_story_gives_the_same_bytes() -> None:
    assert pptx.write(made.story(), made.evidence()) == pptx.write(made.story(), made.evidence())


def test_an_empty_exhibit_says_so() -> None:
    empty = type(made.exhibit("bars"))("bars", made.exhibit("bars").table.iloc[:0], made.META)
    texts = [s.text_frame.text for s in opened(empty).slides[1].shapes if s.has_text_frame]
    assert "所选范围内没有已填报的数据" in texts


def test_a_template_keeps_its_size_and_loses_its_slides() -> None:
    office = Presentation()
    office.slides.add_slide(office.slide_layouts[0])
    content = io.BytesIO()
    office.save(content)
    deck = Presentation(io.BytesIO(pptx.write(made.story(), made.evidence(), content.getvalue())))
    assert deck.slide_width == office.slide_width
    assert deck.slides[0].shapes.title.text == "测试专题"
    assert len(list(charts(deck))) >= 10


def template(*layouts: str) -> Any:
    """An office's 4:3 template with some of the usual layouts."""
    office = Presentation()
    for one in list(office.slide_layouts):
        if one.name not in layouts:
            office.slide_layouts.remove(one)
    return office


def in_template(office: Any) -> Any:
    """The deck of some figures in a template, opened again."""
    content = io.BytesIO()
    office.save(content)
    story = of_exhibits(made.exhibit("bars"), made.exhibit("heatmap"), title="专题", vintage=made.DAY)
    return Presentation(io.BytesIO(pptx.write(story, made.evidence(), content.getvalue())))


@pytest.mark.parametrize("layouts", [
    ("Title Slide", "Title and Content"), ("Blank",), ("Picture with Caption", "Vertical Title and Text"), ("Title Only",),
], ids=lambda names: names[-1])  # fmt: skip
def test_in_any_template_the_title_stands_over_the_figure(layouts: tuple[str, ...]) -> None:
    deck = in_template(template(*layouts))
    assert any("专题" in shape.text_frame.text for shape in deck.slides[0].shapes if shape.has_text_frame)
    for slide in list(deck.slides)[1:]:
        title = slide.shapes.title or next(shape for shape in slide.shapes if shape.name == "title")
        figure = next(shape for shape in slide.shapes if shape.has_chart or shape.has_table)
        assert title.top + title.height <= figure.top
        assert title.left + title.width <= deck.slide_width
        assert title._element.txBody.bodyPr.get("vert") in (None, "horz")
        assert len(slide.placeholders) <= 1  # nothing is left that says "click to add text"


def test_words_follow_the_templates_text_colour_but_not_on_our_own_colours() -> None:
    bars, heat = list(in_template(template("Title Only")).slides)[1:]
    chart = next(shape.chart for shape in bars.shapes if shape.has_chart)._chartSpace
    assert {one.get("val") for one in chart.iter(f"{A}schemeClr")} == {"tx1"}
    ours = {one.get("val") for one in chart.iter(f"{A}srgbClr")}
    assert ours == {"0067B1"}
    number = next(shape for shape in bars.shapes if shape.name == "page number")._element
    assert list(number.iter(f"{A}schemeClr"))
    table = next(shape.table for shape in heat.shapes if shape.has_table)
    assert not list(table.cell(1, 1)._tc.iter(f"{A}schemeClr"))
    assert list(table.cell(0, 1)._tc.iter(f"{A}schemeClr"))


def test_a_file_that_is_no_template_is_refused_with_advice() -> None:
    with pytest.raises(NotATemplate, match="→"):
        pptx.write(made.story(), made.evidence(), b"no zip at all")


def test_texts_that_xml_cannot_hold_are_cleaned() -> None:
    rows = pd.DataFrame([made.mark(0, 1, label="坏\x0b字\x1b")])
    assert math.isclose(numbers(next(charts(opened(type(made.exhibit("bars"))("bars", rows, made.META)))))[0], 1)


def test_a_slope_of_the_store_is_a_line_a_reporter_between_its_two_times() -> None:
    """The builder names the reporter as label and the time as series; a line chart has the times below."""
    rows = [
        dict(made.mark(n, 10 + n), label=who, series=f"{when}年", period=str(when))
        for n, (who, when) in enumerate((who, when) for who in ("甲", "乙") for when in (2014, 2017))
    ]
    shape = grid(replace(made.exhibit("slope"), table=pd.DataFrame(rows)))
    assert shape.rows == ("2014年", "2017年")
    assert shape.columns == ("甲", "乙")


def test_labels_of_bars_stay_on_one_line() -> None:
    shown = made.exhibit("bars")
    chart = next(charts(opened(shown)))
    assert chart._chartSpace.xml.count('<a:bodyPr wrap="none"/>') > len(shown.table)
