"""The table builder's table: figures by two dimensions, a total only where a total is honest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from tidy import periods
from tidy.exhibit import Exhibit, FigureMeta
from tidy.exhibits._common import city_name, mark, row_of, span_of, table, type_name, usual
from tidy.exhibits.areas import sum_mark
from tidy.exhibits.series import measure_name
from tidy.language import _, pick
from tidy.measures import Reported, spread, without_nested
from tidy.schema import CITIES, PILOT_TYPES
from tidy.suppression import suppressed
from tidy.values import dimension

DIMENSIONS = ("city", "county", "pilot_type", "pilot_level", "reporter_id", "indicator_id", "year", "period", "measure")
TIMES = ("year", "period")
_ORDER: dict[str, tuple[Any, ...]] = {"city": tuple(CITIES), "pilot_type": PILOT_TYPES}


def dimension_name(dimension: str) -> str:
    """Return a dimension's name in the reader's language."""
    names = {
        "city": _("设区市"), "county": _("县（市、区）"), "pilot_type": _("试点类型"), "pilot_level": _("试点层级"),
        "reporter_id": _("单位"), "indicator_id": _("指标"), "year": _("年份"), "period": _("时期"),
        "measure": _("计量性质"), "": _("不分"),
    }  # fmt: skip
    return names[dimension]


def crosstab(
    figures: pd.DataFrame,
    rows: str,
    columns: str,
    indicators: pd.DataFrame,
    reporters: pd.DataFrame,
    *,
    totals: bool = False,
) -> Exhibit:
    """Return the figures by ``rows`` and ``columns`` (dimensions; an empty column is one column).

    A cell of one additive indicator is the sum of each reporter's latest figure, over reporters
    that do not contain each other; of a rate the spread; a cell of several indicators, units or
    measures says why it holds no number. Nothing reported: no cell. ``totals`` adds a last row
    over all rows by the same rule; across times there is no total.
    """
    keys = [rows, columns] if columns else [rows]
    known = figures[(figures["measure"] != "target") | (rows == "measure") | (columns == "measure")]
    for key in keys:
        known = known[known[key].notna() & (known[key].astype(str) != "")]
    marks = []
    for names, own in known.groupby(keys, sort=False, observed=True):
        cell = _cell(own, indicators, reporters)
        place = _places(names, keys, own)
        marks.append({**cell, "label": place[0], "series": place[1], "_order": _sort_key(names, keys)})
    across = [cell["series"] for cell in sorted(marks, key=lambda cell: cell["_order"][::-1])]
    marks.sort(key=lambda cell: cell.pop("_order"))
    if totals and marks:
        marks += _totals(known, rows, columns, indicators, reporters)
    named = (dimension_name(key) for key in keys)
    meta = FigureMeta(
        title=" × ".join(named),
        subtitle=span_of(known),
        unit=_one_unit(marks),
        note=_("合计为各单位最新一期的数相加；比率列出最低至最高；空格为未填报"),
        reported=Reported(known["reporter_id"].nunique()),
    )
    order = {"columns": list(dict.fromkeys(across)), "corner": dimension_name(rows)}
    return Exhibit("table", table(marks, "series", "detail"), meta, order if columns else {"corner": order["corner"]})


def _one_unit(marks: list[dict[str, Any]]) -> str:
    units = {mark["unit"] for mark in marks} - {""}
    return units.pop() if len(units) == 1 else ""


def _totals(
    known: pd.DataFrame, rows: str, columns: str, indicators: pd.DataFrame, reporters: pd.DataFrame
) -> list[dict[str, Any]]:
    """The row 合计: a cell for each column over all rows, or why there is none."""
    parts = known.groupby(columns, sort=False, observed=True) if columns else [("", known)]
    over_time = _refused(_("不同时期不相加"), "") if rows in TIMES else None
    return [
        {**(over_time or _cell(own, indicators, reporters)), "label": _("合计"),
         "series": _name(columns, name, own) if columns else ""}
        for name, own in parts
    ]  # fmt: skip


def _cell(own: pd.DataFrame, indicators: pd.DataFrame, reporters: pd.DataFrame) -> dict[str, Any]:
    ids = "|".join(own["observation_id"])
    for column, reason in (("indicator_id", _("指标不同")), ("measure", _("计量性质不同")), ("unit", _("单位不同"))):
        told = set(own[column].unique())
        if len({dimension(unit) for unit in told} if column == "unit" else told) > 1:
            return _refused(reason, ids)
    indicator = row_of(indicators, str(own["indicator_id"].iloc[0]))
    latest = usual(own, indicator)
    if latest.empty:
        return _refused(_("只有其中项"), ids)
    if suppressed(latest).all():
        return {**mark("", next(latest.itertuples())), "detail": _("人数少，不显示")}
    if indicator.additive:
        found = sum_mark(without_nested(latest, reporters), "")
        assert found is not None
        return {**found, "detail": found.pop("reported")}
    return _spread(latest, ids)


def _spread(rows: pd.DataFrame, ids: str) -> dict[str, Any]:
    found = spread(rows)
    assert found is not None
    one = next(rows[rows["value"].notna()].itertuples())
    if found.count == 1:
        figure = {"value": one.value, "low": one.low, "high": one.high, "qualifier": one.qualifier}
    else:
        figure = {"value": found.low, "low": found.low, "high": found.high, "qualifier": "exact"}
    return {**figure, "unit": one.unit, "observation_ids": ids, "detail": str(Reported(found.count))}


def _refused(reason: str, ids: str) -> dict[str, Any]:
    nothing = float("nan")
    return {"value": nothing, "low": nothing, "high": nothing, "qualifier": "exact", "unit": "",
            "observation_ids": ids, "detail": reason}  # fmt: skip


def _places(names: Any, keys: list[str], own: pd.DataFrame) -> tuple[str, str]:
    said = [_name(key, name, own) for key, name in zip(keys, names, strict=True)]
    return said[0], said[1] if len(said) > 1 else ""


def _name(dimension: str, value: Any, own: pd.DataFrame) -> str:
    first = own.iloc[0]
    names: dict[str, Callable[[], str]] = {
        "city": lambda: city_name(str(value)),
        "pilot_type": lambda: type_name(str(value)),
        "measure": lambda: measure_name(str(value)),
        "period": lambda: periods.label(str(value)),
        "year": lambda: str(int(value)),
        "reporter_id": lambda: pick(str(first["reporter_name"]), str(first["reporter_name_en"])),
        "indicator_id": lambda: pick(str(first["indicator_name"]), str(first["indicator_name_en"])),
    }
    return names.get(dimension, lambda: str(value))()


def _sort_key(names: Any, keys: list[str]) -> tuple[tuple[int, str], ...]:
    def place(key: str, value: Any) -> tuple[int, str]:
        order = _ORDER.get(key, ())
        return (order.index(value) if value in order else len(order), str(value))

    return tuple(place(key, name) for key, name in zip(keys, names, strict=True))
