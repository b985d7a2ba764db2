"""Over a hundred passages of union reports, written for this test: what is found in them must not get less.

``passages.txt`` says of each figure what it is; agreement is counted as the field's
scorers do: a figure is found when the spans overlap and the values are the same.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from loaders.figures.find import find
from loaders.figures.model import Figure

FILE = Path(__file__).with_name("passages.txt")
GROUPS = {"org": "organisation", "mem": "membership", "cov": "coverage_rate", "ins": "insurance", "ass": "assistance",
              "rig": "rights", "tra": "training", "act": "activity", "fac": "facility", "sta": "staff", "eco": "economy",
              "pil": "pilot_count"}  # fmt: skip
MEASURES = {"s": "stock", "f": "flow", "c": "cumulative", "t": "target"}
QUALIFIERS = {"=": "exact", ">": "at_least", "~": "approx", "<": "at_most"}
SCALES = {"w": 10_000, "y": 100_000_000}
SAME = {"名": "人", "位": "人", "场次": "场", "起": "件", "个百分点": "百分点"}
FLOOR = {"found": 0.98, "unit": 0.98, "qualifier": 0.98, "measure": 0.87, "group": 0.89, "indicator": 0.84}


@dataclass(frozen=True)
class Told:
    """One annotated figure and where it stands in the passage."""

    start: int
    end: int
    value: float
    unit: str
    measure: str
    group: str
    qualifier: str
    indicator: str


def passages() -> Iterator[tuple[str, list[Told]]]:
    """Yield each passage's plain text with its figures."""
    for block in re.split(r"(?m)^#.*\n", FILE.read_text(encoding="utf-8"))[1:]:
        text, told, done = "", [], 0
        for mark in re.finditer(r"\{([^{}|]+)\|([^ |]+) ([^|]+)\|(\w) (\w+) ?([>~<=]?)\|([^}]+)\}", block):
            text += block[done : mark.start()]
            amount = float(mark[2].rstrip("wy")) * SCALES.get(mark[2][-1], 1)
            told.append(Told(len(text), len(text) + len(mark[1]), amount, mark[3], MEASURES[mark[4]],
                             GROUPS[mark[5]], QUALIFIERS[mark[6] or "="], mark[7]))  # fmt: skip
            text, done = text + mark[1], mark.end()
        yield text + block[done:], told


def agrees(one: Figure, told: Told) -> Iterator[str]:
    """Yield what a found figure says as it was annotated."""
    if SAME.get(one.unit, one.unit) == SAME.get(told.unit, told.unit):
        yield "unit"
    said = {"qualifier": one.printed.qualifier, "measure": one.measure, "group": one.group}
    yield from (name for name, value in said.items() if value == getattr(told, name))
    names = (re.sub("[数量的总额]", "", name) for name in (one.indicator, told.indicator))
    if difflib.SequenceMatcher(None, *names).ratio() >= 0.5:
        yield "indicator"


@pytest.fixture(scope="module")
def score() -> Counter[str]:
    """What was annotated, proposed and found, and how often each field agrees."""
    counted: Counter[str] = Counter()
    for text, told in passages():
        said = [one for one in find(text) if isinstance(one, Figure)]
        counted.update(told=len(told), proposed=len(said))
        for figure in told:
            same = (one for one in said if one.start < figure.end and figure.start < one.end
                    and abs(one.printed.value - figure.value) <= 1e-6 * max(1, abs(figure.value)))  # fmt: skip
            if match := next(same, None):
                counted.update(["found", *agrees(match, figure)])
    return counted


@pytest.mark.parametrize("field", FLOOR)
def test_reports_are_read_as_well_as_before(score, field):
    share = score[field] / (score["told"] if field == "found" else score["found"])
    assert share >= FLOOR[field], share


def test_little_is_proposed_that_is_no_figure(score):
    assert score["found"] / score["proposed"] >= 0.98
