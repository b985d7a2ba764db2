"""Small tables for every figure: exact and bounded figures, one without upper limit, one not reported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import nan
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

import charts
from charts import FigureMeta
from tidy import language
from tidy.measures import Reported

META = FigureMeta(
    title="2017年末各市参保人数",
    unit="人",
    source="测试来源",
    note="测试说明",
    reported=Reported(4, 5),
    subtitle="按设区市",
)


def row(label: str, value: float = nan, low: float = nan, high: float = nan, qualifier: str = "", **more: Any):
    """One row of the contract; a value alone is exact."""
    if not qualifier:
        low = high = value
    ids = f"{label}-1|{label}-2" if value == value else ""
    return {"label": label, "value": value, "low": low, "high": high, "qualifier": qualifier or "exact",
            "observation_ids": ids, **more}  # fmt: skip


def cities() -> pd.DataFrame:
    return pd.DataFrame([
        row("嘉兴市", 490000, 490000, nan, "at_least", area_code="330400"),
        row("杭州市", 360123, area_code="330100"),
        row("温州市", 20000, 15000, 25000, "approx", area_code="330300"),
        row("台州市", 0, area_code="331000"),
        row("湖州市", area_code="330500"),
    ])  # fmt: skip


def years() -> pd.DataFrame:
    return pd.DataFrame([
        row("嘉兴市", 180000, period="2014", series="嘉兴市", city="嘉兴市"),
        row("嘉兴市", 370000, period="2015", series="嘉兴市", city="嘉兴市"),
        row("嘉兴市", 490000, 490000, nan, "at_least", period="2017", series="嘉兴市", city="嘉兴市"),
        row("海宁市", 90000, period="2015", series="海宁市", city="海宁市"),
        row("海宁市", 95000, period="2016", series="海宁市", city="海宁市"),
        row("平湖市", period="2017", series="平湖市", city="平湖市"),
    ])  # fmt: skip


def rates() -> pd.DataFrame:
    figures = [(95, 95, 100, "at_least"), (100, nan, nan, ""), (88.5, nan, nan, ""), (95, nan, nan, "")]
    found = [row(f"试点{place}", *figure, city="杭州市") for place, figure in enumerate(figures)]
    return pd.DataFrame([*found, row("试点9", city="衢州市")])


def two() -> pd.DataFrame:
    return pd.DataFrame([
        row("嘉兴市", 180000, series="2014", period="2014"),
        row("嘉兴市", 490000, 490000, nan, "at_least", series="2017", period="2017"),
        row("杭州市", 300000, 300000, 310000, "at_least", series="2014", period="2014"),
        row("杭州市", 305000, series="2017", period="2017"),
        row("宁波市", 6595, series="2017", period="2017"),
    ])  # fmt: skip


def types() -> pd.DataFrame:
    return pd.DataFrame([
        row("杭州市", 12, series="特色小镇"), row("杭州市", 3, series="园区"),
        row("宁波市", 5, series="特色小镇"), row("宁波市", series="园区"),
    ])  # fmt: skip


def groups() -> pd.DataFrame:
    return pd.DataFrame(
        [row("甲园区", 3, series="会员"), row("甲园区", 0, series="组织"), row("乙小镇", series="会员")]
    )


def printed() -> pd.DataFrame:
    table = pd.DataFrame([row("甲", 95, 95, 100, "at_least"), row("乙", 88.5)])
    return table.assign(computed_low=[96.5, 80.2], computed_high=[97.3, 82.0], agrees=[True, False])


def targets() -> pd.DataFrame:
    return cities().assign(target=250000.0, light=["green", "amber", "straddles", "red", ""])


@dataclass(frozen=True)
class Case:
    """A figure function with a table that it takes."""

    name: str
    make: Callable[..., go.Figure]
    table: Callable[[], pd.DataFrame]

    def draw(self, mode: str = "light", spoken: str = "zh") -> go.Figure:
        with language.using(spoken):
            return self.make(self.table(), META, mode=mode)


TABLES = {
    "bars": cities, "ranking": cities, "choropleth": cities, "bullets": targets, "series": years,
    "multiples": years, "sparkline": years, "player": years, "dots": rates, "heatmap": groups,
    "stacked": types, "dumbbell": two, "slope": two, "rate_pairs": printed,
}  # fmt: skip
CASES = [Case(name, getattr(charts, name), table) for name, table in TABLES.items()]


@pytest.fixture(params=CASES, ids=lambda case: case.name)
def case(request: pytest.FixtureRequest) -> Case:
    return request.param


@pytest.fixture
def tables() -> dict[str, pd.DataFrame]:
    return {name: table() for name, table in TABLES.items()}


@pytest.fixture
def meta() -> FigureMeta:
    return META


@pytest.fixture
def make_row() -> Callable[..., dict[str, Any]]:
    return row


@pytest.fixture(autouse=True)
def _chinese():
    with language.using("zh"):
        yield
