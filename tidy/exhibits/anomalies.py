"""Published figures that a careful reader would ask about: not errors, but in need of an answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from tidy import periods
from tidy.exhibit import Exhibit, FigureMeta
from tidy.exhibits._common import mark, reporter_label, table
from tidy.format import plain
from tidy.language import _, pick
from tidy.measures import points, recompute

JUMP = 2.0  # more than doubled or less than half from one stated period to the next
FENCES, LEAST = 3.0, 8  # Tukey's outer fence, where at least so many reporters can be compared


def anomalies(figures: pd.DataFrame, indicators: pd.DataFrame) -> Exhibit:
    """Return the figures beyond their ceiling, rates that their parts contradict, jumps and far outliers."""
    results = figures[(figures["measure"] != "target") & figures["value"].notna()]
    found = [*_ceilings(results, indicators), *_rates(results, indicators), *_jumps(results), *_outliers(results)]
    columns = {"indicator": _("指标"), "period": _("时期"), "printed": _("原文"), "why": _("为什么要问")}
    note = _("这里列的不一定错，口径变化、分期统计都会有这样的数；核实后在备注里写明")
    words = FigureMeta(_("可疑的数"), note=note)
    return Exhibit("table", table(found, *columns), words, {"columns": columns, "label": _("单位")})


def _asked(row: Any, why: str, *more: str) -> dict[str, Any]:
    made = mark(
        reporter_label(row),
        row,
        indicator=pick(row.indicator_name, row.indicator_name_en),
        period=periods.label(str(row.period)),
        printed=row.as_printed,
        why=why,
    )
    return {**made, "observation_ids": "|".join([row.observation_id, *more])}


def _ceilings(rows: pd.DataFrame, indicators: pd.DataFrame) -> Iterator[dict[str, Any]]:
    ceiling = rows["indicator_id"].map(indicators.set_index("indicator_id")["maximum"].astype(float))
    shares = ceiling.fillna(rows["unit"].map({"%": 100.0}))
    for row in rows[rows["value"] > shares].itertuples():
        yield _asked(row, _("超过上限 {most}").format(most=plain(shares[row.Index])))


def _rates(rows: pd.DataFrame, indicators: pd.DataFrame) -> Iterator[dict[str, Any]]:
    by_id = rows.drop_duplicates("observation_id").set_index("observation_id", drop=False)
    for pair in recompute(rows, indicators).itertuples():
        if pair.agrees:
            continue
        span = f"{plain(round(pair.low, 1))}–{plain(round(pair.high, 1))}%"
        row = next(by_id.loc[[pair.rate_id]].itertuples())
        yield _asked(row, _("按分子分母重算为 {span}").format(span=span), pair.numerator_id, pair.denominator_id)


def _jumps(rows: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """From one stated period to the next of the same thing; cumulative figures only where they fall."""
    dated = points(rows[rows["unit"] != "%"])
    keys = ["reporter_id", "indicator_id", "measure", "scope", "unit"]
    before = dated.groupby(keys, sort=False)[["low", "high", "period", "observation_id"]].shift()
    grown = (dated["low"] > JUMP * before["high"]) & (dated["measure"] != "cumulative")
    fallen = dated["high"] * JUMP < before["low"]
    fallen |= (dated["measure"] == "cumulative") & (dated["high"] < before["low"])
    for row in dated[(grown | fallen) & (dated["period"] != before["period"])].itertuples():
        old = before.loc[row.Index]
        times = plain(round(row.value / (old["low"] or 1), 1))
        since = periods.label(str(old["period"]))
        yield _asked(row, _("是{since}的 {times} 倍").format(since=since, times=times), str(old["observation_id"]))


def _outliers(rows: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Beyond Tukey's outer fences of the logarithm's quartiles, by indicator and unit, of pilots only."""
    pilots = rows[(rows["kind"] == "pilot") & (rows["scope"] == "") & (rows["value"] > 0)]
    groups = pilots.groupby(["indicator_id", "unit"], sort=False)["value"]
    low, high = groups.transform("quantile", 0.25), groups.transform("quantile", 0.75)
    reach = (high / low) ** FENCES
    compared = pilots.groupby(["indicator_id", "unit"], sort=False)["reporter_id"].transform("nunique") >= LEAST
    far = compared & (high > low) & ((pilots["value"] > high * reach) | (pilots["value"] < low / reach))
    for row in pilots[far].itertuples():
        middle = f"{plain(low[row.Index])}–{plain(high[row.Index])}"
        yield _asked(row, _("远离其他试点（中间一半在 {middle}）").format(middle=middle))
