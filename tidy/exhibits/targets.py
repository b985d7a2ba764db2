"""Results against what was declared or planned: each reporter's figure, its target and its light."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from tidy import periods
from tidy.exhibit import Exhibit, FigureMeta
from tidy.exhibits._common import expected_pilots, mark, meta, reporter_label, row_of, table, usual
from tidy.format import plain, unit_name
from tidy.intervals import Interval
from tidy.language import _, listed, pick
from tidy.suppression import QUALIFIER
from tidy.targets import Target, for_city


def against_targets(
    figures: pd.DataFrame,
    indicator_id: str,
    indicators: pd.DataFrame,
    reporters: pd.DataFrame,
    declared: Sequence[Target],
) -> Exhibit:
    """Return each reporter's latest figure against the target declared for its city; empty without a target."""
    indicator = row_of(indicators, indicator_id)
    rows = usual(figures, indicator)
    marks = [_against(row, for_city(declared, indicator_id, row.city)) for row in rows.itertuples()]
    own = [target for target in declared if target.indicator_id == indicator_id]
    note = "；".join(_basis(target, indicator.unit) for target in own)
    words = meta(indicator, _("对照目标"), rows, expected_pilots(reporters), note)
    return Exhibit("bullets", table([m for m in marks if m], "target", "light"), words)


def _against(row: Any, target: Target | None) -> dict[str, Any] | None:
    if target is None:
        return None
    verdict = "" if row.qualifier == QUALIFIER else target.light(Interval.of(row.low, row.high))
    return mark(reporter_label(row), row, target=target.good, light=verdict)


def _basis(target: Target, unit: str) -> str:
    said = _("达标线 {good}{unit}，警戒线 {poor}{unit}，依据：{basis}").format(
        good=plain(target.good), poor=plain(target.poor), unit=unit_name(unit), basis=target.basis
    )
    return f"{target.city} {said}" if target.city else said


def plans(figures: pd.DataFrame, indicators: pd.DataFrame) -> Exhibit:
    """Return every printed plan (计划数) with the result of the same thing, where one is reported.

    The same thing: the same reporter, indicator and scope, a result in or after the plan's period.
    """
    planned = figures[figures["measure"] == "target"]
    results = figures[figures["measure"] != "target"]
    marks = [_plan(row, results) for row in planned.itertuples()]
    columns = {"indicator": _("指标"), "period": _("时期"), "printed": _("原文"), "result": _("同一事项的结果")}
    note = _("计划数不与实绩混用；结果栏空着，是原文没有报同一事项的结果")
    words = FigureMeta(_("原文所印的计划与结果"), note=note)
    return Exhibit("table", table(marks, *columns), words, {"columns": columns, "label": _("单位")})


def _plan(row: Any, results: pd.DataFrame) -> dict[str, Any]:
    same = results[
        (results["reporter_id"] == row.reporter_id)
        & (results["indicator_id"] == row.indicator_id)
        & (results["scope"] == row.scope)
        & ((results["period"] >= row.period) | (row.period == ""))
    ]
    found = mark(
        pick(row.reporter_name, row.reporter_name_en),
        row,
        indicator=pick(row.indicator_name, row.indicator_name_en) + (f"（{row.scope}）" if row.scope else ""),
        period=periods.label(str(row.period)),
        printed=row.as_printed,
        result=listed(same["as_printed"]),
    )
    return {**found, "observation_ids": "|".join([row.observation_id, *same["observation_id"]])}
