"""The words around an exported figure: facts under its title, note and source at its foot."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from exports import evidence as proof
from exports.story import Slide
from tidy.exhibit import Exhibit
from tidy.format import unit_name
from tidy.language import _, current


def below(exhibit: Exhibit) -> str:
    """Return the line under a title: period, unit, how many reported."""
    name = unit_name(exhibit.meta.unit)
    unit = _("单位：{unit}").format(unit=name) if name else ""
    reported = str(exhibit.meta.reported) if exhibit.meta.reported else ""
    return "  |  ".join(text for text in (exhibit.meta.subtitle, unit, reported) if text)


def foot(slide: Slide, evidence: pd.DataFrame, more: Sequence[str] = ()) -> list[str]:
    """Return note and source of a slide; ``more`` are notes that its drawing needs."""
    join = "; " if current() == "en" else "；"
    notes = [slide.exhibit.meta.note] if slide.exhibit and slide.exhibit.meta.note else []
    if slide.exhibit and _bounded(slide.exhibit):
        notes.append(_("细线为原文所印数字可能的范围"))
    notes += more
    source = slide.exhibit.meta.source if slide.exhibit else ""
    if not source:
        source = join.join(dict.fromkeys(row.source for row in proof.rows_of(slide.observation_ids, evidence)))
    lines = [_("注：{note}").format(note=join.join(notes))] if notes else []
    return [*lines, *([_("来源：{source}").format(source=source)] if source else [])]


def _bounded(exhibit: Exhibit) -> bool:
    if exhibit.kind in ("table", "heatmap", "stack"):
        return False
    low, value, high = (exhibit.table[name].astype(float) for name in ("low", "value", "high"))
    return bool(((value - low > 0) | (high - value > 0)).any())
