"""Slides in an office's template: its own text colour, also where its background is dark; data keep our safe colours."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree
from pptx.oxml.ns import qn

from exports.look import INK, MUTED, RULE

# Our words and lines → the theme's text colour, paler by these steps.
STEPS: dict[str, tuple[tuple[str, int], ...]] = {
    INK: (),
    MUTED: (("lumMod", 65_000), ("lumOff", 35_000)),
    RULE: (("alpha", 25_000),),
}


def follow(deck: Any) -> None:
    """Let words and lines of every slide follow the theme; words inside coloured areas stay as they can be read there."""
    for slide in deck.slides:
        _recolour(slide._element)
        for shape in slide.shapes:
            if shape.has_chart:
                _recolour(shape.chart._chartSpace)


def _recolour(root: Any) -> None:
    kept = {colour for area in _coloured(root) for colour in area.iter(qn("a:srgbClr"))}
    for colour in [one for one in root.iter(qn("a:srgbClr")) if one not in kept]:
        steps = STEPS.get(colour.get("val").lower())
        if steps is None:
            continue
        made = colour.makeelement(qn("a:schemeClr"), {"val": "tx1"})
        for name, share in steps:
            etree.SubElement(made, qn(f"a:{name}")).set("val", str(share))
        colour.getparent().replace(colour, made)


def _coloured(root: Any) -> Iterator[Any]:
    """Yield cells and labels that stand on a colour of ours."""
    yield from (cell for cell in root.iter(qn("a:tc")) if cell.find(f"{qn('a:tcPr')}/{qn('a:solidFill')}") is not None)
    for labels in root.iter(qn("c:dLbls")):
        if any(place.get("val") == "ctr" for place in labels.iter(qn("c:dLblPos"))):
            yield labels
