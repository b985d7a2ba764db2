"""Numbers on the pages equal the same numbers computed straight from data/observations.csv (csv module only)."""

from __future__ import annotations

import csv
import json
import math
import re
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


VIEWS = [
    ("coverage", "membership_rate", "summary"), ("coverage", "organising_rate", "spread"),
    ("coverage", "union_organisations", "ranking"), ("membership", "union_members", "ranking"),
    ("insurance", "insurance_enrolment", "cities"),
    ("insurance", "insurance_enrolment", "summary"), ("assistance", "consolation_money", "ranking"),
    ("compare", "union_members", "ranking"), ("compare", "insurance_enrolment", "slope"),
    ("compare", "insurance_enrolment", "dumbbell"),
]  # fmt: skip


def spots(app: Any) -> list[tuple[str, tuple[Any, Any]]]:
    """(id, (x, y)) of every painted mark that stands for one printed figure."""
    found = []
    for chart in app.get("plotly_chart"):
        for trace in json.loads(chart.proto.spec)["data"]:
            places = zip(trace.get("x") or [], trace.get("y") or [], trace.get("customdata") or [], strict=False)
            found += [(data[0], (x, y)) for x, y, data in places if data and data[0] in BY_ID]
    return found


@pytest.mark.parametrize(("page", "indicator", "view"), VIEWS)
def test_every_mark_of_one_figure_stands_at_its_printed_value(page: str, indicator: str, view: str) -> None:
    app = run(page, indicator=indicator, view=view)
    sound(app)
    found = spots(app)
    assert found
    for one, place in found:
        row = BY_ID[one]
        ends = {float(row[name]) for name in ("value", "low", "high") if row[name]}
        reach = {high - low for high in ends for low in ends}  # the hatched part of a bar
        assert any(float(at) in ends | reach for at in place if isinstance(at, int | float)), (row, place)


def cells(app: Any) -> dict[str, str]:
    """Row → text of the one column of the table builder."""
    body = next(block.proto.body for block in app.get("html") if "three-line" in block.proto.body)
    return dict(re.findall(r"<th scope='row'>(.*?)</th><td>(.*?)</td>", body))


def number(text: str) -> float:
    return float(re.sub(r"[^0-9.]", "", text.split("–")[0]))


@pytest.mark.parametrize("indicator", ["union_members", "employees", "insurance_benefit", "joint_unions"])
def test_the_table_shows_each_reporter_s_printed_number(indicator: str) -> None:
    app = run("builder", rows="reporter_id", indicators=indicator, scale="1")
    sound(app)
    shown = cells(app)
    own: dict[str, list[dict[str, str]]] = {}
    for row in BY_ID.values():
        if row["indicator_id"] == indicator and row["measure"] != "target" and not row["scope"]:
            own.setdefault(REPORTERS[row["reporter_id"]]["name"], []).append(row)
    single = {name: rows[0] for name, rows in own.items() if len(rows) == 1}
    assert single
    for name, row in single.items():
        assert number(shown[name]) in {float(row[part]) for part in ("value", "low") if row[part]}, (name, shown[name])


def test_city_totals_of_pilots_are_sums_of_the_csv() -> None:
    app = run("builder", rows="city", indicators="union_members", type="特色小镇~园区", scale="1")
    sound(app)
    shown = cells(app)
    sums: dict[str, float] = {}
    for row in BY_ID.values():
        reporter = REPORTERS[row["reporter_id"]]
        members = row["indicator_id"] == "union_members" and not row["scope"] and row["measure"] == "stock"
        if members and reporter["pilot_type"] in ("特色小镇", "园区"):
            sums[reporter["city"]] = sums.get(reporter["city"], 0) + float(row["value"])
    assert {city: number(text) for city, text in shown.items() if re.search(r"\d", text)} == sums
