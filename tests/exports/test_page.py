"""The offline HTML deck and its PDF: complete without a network, keys, harmless texts."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from exports import html, pdf, pptx
from exports.image import CannotDraw, still, write
from exports.pdf import CannotPrint
from exports.story import of_exhibits
from tests.exports import made
from tidy.exhibit import Exhibit

FIGURE = {
    "data": [
        {"type": "bar", "x": [1, 2], "y": ["甲", "乙"], "orientation": "h", "customdata": [["o0", "甲"], ["o1", "乙"]]}
    ],
    "layout": {"height": 200, "margin": {"l": 40, "t": 10, "b": 20, "r": 10}},
}


def figure(exhibit: Exhibit) -> str | None:
    """A small figure for every exhibit that is a chart."""
    return None if exhibit.kind == "table" else json.dumps(FIGURE)


def page() -> str:
    """The deck of the made-up story."""
    return html.write(made.story(), made.evidence(), figure).decode()


def test_nothing_is_fetched() -> None:
    text = page()
    head = text.split("<script", 1)[0]
    assert "default-src 'none'" in head
    assert not re.search(r"<(?:script|link|img)[^>]+(?:src|href)=", text.split("<script>", 1)[0])


def test_every_slide_and_line_is_there() -> None:
    text = page()
    assert text.count('<section class="slide') == len(made.story().slides) + 1
    lines = json.loads(re.search(r'id="lines">(.*?)</script>', text).group(1))  # type: ignore[union-attr]
    assert lines["o0"].startswith("「49万余人」")


def test_uploaded_markup_stays_text() -> None:
    rows = made.exhibit("table").table.assign(label="</script><img src=x onerror=alert(1)>")
    bad = Exhibit("table", rows, made.META, made.OPTIONS["table"])
    text = html.write(of_exhibits(bad), made.evidence(as_printed="</script><b>"), figure).decode()
    assert "<img" not in text
    assert "</script><b>" not in text


def test_the_same_story_gives_the_same_bytes() -> None:
    assert page() == page()


def test_without_any_program_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "browser", lambda: None)
    monkeypatch.setattr(pdf, "office", lambda: None)
    with pytest.raises(CannotPrint, match="Chromium.*→"):
        pdf.write(made.story(), bytes, bytes)


def test_without_a_browser_no_picture_but_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exports.image.browser", lambda: None)
    with pytest.raises(CannotDraw, match="→"):
        write(FIGURE)


def test_clock_readings_in_a_pdf_become_the_vintage() -> None:
    before = b"<</CreationDate (D:20261121101112+00'00') /ModDate (D:20261121101112+00'00')>>"
    after = pdf.still(before, made.DAY)
    assert after.count(b"(D:20260305000000") == 2
    assert len(after) == len(before)


def test_random_ids_of_an_svg_are_numbered() -> None:
    drawn = b'<g class="trace6280d2" clip-path="url(#clip5ff330xyplot)"/><defs id="defs-5ff330"/><b fill="#5ff330"/>'
    other = drawn.replace(b"6280d2", b"abcdef").replace(b"p5ff330", b"p012345").replace(b"-5ff330", b"-012345")
    assert still(drawn) == still(other)
    assert b'"#5ff330"' in still(drawn)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_deck_where_there_is_no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    from pypdf import PdfReader

    monkeypatch.setattr(pdf, "browser", lambda: None)
    content = pdf.write(made.story(), bytes, lambda: pptx.write(made.story(), made.evidence()))
    import io

    pages = PdfReader(io.BytesIO(content)).pages
    assert len(pages) == len(made.story().slides) + 1
    assert "≥ 49" in pages[2].extract_text()


@pytest.fixture
def shown(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Any]:
    """The deck in a headless browser whose network is off."""
    target = tmp_path / "deck.html"
    target.write_text(page(), "utf-8")
    context = request.getfixturevalue("browser").new_context(offline=True, viewport={"width": 1280, "height": 720})
    opened = context.new_page()
    opened.goto(target.as_uri())
    yield opened
    context.close()


@pytest.mark.browser
@pytest.mark.slow
def test_keys_turn_pages_offline_and_every_figure_is_drawn(shown: Any) -> None:
    def title() -> str:
        return str(shown.locator(".slide.shown h1").inner_text())

    assert title() == "测试专题"
    for slide in made.story().slides:
        shown.keyboard.press("ArrowRight")
        assert title() == slide.title
        if slide.exhibit and slide.exhibit.kind != "table":
            shown.wait_for_selector(".slide.shown .main-svg", timeout=60_000)
    shown.keyboard.press("Home")
    assert title() == "测试专题"
    shown.keyboard.type("3")
    shown.keyboard.press("Enter")
    assert title() == made.story().slides[1].title
    shown.keyboard.press("p")
    assert shown.locator(".notes.open").inner_text() == "先看高的。"
    shown.keyboard.press("b")
    assert shown.locator(".black.open").is_visible()
    shown.keyboard.press("Escape")
    assert not shown.locator(".black.open").is_visible()


@pytest.mark.browser
@pytest.mark.slow
def test_a_pressed_card_shows_its_printed_line(shown: Any) -> None:
    shown.keyboard.press("ArrowRight")
    shown.locator(".slide.shown .card").first.click()
    assert "「49万余人」" in shown.locator(".drawer.open").inner_text()
