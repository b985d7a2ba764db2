"""Text on slides: fonts for both scripts, sizes that keep a text in its box."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Pt

from exports.look import INK, cut, fitting
from exports.pptx.base import Box, rgb
from exports.safe import clean

ALIGN = {"left": PP_ALIGN.LEFT, "center": PP_ALIGN.CENTER, "right": PP_ALIGN.RIGHT}
# The theme's fonts by reference, so that an office template's fonts are followed.
THEME_FONTS = (("a:latin", "+mn-lt"), ("a:ea", "+mn-ea"), ("a:cs", "+mn-cs"))


def set_fonts(properties: Any) -> None:
    """Name the theme's Latin, East Asian and complex fonts in a run's properties."""
    for tag, name in THEME_FONTS:
        for old in properties.findall(qn(tag)):
            properties.remove(old)
        child = properties.makeelement(qn(tag), {"typeface": name})
        properties.append(child)


def add_run(paragraph: Any, text: str, size: float, *, colour: str = INK, bold: bool = False, link: str = "") -> None:
    """Append ``text`` to a paragraph."""
    run = paragraph.add_run()
    run.text = clean(text)
    run.font.size, run.font.bold = Pt(size), bold
    run.font.color.rgb = rgb(colour)
    set_fonts(run._r.get_or_add_rPr())


def add_box(
    page: Any,
    box: Box,
    texts: Sequence[str],
    *,
    largest: float,
    smallest: float,
    name: str,
    colour: str = INK,
    bold: bool = False,
    align: str = "left",
    anchor: MSO_ANCHOR = MSO_ANCHOR.TOP,
) -> Any:
    """Add a text box whose paragraphs fit it, cut by … where even ``smallest`` is too large."""
    shape = page.shapes.add_textbox(*box.emu())
    shape.name = name
    frame = shape.text_frame
    frame.word_wrap, frame.vertical_anchor = True, anchor
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    whole = "\n".join(texts)
    size = fitting(whole, box.width, box.height, largest, smallest)
    for place, text in enumerate(cut(whole, box.width, box.height, size).split("\n")):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.alignment = ALIGN[align]
        add_run(paragraph, text, size, colour=colour, bold=bold)
    return shape


def set_title(page: Any, text: str, box: Box, *, move: bool, largest: float = 28) -> None:
    """Write the slide's title into its placeholder, which goes to ``box`` if it is to ``move``.

    A layout without a title placeholder gets a text box there.
    """
    title = page.shapes.title
    if title is None:
        add_box(page, box, [text], largest=largest, smallest=14, name="title", bold=True)
        return
    if move:
        title.left, title.top, title.width, title.height = box.emu()
        title.text_frame._txBody.bodyPr.set("vert", "horz")
    width, height = title.width / 914400 - 0.2, title.height / 914400 - 0.1
    size = fitting(text, width, height, largest, 14)
    title.text_frame.text = clean(cut(text, width, height, size))
    title.text_frame.word_wrap = True
    if move:
        title.text_frame.margin_left = 0
        title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    if move or size < largest:
        title.text_frame.paragraphs[0].runs[0].font.size = Pt(size)


def describe(shape: Any, text: str, name: str = "") -> None:
    """Give a shape its alternative text (and a name for the selection pane)."""
    properties = shape._element.xpath(".//p:cNvPr")[0]
    properties.set("descr", clean(text)[:1000])
    if name:
        properties.set("name", clean(name)[:80])


def flatten(shape: Any) -> None:
    """Take the theme's shadow and glow off a shape."""
    shape.shadow.inherit = False
    for effect in shape._element.iter(qn("a:effectRef")):
        effect.set("idx", "0")
