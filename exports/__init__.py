"""Exhibits and stories → bytes: pptx, xlsx, docx, html deck, pdf, png, svg and csv.

Nothing here reads a store or draws a plotly figure; both are handed in (``__main__`` does so).
The functions below are what download menus call; each library is loaded when first needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from tidy.exhibit import Exhibit

__all__ = ["csv_bytes", "docx_bytes", "html_bytes", "image_bytes", "pptx_bytes", "xlsx_bytes"]


def csv_bytes(exhibit: Exhibit, evidence: pd.DataFrame) -> bytes:
    """Return an exhibit's marks as CSV with BOM; ``evidence`` as :func:`exports.evidence.ready` takes it."""
    from exports import csv
    from exports.evidence import ready

    return csv.write(exhibit, ready(evidence))


def xlsx_bytes(exhibit: Exhibit, evidence: pd.DataFrame) -> bytes:
    """Return an exhibit as a workbook with a native chart, definitions and sources."""
    from exports import xlsx
    from exports.evidence import ready
    from exports.story import of_exhibits

    return xlsx.write(of_exhibits(exhibit), ready(evidence))


def pptx_bytes(exhibit: Exhibit, evidence: pd.DataFrame, template: bytes | None = None) -> bytes:
    """Return an exhibit as slides with native charts and line-level provenance in the notes."""
    from exports import pptx
    from exports.evidence import ready
    from exports.story import of_exhibits

    return pptx.write(of_exhibits(exhibit), ready(evidence), template)


def docx_bytes(exhibit: Exhibit, evidence: pd.DataFrame, picture: bytes | None = None) -> bytes:
    """Return an exhibit as a bulletin with a native table and, where given, its picture (PNG)."""
    from exports import docx
    from exports.evidence import ready
    from exports.story import of_exhibits

    return docx.write(of_exhibits(exhibit), ready(evidence), lambda _exhibit: picture)


def html_bytes(exhibit: Exhibit, evidence: pd.DataFrame, figure: str | None) -> bytes:
    """Return an exhibit as an offline page; ``figure`` is its plotly figure as JSON."""
    from exports import html
    from exports.evidence import ready
    from exports.story import of_exhibits

    return html.write(of_exhibits(exhibit), ready(evidence), lambda _exhibit: figure)


def image_bytes(figure: Any, form: str = "png") -> bytes:
    """Return a plotly figure (or its dict) as PNG or SVG; raises :class:`exports.image.CannotDraw`."""
    from exports import image

    return image.write(figure, form)
