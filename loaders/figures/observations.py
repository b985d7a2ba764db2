"""Figures of a report as rows of the tidy table (design.md section 3)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from loaders.figures.find import find
from loaders.figures.known import indicator_id
from loaders.figures.model import Figure
from loaders.report_text.open import open_report

Row = dict[str, str | float | None]


def observations(path: Path, year: int = 0) -> Iterator[Row]:
    """Yield one row a figure of the report at ``path``; raise ``Refused`` when it cannot be read.

    The columns are those of ``data/observations.csv`` and, for what no known id fits yet, the names
    as the report gives them: ``indicator``, ``group``, ``reporter``. ``year`` resolves 今年 and 去年.
    """
    report = open_report(path)
    for one in find(report.text, year):
        if isinstance(one, Figure):
            yield as_observation(one, path.stem) | {"note": report.place(one.start)}


def as_observation(figure: Figure, source_id: str) -> Row:
    """Return the figure's row; ``locator`` counts characters of the report's text."""
    printed, reporter = figure.printed, figure.reporter
    return {
        "observation_id": f"{source_id}-{figure.start}", "reporter_id": reporter.reporter_id,
        "indicator_id": indicator_id(figure), "period": figure.period, "period_type": period_type(figure),
        "measure": figure.measure, "value": printed.value, "low": printed.low, "high": printed.high,
        "unit": figure.unit, "qualifier": printed.qualifier, "as_printed": figure.as_printed,
        "source_id": source_id, "locator": f"{figure.start}-{figure.end}", "note": "",
        "indicator": figure.indicator, "group": figure.group, "reporter": reporter.name,
    }  # fmt: skip


def period_type(figure: Figure) -> str:
    """A state is of an instant, all else of an interval; without a period it is unstated."""
    if not figure.period:
        return "unstated"
    return "instant" if figure.measure == "stock" else "interval"
