"""What python-pptx does not write: error bars with their own lengths, labels taken from cells, fonts.

Labels are "value from cells" (Office 2013 and later, LibreOffice 7.1 and later): each point's
label shows the embedded workbook's label cell and carries its text as a fallback.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import NAMESPACE_OID, uuid5
from xml.sax.saxutils import escape

from lxml import etree
from pptx.oxml.ns import _nsmap as NSMAP
from pptx.oxml.ns import qn

from exports.look import INK, MUTED
from exports.safe import clean

C15 = "http://schemas.microsoft.com/office/drawing/2012/chart"
_NS = f'xmlns:c="{NSMAP["c"]}" xmlns:a="{NSMAP["a"]}" xmlns:c15="{C15}"'
LABEL_EXT = "{CE6537A1-D6FC-4f65-9D91-7224C49458BB}"
RANGE_EXT = "{02D57815-91ED-43cb-92C2-25804820EDAC}"
_SHOW_NOTHING = "".join(
    f'<c:{name} val="0"/>'
    for name in ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize")
)


def fonts(colour: str = INK, size: float = 12, bold: bool = False) -> str:
    """Return the children and attributes of run properties with the theme's three fonts."""
    return (
        f'sz="{int(size * 100)}" b="{int(bold)}"><a:solidFill><a:srgbClr val="{colour.upper()}"/></a:solidFill>'
        '<a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/>'
    )


def text_properties(size: float, colour: str = INK) -> Any:
    """Return ``c:txPr`` for a chart or an axis."""
    return _parse(
        f"<c:txPr {_NS}><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr {fonts(colour, size)}</a:defRPr></a:pPr>"
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )


def set_chart_fonts(chart_space: Any, size: float) -> None:
    """Set the fonts of everything in a chart."""
    for old in chart_space.findall(qn("c:txPr")):
        chart_space.remove(old)
    before = chart_space.find(qn("c:externalData"))
    new = text_properties(size)
    if before is not None:
        before.addprevious(new)
    else:
        chart_space.append(new)


def add_error_bars(
    series: Any, direction: str | None, plus: tuple[str, Sequence[float]], minus: tuple[str, Sequence[float]]
) -> None:
    """Add error bars of own lengths; ``direction`` is x or y, or ``None`` for bars (there is one only)."""
    way = f'<c:errDir val="{direction}"/>' if direction else ""
    bars = _parse(
        f'<c:errBars {_NS}>{way}<c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="1"/>'
        f"<c:plus>{_numbers(*plus)}</c:plus><c:minus>{_numbers(*minus)}</c:minus>"
        f'<c:spPr><a:ln w="15875"><a:solidFill><a:srgbClr val="{MUTED.upper()}"/></a:solidFill></a:ln></c:spPr>'
        "</c:errBars>"
    )
    _first(series, "c:cat", "c:xVal", "c:val", "c:yVal").addprevious(bars)


def _numbers(place: str, values: Sequence[float]) -> str:
    points = "".join(f'<c:pt idx="{n}"><c:v>{value:.12g}</c:v></c:pt>' for n, value in enumerate(values))
    cache = f'<c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>{points}'
    return f"<c:numRef><c:f>{place}</c:f><c:numCache>{cache}</c:numCache></c:numRef>"


