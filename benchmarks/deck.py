"""How long a deck of forty slides takes and what memory it needs, against writing its numbers as plain rows.

``run()`` gives rows of (name, value, unit, against, ratio). The deck is made in a process of its
own, so that its peak memory is its own.
"""

from __future__ import annotations

import time
from multiprocessing import get_context
from typing import Any

import pandas as pd

from benchmarks.rows import Row, row
from exports import engine, html
from loaders.room import peak

SLIDES, MARKS = 40, 12
KINDS = ("bars", "ranking", "series", "stack", "heatmap", "dots", "pairs", "choropleth")


def run() -> list[Row]:
    """Measure a deck of forty slides of every kind, and the same numbers as a workbook, an offline page and as CSV."""
    rows = []
    with get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        found = {name: pool.apply(measured, (name,)) for name in ("csv", "deck", "workbook", "html")}
    floor = found["csv"][0]
    for name, (seconds, memory, size) in found.items():
        label = f"{SLIDES} slides as {name}"
        rows.append(row(label, seconds, "s", "csv", seconds / floor))
        rows.append(row(f"{label}: peak memory", memory, "MB"))
        rows.append(row(f"{label}: size a slide", size / SLIDES / 1024, "KB"))
    rows.append(row("html: plotly's own script, once a file", _engine() / 1024, "KB"))
    return rows


def _engine() -> int:
    """Bytes of the script that draws the figures of an offline page; its slides are counted without it."""
    return len(engine.script().encode())


def measured(name: str) -> tuple[float, float, int]:
    """Return processor seconds, peak megabytes and bytes of making the forty slides in one format."""
    from exports import csv, pptx, xlsx

    told, lines = story(), evidence()
    makers = {
        "csv": lambda: b"".join(csv.write(shown, lines) for shown in told.exhibits),
        "deck": lambda: pptx.write(told, lines),
        "workbook": lambda: xlsx.write(told, lines),
        "html": lambda: html.write(told, lines, _drawn),
    }
    started = time.process_time()  # of this process alone: others may keep the machine busy
    content = makers[name]()
    seconds = time.process_time() - started
    size = len(content) - (_engine() if name == "html" else 0)
    return seconds, peak() / 1024, size


def _drawn(shown: Any) -> str | None:
    """A figure as the command line draws it; charts are loaded for the offline page alone."""
    from exports.__main__ import figure_json

    return figure_json(shown)


def story(slides: int = SLIDES) -> Any:
    """Return a story of so many slides, every kind of figure in turn."""
    from exports.story import of_exhibits
    from tidy.exhibit import Exhibit, FigureMeta

    meta = FigureMeta("各单位参保人数", "2018年", "人", "合成数据", "仅作测速")
    shown = [Exhibit(KINDS[n % len(KINDS)], _table(n), meta, {"level": "city"}) for n in range(slides)]
    return of_exhibits(*shown, title="四十页")


def _table(slide: int) -> pd.DataFrame:
    from tidy.schema import CITIES

    codes = [*CITIES.values(), "330900"]
    rows = [
        {"label": f"单位{n % MARKS:02d}", "series": f"组{n // MARKS}", "value": 1000.0 * (n + slide + 1), "low": 1000.0 * (n + slide + 1),
         "high": 1000.0 * (n + slide + 2), "qualifier": "at_least", "unit": "人", "observation_ids": f"o{slide * 100 + n}", "year": 2010 + n % MARKS,
         "period": f"{2010 + n % MARKS}", "rank": f"第{n + 1}位", "area_code": codes[n % MARKS],
         "city": [*CITIES][n % len(CITIES)], "agrees": True}
        for n in range(MARKS * 2)
    ]  # fmt: skip
    single = slide % len(KINDS) in (0, 1, 7)
    return pd.DataFrame(rows[:MARKS]).drop(columns="series") if single else pd.DataFrame(rows)


def evidence(slides: int = SLIDES) -> pd.DataFrame:
    """Return the printed lines behind its numbers."""
    from exports.evidence import COLUMNS

    ids = [f"o{n}" for n in range(slides * 100)]
    words = dict.fromkeys(COLUMNS, "合成") | {"period": "2018", "locator": "1-5", "measure": "stock", "unit": "人"}
    return pd.DataFrame([words] * len(ids), index=ids, columns=list(COLUMNS)).rename_axis("observation_id")
