"""The presentation that slides are added to: our own 16:9 one, or the office's template."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches

from exports.look import CATEGORICAL, CJK, INK, LATIN
from tidy.language import _

WIDTH, HEIGHT = 13.333, 7.5


class NotATemplate(ValueError):
    """Raised, with advice in the reader's language, for a template that cannot be opened."""


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a slide in inches."""

    left: float
    top: float
    width: float
    height: float

    def emu(self) -> tuple[Inches, Inches, Inches, Inches]:
        """Return left, top, width and height as python-pptx takes them."""
        return Inches(self.left), Inches(self.top), Inches(self.width), Inches(self.height)

    def split(self, share: float, gap: float = 0.25) -> tuple[Box, Box]:
        """Return a left part of ``share`` and the rest, ``gap`` inches apart."""
        first = self.width * share - gap / 2
        rest = self.width - first - gap
        return (
            Box(self.left, self.top, first, self.height),
            Box(self.left + first + gap, self.top, rest, self.height),
        )

    def below(self, height: float) -> Box:
        """Return what is left under ``height`` inches."""
        return Box(self.left, self.top + height, self.width, self.height - height)


def open_base(template: bytes | None) -> Any:
    """Return a presentation without slides; raise :class:`NotATemplate` for a file that is none."""
    if template is None:
        return _own()
    try:
        deck = Presentation(io.BytesIO(template))
    except Exception as error:  # whatever an unknown file makes the reader say
        raise NotATemplate(_("模板不是可读的 PPTX 文件 → 请另存为 .pptx 后再试")) from error
    slides = deck.slides._sldIdLst
    for entry in list(slides):
        deck.part.drop_rel(entry.get(qn("r:id")))
        slides.remove(entry)
    return deck


def _own() -> Any:
    deck = Presentation()
    scale = Inches(WIDTH) / deck.slide_width
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    for page in (deck.slide_master, *deck.slide_layouts):
        for shape in page.placeholders:
            if shape._element.spPr.xfrm is not None:
                shape.left, shape.width = Emu(int(shape.left * scale)), Emu(int(shape.width * scale))
    _place_title(deck)
    _set_theme(deck.slide_master.part)
    return deck


def _place_title(deck: Any) -> None:
    """Titles of plain slides stand at the upper left and are dark, not centred as by default."""
    master = deck.slide_master.placeholders[0]
    master.left, master.top, master.width, master.height = title_box(deck).emu()
    style = deck.slide_master._element.find(qn("p:txStyles")).find(qn("p:titleStyle"))
    level = style.find(qn("a:lvl1pPr"))
    level.set("algn", "l")
    level.find(qn("a:defRPr")).set("b", "1")
    level.find(qn("a:defRPr")).set("sz", "2800")


def _set_theme(master: Any) -> None:
    """Give the theme CJK fonts beside the Latin ones, and the colours of the screens."""
    part = master.part_related_by(RT.THEME)
    root = etree.fromstring(part.blob)
    for kind in ("a:majorFont", "a:minorFont"):
        fonts = next(root.iter(qn(kind)))
        for tag, name in (("a:latin", LATIN), ("a:ea", CJK), ("a:cs", LATIN)):
            fonts.find(qn(tag)).set("typeface", name)
        for font in fonts.findall(qn("a:font")):
            if font.get("script") == "Hans":
                font.set("typeface", CJK)
    for place, colour in enumerate(CATEGORICAL[:6], start=1):
        _set_colour(next(root.iter(qn(f"a:accent{place}"))), colour)
    _set_colour(next(root.iter(qn("a:dk2"))), INK)
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _set_colour(element: Any, colour: str) -> None:
    for child in list(element):
        element.remove(child)
    etree.SubElement(element, qn("a:srgbClr")).set("val", colour.upper())


def layout(deck: Any, *, cover: bool) -> Any:
    """Return the layout for the cover or for a plain slide: by what it holds, not by its name.

    A cover wants a centred title and a subtitle, a plain slide a title over its free area and as little else as
    possible. A template without such a layout gives the nearest: one with any title, else its first.
    """

    def fitness(one: Any) -> tuple[bool, bool, bool, int]:
        names = [getattr(p.placeholder_format.type, "name", "") for p in one.placeholders]
        plain = [name for name in names if name not in ("DATE", "FOOTER", "SLIDE_NUMBER")]
        titles = [p for p in one.placeholders if p.placeholder_format.idx == 0]
        centred = "CENTER_TITLE" in plain
        lacking = cover and "SUBTITLE" not in plain
        return not titles, centred != cover, any(is_away(deck, p, cover=cover) for p in titles) or lacking, len(plain)

    return min(deck.slide_layouts, key=fitness)


def is_away(deck: Any, title: Any, *, cover: bool = False) -> bool:
    """Tell whether a title runs downwards, leaves the slide or stands, but for a cover, where the figure goes."""
    if title._element.xpath(".//p:ph[@orient='vert']"):
        return True
    if title.left is None:
        return False
    beyond = title.left < 0 or title.top < 0 or title.left + title.width > deck.slide_width * 1.01
    low = title.top + title.height > deck.slide_height * (1.01 if cover else 0.4)
    return bool(beyond or low)


def _inches(deck: Any) -> tuple[float, float]:
    return deck.slide_width / Inches(1), deck.slide_height / Inches(1)


def title_box(deck: Any) -> Box:
    """Return where the title of a plain slide stands on our own layouts."""
    width, height = _inches(deck)
    return Box(width * 0.045, height * 0.045, width * 0.91, height * 0.115)


def body_box(deck: Any, page: Any) -> Box:
    """Return the free area under the title that ``page`` really has, down to the foot."""
    width, height = _inches(deck)
    top = height * 0.16
    title = page.shapes.title
    if title is not None and title.top is not None and title.height is not None:
        bottom = (title.top + title.height) / Inches(1)
        top = bottom + 0.05 if bottom < height * 0.4 else top
    return Box(width * 0.045, top, width * 0.91, height * 0.9 - top)


def foot_box(deck: Any) -> Box:
    """Return the two lines at the bottom of a slide: note and source."""
    width, height = _inches(deck)
    return Box(width * 0.045, height * 0.905, width * 0.84, height * 0.08)


def number_box(deck: Any) -> Box:
    """Return the place of the page number."""
    width, height = _inches(deck)
    return Box(width * 0.885, height * 0.93, width * 0.07, height * 0.05)


def rgb(colour: str) -> Any:
    """Return a hex colour as python-pptx takes it."""
    return RGBColor.from_string(colour.upper())  # type: ignore[no-untyped-call]
