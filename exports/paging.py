"""How much one page of a deck shows readably; what is more is spread over several pages."""

from __future__ import annotations

from dataclasses import replace

from exports.shape import pages
from exports.story import Slide

ROWS, COLUMNS = 14, 8
WIDEST = {"heatmap": 15, "table": 13, "stack": 14, "pairs": 9}


def parts(slide: Slide) -> list[Slide]:
    """Return the slide, or its exhibit spread over several slides with (1/3) in the title."""
    if slide.exhibit is None or slide.exhibit.empty:
        return [slide]
    rows = WIDEST.get(slide.exhibit.kind, ROWS) - (5 if slide.cards else 0)
    series = slide.exhibit.table["series"].nunique() if "series" in slide.exhibit.table else 1
    if slide.exhibit.kind in ("bars", "pairs") and series > 1:
        rows = max(5, 20 // series)
    some = list(pages(slide.exhibit, rows, COLUMNS))
    if len(some) == 1:
        return [slide]
    titles = [f"{slide.title} ({n}/{len(some)})" for n in range(1, len(some) + 1)]
    return [
        replace(slide, title=title, exhibit=one, cards=slide.cards if n == 0 else ())
        for n, (title, one) in enumerate(zip(titles, some, strict=True))
    ]