def add_labels(
    series: Any,
    texts: Sequence[str | None],
    place: str,
    position: str | Sequence[str],
    size: float,
    colour: str = INK,
    shifts: Sequence[float] = (),
) -> None:
    """Label the points of a series with ``texts`` (``None``: no point), kept in cells ``place``.

    ``position`` is ``outEnd``, ``ctr``, ``t``, ``l`` or ``r``, one for all or one for each;
    ``shifts`` move labels to the right by a share of the chart's width, past their error bars.
    """
    seed = f"{place}{texts}"
    every = [position] * len(texts) if isinstance(position, str) else position
    moved = shifts or [0.0] * len(texts)
    labels = "".join(
        _label(n, text, every[n], size, colour, seed, moved[n]) for n, text in enumerate(texts) if text is not None
    )
    where = f'<c:dLblPos val="{every[0]}"/>'
    whole = _parse(
        f"<c:dLbls {_NS}>{labels}<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
        '<c:txPr><a:bodyPr wrap="none"/><a:lstStyle/>'
        f"<a:p><a:pPr><a:defRPr {fonts(colour, size)}</a:defRPr></a:pPr>"
        f'<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>{where}{_SHOW_NOTHING}<c:extLst><c:ext uri="{LABEL_EXT}">'
        '<c15:showDataLabelsRange val="1"/><c15:showLeaderLines val="0"/></c:ext></c:extLst></c:dLbls>'
    )
    _first(series, "c:errBars", "c:cat", "c:xVal", "c:val").addprevious(whole)
    series.append(_range(place, texts))


def _label(number: int, text: str, position: str, size: float, colour: str, seed: str, shift: float) -> str:
    move = f'<c:layout><c:manualLayout><c:x val="{shift:.4f}"/><c:y val="0"/></c:manualLayout></c:layout>'
    guid = str(uuid5(NAMESPACE_OID, f"{seed}{number}")).upper()
    return (
        f'<c:dLbl><c:idx val="{number}"/>{move if shift else ""}<c:tx><c:rich><a:bodyPr wrap="none"/><a:lstStyle/><a:p><a:fld id="{{{guid}}}" '
        f'type="CELLRANGE"><a:rPr lang="zh-CN" {fonts(colour, size)}</a:rPr><a:pPr/>'
        f'<a:t>{escape(clean(text))}</a:t></a:fld><a:endParaRPr lang="zh-CN"/></a:p></c:rich></c:tx>'
        f'<c:dLblPos val="{position}"/>{_SHOW_NOTHING}<c:extLst><c:ext uri="{LABEL_EXT}"><c15:dlblFieldTable/>'
        '<c15:showDataLabelsRange val="1"/></c:ext></c:extLst></c:dLbl>'
    )


def _range(place: str, texts: Sequence[str | None]) -> Any:
    points = "".join(
        f'<c:pt idx="{n}"><c:v>{escape(clean(text))}</c:v></c:pt>' for n, text in enumerate(texts) if text is not None
    )
    return _parse(
        f'<c:extLst {_NS}><c:ext uri="{RANGE_EXT}"><c15:datalabelsRange><c15:f>{place}</c15:f>'
        f'<c15:dlblRangeCache><c:ptCount val="{len(texts)}"/>{points}</c15:dlblRangeCache>'
        "</c15:datalabelsRange></c:ext></c:extLst>"
    )


def set_plot_area(chart: Any, left: float, top: float, width: float, height: float) -> None:
    """Fix the inner plot area as shares of the chart, so that labels have known room."""
    area = chart._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    shares = "".join(
        f'<c:{name} val="{value:.4f}"/>' for name, value in zip("xywh", (left, top, width, height), strict=True)
    )
    modes = '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
    area.insert(0, _parse(f"<c:layout {_NS}><c:manualLayout>{modes}{shares}</c:manualLayout></c:layout>"))


def join_highest_and_lowest(chart_space: Any) -> None:
    """Draw the upright line of a dumbbell (LibreOffice leaves it out)."""
    line = f'<a:ln w="19050"><a:solidFill><a:srgbClr val="{MUTED.upper()}"/></a:solidFill></a:ln>'
    joined = _parse(f"<c:hiLowLines {_NS}><c:spPr>{line}</c:spPr></c:hiLowLines>")
    chart_space.xpath(".//c:lineChart/c:marker")[0].addprevious(joined)


def _first(series: Any, *tags: str) -> Any:
    return next(found for tag in tags if (found := series.find(qn(tag))) is not None)


def _parse(text: str) -> Any:
    return etree.fromstring(text, etree.XMLParser(remove_blank_text=False))
