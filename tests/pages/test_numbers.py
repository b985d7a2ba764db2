"""Numbers on the pages equal the same numbers computed straight from data/observations.csv (csv module only)."""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path
from typing import Any

import pytest

from tests.pages.test_pages import own_store, run, sound  # noqa: F401

DATA = Path(__file__).resolve().parent.parent.parent / "data"


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


BY_ID = {row["observation_id"]: row for row in rows("observations")}
REPORTERS = {row["reporter_id"]: row for row in rows("reporters")}


def marks(app: Any) -> list[tuple[float, str]]:
    """(value, ids) of every bar that the page paints, hatched parts left out."""
    found = []
    for chart in app.get("plotly_chart"):
        for trace in json.loads(chart.proto.spec)["data"]:
            if trace["type"] == "bar" and "customdata" in trace:
                values = trace["x"] if trace.get("orientation") == "h" else trace["y"]
                found += [
                    (float(value), data[0])
                    for value, data in zip(values, trace["customdata"], strict=False)
                    if isinstance(value, int | float) and not math.isnan(value) and data and data[0]
                ]
    return found


@pytest.mark.parametrize(
    ("page", "indicator"),
    [
        ("membership", "union_members"),
        ("insurance", "insurance_enrolment"),
        ("assistance", "consolation_money"),
        ("coverage", "union_organisations"),
    ],
)
def test_bars_are_the_sum_of_their_printed_figures(page: str, indicator: str) -> None:
    app = run(page, indicator=indicator)
    sound(app)
    found = marks(app)
    assert found
    for value, ids in found:
        printed = [BY_ID[one] for one in ids.split("|")]
        sure = sum(float(row["low"] or 0) for row in printed)  # the solid part of a bar
        most = sum(float(row["high"] or "inf") for row in printed)
        assert {row["indicator_id"] for row in printed} == {indicator}
        assert value == pytest.approx(sure) or value <= most - sure + 1e-6  # the hatched part: up to the high end
        assert len({row["reporter_id"] for row in printed}) == len(printed)


def test_jiaxing_series_on_the_overview() -> None:
    app = run("overview")
    sound(app)
    said = {}
    for chart in app.get("plotly_chart"):
        for trace in json.loads(chart.proto.spec)["data"]:
            for place, data in enumerate(trace.get("customdata") or []):
                row = BY_ID.get(str(data[0])) if data else None
                if row and row["indicator_id"] == "insurance_enrolment" and row["reporter_id"] == "jiaxing-federation":
                    said[row["period"]] = trace["y"][place]
    want = {
        row["period"]: float(row["value"])
        for row in BY_ID.values()
        if row["indicator_id"] == "insurance_enrolment" and row["reporter_id"] == "jiaxing-federation"
    }
    assert said == want
    assert list(want.values()) == [180_000, 370_000, 470_000, 490_000]


def test_cards_of_the_overview() -> None:
    app = run("overview")
    texts = [button.label for button in app.button]
    pilots = [row for row in REPORTERS.values() if row["kind"] == "pilot"]
    with_figures = {row["reporter_id"] for row in BY_ID.values()} & {row["reporter_id"] for row in pilots}
    assert f"{len(pilots)} 个" in texts
    assert f"{100 * 83 / 291:.1f}%" in texts
    assert f"{len(with_figures)} / {len(pilots)}" in texts
    assert "1,419.61万元" in texts
