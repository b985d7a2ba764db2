"""``python -m loaders figures FILE… [--numerals]``: the figures of reports, one JSON object a line."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import orjson

from loaders.figures import lexicon
from loaders.figures.find import find
from loaders.figures.known import indicator_id
from loaders.figures.model import Figure, Refusal
from loaders.refusal import Refused
from loaders.report_text.open import language_remark, open_report
from tidy.language import _, pick
from tidy.problems import Problem


def run(argv: list[str]) -> int:
    """Print the figures of the files named in ``argv``; return the exit status of design.md section 6."""
    parser = argparse.ArgumentParser(
        prog="python -m loaders figures", description=_("读出文字报告里的数据，每行一个 JSON")
    )
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--numerals", action="store_true", help=_("也列出其余数字，并说明为什么不是数据"))
    parser.add_argument("--year", type=int, default=0, help=_("报告的年份，用来换算“今年”“去年”"))
    options = parser.parse_args(argv)
    return max(_print(name, options.numerals, options.year) for name in options.files)


def _print(name: str, numerals: bool, year: int) -> int:
    """Print one file's figures; what is wrong with it goes to standard error."""
    try:
        report = open_report(Path(name))
    except Refused as refused:
        return _say(refused.problem, name)
    for one in find(report.text, year):
        if isinstance(one, Figure):
            _write(as_row(one, name))
        elif numerals:
            _write(as_refusal(one, name))
    sys.stdout.flush()
    remark = language_remark(report)
    return _say(remark, name) if remark else 0


def as_row(figure: Figure, source: str) -> dict[str, Any]:
    """Return the figure as the columns of design.md section 6."""
    printed, reporter = figure.printed, figure.reporter
    return {
        "source": source, "start": figure.start, "end": figure.end, "as_printed": figure.as_printed,
        "value": printed.value, "low": printed.low, "high": printed.high, "unit": figure.unit,
        "qualifier": printed.qualifier, "measure": figure.measure, "period": figure.period,
        "group": figure.group, "indicator": figure.indicator, "indicator_id": indicator_id(figure),
        "reporter": reporter.name, "reporter_id": reporter.reporter_id, "city": reporter.city,
        "confidence": figure.confidence,
    }  # fmt: skip


def as_refusal(refusal: Refusal, source: str) -> dict[str, Any]:
    """Return a numeral that is no figure, with the reason in code and words."""
    words = {row["code"]: pick(row["reason"], row["reason_en"]) for row in lexicon.rows("reasons")}
    return {
        "source": source, "start": refusal.start, "end": refusal.end, "as_printed": refusal.as_printed,
        "figure": False, "reason": refusal.reason, "why": words[refusal.reason],
    }  # fmt: skip


def _write(row: dict[str, Any]) -> None:
    sys.stdout.write(orjson.dumps(row).decode() + "\n")


def _say(problem: Problem, name: str) -> int:
    """Print a problem to standard error; return 1 for an error, 0 for a remark."""
    what = f"{problem.message} → {problem.advice}" if problem.advice else problem.message
    print(f"{name}: {what}", file=sys.stderr)
    return int(problem.severity == "error")
