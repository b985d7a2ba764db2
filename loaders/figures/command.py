"""``python -m loaders figures FILE… [--numerals]``: the figures of reports, one JSON object a line."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from loaders.figures.find import find
from loaders.figures.model import Figure


def run(argv: list[str]) -> int:
    """Print the figures of the files named in ``argv``; return the exit status of design.md section 6."""
    parser = argparse.ArgumentParser(prog="python -m loaders figures")
    parser.add_argument("files", nargs="+")
    parser.add_argument("--numerals", action="store_true")
    args = parser.parse_args(argv)
    for name in args.files:
        text = Path(name).read_text(encoding="utf-8")
        for one in find(text):
            if isinstance(one, Figure):
                sys.stdout.write(json.dumps(as_row(one, name), ensure_ascii=False) + "\n")
    return 0


def as_row(figure: Figure, source: str) -> dict[str, Any]:
    """Return the figure as the columns of design.md section 6."""
    p = figure.printed
    return {"source": source, "start": figure.start, "end": figure.end, "as_printed": figure.as_printed,
            "value": p.value, "low": p.low, "high": p.high, "unit": figure.unit, "qualifier": p.qualifier,
            "measure": figure.measure, "period": figure.period, "group": figure.group, "indicator": figure.indicator,
            "indicator_id": "", "reporter": figure.reporter.name, "reporter_id": figure.reporter.reporter_id, "city": figure.reporter.city, "confidence": figure.confidence}
