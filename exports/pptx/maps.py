"""A map of native freeform shapes that can be recoloured and moved, with a native legend."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import Any

from lxml import etree
from pptx.enum.dml import MSO_PATTERN
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml.ns import _nsmap as NSMAP
from pptx.oxml.ns import qn
from pptx.util import Pt

from exports.boundaries import Area, Ring, areas, drawn_as, extent, width
from exports.look import INK, MISSING, SEQUENTIAL, text_on
from exports.pptx.base import Box, rgb
from exports.pptx.native import description
from exports.pptx.text import add_box, describe, flatten
from exports.shape import Cell, cell, values_of
from tidy.exhibit import Exhibit
from tidy.format import bounds, scaled, unit_name
from tidy.intervals import Interval
from tidy.language import _

UNITS = 100_000  # local units a map height, so that rounding to whole units is not seen


def add_map(page: Any, exhibit: Exhibit, box: Box) -> list[str]:
    """Draw the exhibit's areas inside ``box``; return the labels of marks that no area shows."""
    level = str(exhibit.options.get("level", "city"))
    shown, away = _placed(exhibit, level)
    limits = classes(values_of(exhibit.table))
    height = min(box.height - 0.35, box.width / width(level))
    group = page.shapes.add_group_shape()
    for area in areas(level):
        found = shown.get(area.code)
        shape = _outline(group, area, height, box)
        _paint(shape, found, limits)
        text = found.text if found else _("无数据")
        describe(shape, f"{found.mark.label if found else area.name} {text}", area.name)
    describe(group, description(exhibit), exhibit.meta.title)
    if level == "city":
        _name_areas(page, shown, limits, height, box)
    _legend(page, limits, exhibit, Box(box.left, box.top + height + 0.05, box.width, 0.3))
    return away


def classes(values: list[float]) -> list[tuple[float, float]]:
    """Return up to five classes of equal count that hold all values, as (lowest, highest) of each."""
    ordered = sorted(set(values))
    count = min(len(SEQUENTIAL), len(ordered))
    edges = [round(len(ordered) * part / count) for part in range(count + 1)] if count else []
    return [(ordered[a], ordered[b - 1]) for a, b in pairwise(edges) if b > a]


def _class_colour(value: float, limits: list[tuple[float, float]]) -> str:
    place = next(n for n, (_low, high) in enumerate(limits) if value <= high)
    return SEQUENTIAL[place if len(limits) > 1 else 2]


def _placed(exhibit: Exhibit, level: str) -> tuple[dict[str, Cell], list[str]]:
    shown: dict[str, Cell] = {}
    away: list[str] = []
    for mark in exhibit.table.itertuples():
        found, codes = cell(mark), drawn_as(str(mark.area_code), level)
        if found and codes:
            shown.update(dict.fromkeys(codes, found))
        elif found:
            away.append(str(mark.label))
    return shown, away


def _outline(group: Any, area: Area, height: float, box: Box) -> Any:
    """Add one area as a shape with its own geometry (python-pptx's freeforms cost the square of their points)."""
    left, top, right, bottom = extent(area)
    place = Box(box.left + left * height, box.top + top * height, (right - left) * height, (bottom - top) * height)
    shape = group.shapes.add_shape(MSO_SHAPE.RECTANGLE, *place.emu())
    properties = shape._element.spPr
    properties.replace(properties.find(qn("a:prstGeom")), etree.fromstring(_geometry(area)))
    return shape


@lru_cache(maxsize=128)
def _geometry(area: Area) -> str:
    """Return the outline as DrawingML, in whole units from the area's own corner."""
    left, top, right, bottom = extent(area)

    def point(x: float, y: float) -> str:
        return f'<a:pt x="{round((x - left) * UNITS)}" y="{round((y - top) * UNITS)}"/>'

    paths = "".join(
        f"<a:moveTo>{point(*ring[0])}</a:moveTo>"
        + "".join(f"<a:lnTo>{point(*each)}</a:lnTo>" for each in ring[1:])
        + "<a:close/>"
        for ring in area.rings
    )
    size = f'w="{round((right - left) * UNITS)}" h="{round((bottom - top) * UNITS)}"'
    return (
        f'<a:custGeom xmlns:a="{NSMAP["a"]}"><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>'
        f'<a:rect l="l" t="t" r="r" b="b"/><a:pathLst><a:path {size}>{paths}</a:path></a:pathLst></a:custGeom>'
    )


def _paint(shape: Any, found: Cell | None, limits: list[tuple[float, float]]) -> None:
    """Colour by class; an area without a figure is hatched, so that colour is not the only sign."""
    flatten(shape)
    shape.line.color.rgb, shape.line.width = rgb("ffffff"), Pt(0.75)
    if found:
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb(_class_colour(found.value, limits))
        return
    shape.fill.patterned()
    shape.fill.pattern = MSO_PATTERN.LIGHT_UPWARD_DIAGONAL
    shape.fill.fore_color.rgb = rgb("b4bac2")
    shape.fill.back_color.rgb = rgb(MISSING)


def _name_areas(page: Any, shown: dict[str, Cell], limits: list[tuple[float, float]], height: float, box: Box) -> None:
    for area in areas("city"):
        found = shown.get(area.code)
        if found:
            x, y = box.left + area.label[0] * height, box.top + area.label[1] * height
            ashore = any(inside(area.label, ring) for ring in area.rings)
            colour = text_on(_class_colour(found.value, limits)) if ashore else INK
            add_box(page, Box(x - 0.6, y - 0.2, 1.2, 0.42), [str(found.mark.label), found.text], largest=10,
                    smallest=7, name=f"name {area.name}", align="center", colour=colour,
                    anchor=MSO_ANCHOR.MIDDLE)  # fmt: skip


def inside(point: tuple[float, float], ring: Ring) -> bool:
    """True where ``point`` lies inside ``ring`` (even-odd rule)."""
    x, y = point
    crossings = 0
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossings += 1
    return crossings % 2 == 1


def _legend(page: Any, limits: list[tuple[float, float]], exhibit: Exhibit, box: Box) -> None:
    unit = str(exhibit.table["unit"].iloc[0]) if len(exhibit.table) else ""
    entries = [(_range(low, high, unit), _class_colour(high, limits)) for low, high in limits]
    step = box.width / (len(entries) + 1)
    for place, (text, colour) in enumerate([*entries, (_("无数据"), "")]):
        left = box.left + place * step
        square = page.shapes.add_shape(MSO_SHAPE.RECTANGLE, *Box(left, box.top + 0.06, 0.22, 0.18).emu())
        square.name = f"legend {place + 1}"
        _swatch(square, colour)
        add_box(page, Box(left + 0.28, box.top, step - 0.32, 0.3), [text], largest=10, smallest=7,
                name=f"legend text {place + 1}", anchor=MSO_ANCHOR.MIDDLE)  # fmt: skip


def _swatch(square: Any, colour: str) -> None:
    _paint(square, None, [])
    if colour:
        square.fill.solid()
        square.fill.fore_color.rgb = rgb(colour)


def _range(low: float, high: float, unit: str) -> str:
    text = scaled(low, unit) if low == high else bounds(Interval(low, high), unit)
    return text.removesuffix(unit_name(unit)).rstrip() or text
