"""Made-up exhibits of every kind, their evidence and a story of them; no figure here is real."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from exports.evidence import COLUMNS
from exports.story import Slide, Story
from tidy.exhibit import Exhibit, FigureMeta
from tidy.exhibits import Card
from tidy.measures import Reported
from tidy.schema import CITIES

DAY = date(2026, 3, 5)
NAMES = ["东湖小镇", "西岭园区", "南桥商圈", "北港楼宇"]
DANGEROUS = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", "＝1+1"]


def mark(number: int, value: float, low: float | None = None, high: float | None = None, **more: Any) -> dict[str, Any]:
    """One mark whose observation is ``o<number>``."""
    bounds = {"low": value if low is None else low, "high": value if high is None else high}
    qualifier = more.pop("qualifier", "exact" if low is None and high is None else "at_least")
    base = {"label": NAMES[number % 4], "value": float(value), **bounds, "qualifier": qualifier, "unit": "人"}
    return {**base, "observation_ids": f"o{number}", **more}


NAN = float("nan")
BOUNDED = [
    mark(0, 490000, 490000, 500000),
    mark(1, 12597),
    mark(2, 300, 300, NAN),
    mark(3, 20, 15, 25, qualifier="approx"),
]
META = FigureMeta("试点人数：按单位", "2018年", "人", "甲志第一期", "仅作测试", Reported(4, 9))


def _series(*cells: tuple[str, int, float]) -> list[dict[str, Any]]:
    return [
        mark(n, v, label=str(y), series=s, year=y, period=str(y), city="杭州市") for n, (s, y, v) in enumerate(cells)
    ]


TABLES: dict[str, list[dict[str, Any]]] = {
    "bars": BOUNDED,
    "ranking": [dict(one, rank=f"第{n}位") for n, one in enumerate(BOUNDED, start=1)],
    "stack": [mark(n, n + 1, label=c, series=s) for n, (c, s) in enumerate((c, s) for c in NAMES for s in ("甲", "乙"))],
    "series": _series(("甲", 2014, 180000), ("甲", 2017, 490000), ("乙", 2015, 20000), ("乙", 2016, 26000.5)),
    "slope": _series(("甲", 2014, 18), ("甲", 2017, 49), ("乙", 2014, 30), ("乙", 2017, 26)),
    "small_multiples": [
        dict(one, panel=p) for one, p in zip(_series(("甲", 2014, 18), ("甲", 2015, 19), ("乙", 2014, 3), ("乙", 2016, 5)),
                                             ["杭州市", "杭州市", "宁波市", "宁波市"], strict=True)],
    "dumbbell": [mark(n, 50 + 10 * n, label=f"指标{n // 2}", series=s) for n, s in enumerate(["甲", "乙", "甲", "乙"])],
    "bullets": [dict(mark(n, v, unit="%"), target=95.0, light=c) for n, v, c in ((0, 99, "green"), (1, 88, "red"))],
    "dots": [mark(n, 95 + n, unit="%", series=s) for n, s in enumerate(["杭州市", "杭州市", "宁波市", "宁波市"])],
    "heatmap": [mark(n, n, label=r, series=s) for n, (r, s) in enumerate((r, s) for r in NAMES for s in ("甲", "乙"))],
    "pairs": [mark(n, 90 + n, unit="%", series=s) for n, s in enumerate(["原文", "重算", "原文", "重算"])],
    "choropleth": [mark(n, 3 * n, label=c, city=c, area_code=code) for n, (c, code) in enumerate(list(CITIES.items())[:6])],
    "table": [dict(one, reporter="某总工会", when="2018年") for one in BOUNDED],
}  # fmt: skip
OPTIONS: dict[str, dict[str, Any]] = {
    "choropleth": {"level": "city"},
    "table": {"label": "指标", "columns": {"reporter": "填报单位", "when": "时期"}},
}


def exhibit(kind: str) -> Exhibit:
    """The made-up exhibit of a kind."""
    return Exhibit(kind, pd.DataFrame(TABLES[kind]), META, OPTIONS.get(kind, {}))  # type: ignore[arg-type]


KINDS = tuple(TABLES)
CARD = Card("某总工会 · 参保人数", "≥ 49万人", "2017年", "同比 4.3–6.4%", (1.0, 2.0), ("o0",))


def evidence(count: int = 40, **changed: str) -> pd.DataFrame:
    """Evidence of ``o0`` …; ``changed`` replaces columns."""
    base = {
        "as_printed": "49万余人", "reporter": "某总工会", "indicator": "参保人数", "definition": "参加的人数。", "measure": "stock",
        "unit": "人", "period": "2017", "source": "甲志第一期", "locator": "12-17", "note": "", "publisher": "甲社", "date": "2018",
    } | changed  # fmt: skip
    rows = pd.DataFrame([base] * count, columns=list(COLUMNS), index=[f"o{n}" for n in range(count)])
    return rows.rename_axis("observation_id")


def story() -> Story:
    """A story with a slide of every kind, a slide of cards and one of text."""
    slides = [Slide(f"第 {kind} 页", exhibit(kind), notes="先看高的。") for kind in KINDS]
    return Story("made", "测试专题", (Slide("主要数字", cards=(CARD,) * 4), *slides, Slide("说明", text=("一句话。",))),
                 "副题", DAY, "数据版本：发布批次 1")  # fmt: skip


def harmful() -> Exhibit:
    """Bars whose names are what somebody might upload to run a formula."""
    rows = [mark(n, n + 1, label=text) for n, text in enumerate(DANGEROUS)]
    return Exhibit("bars", pd.DataFrame(rows), FigureMeta("=HYPERLINK(1)", unit="人", note="@SUM(1)"))
