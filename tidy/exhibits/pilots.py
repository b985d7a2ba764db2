"""The pilots themselves: by type against the printed counts, by city, on the map."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd

from tidy.exhibit import Exhibit, FigureMeta
from tidy.exhibits._common import city_name, table, type_name
from tidy.language import _
from tidy.measures import Reported
from tidy.measures.series import tuples
from tidy.schema import CITIES, PILOT_TYPES


def _count(label: str, number: int, ids: str = "", **more: Any) -> dict[str, Any]:
    return {
        "label": label, "value": float(number), "low": float(number), "high": float(number),
        "qualifier": "exact", "unit": "个", "observation_ids": ids, **more,
    }  # fmt: skip


def pilots_by_type(pilots: pd.DataFrame, printed: dict[str, tuple[int, str]]) -> Exhibit:
    """Return the pilots by judged type beside the printed counts.

    ``printed`` gives for each type the printed number and its observation id. Where the two
    differ both stand, since the source prints the class only in total.
    """
    marks, counts = [], Counter(pilots["pilot_type"])
    for kind in PILOT_TYPES[:-1]:
        label = type_name(kind)
        if kind in printed:
            number, source = printed[kind]
            marks.append(_count(_("{type} · 原文所印").format(type=label), number, source, pilot_type=kind))
            label = _("{type} · 本库判断").format(type=label)
        marks.append(_count(label, counts[kind], pilot_type=kind))
    differ = any(counts[kind] != number for kind, (number, _id) in printed.items())
    note = _("原文只印合计，逐个归类由本库判断；不一致处并列") if differ else ""
    meta = FigureMeta(_("浙江省新业态试点：按类型"), unit="个", note=note, reported=Reported(len(pilots), len(pilots)))
    return Exhibit("bars", table(marks, "pilot_type"), meta, {"behind": "pilots"})


def pilots_by_city(pilots: pd.DataFrame) -> Exhibit:
    """Return the number of pilots of each city by type, stacked; a city without pilots is a true zero."""
    counts = Counter(tuples(pilots, "city", "pilot_type"))
    marks = [
        _count(city_name(city), counts[city, kind], series=type_name(kind), city=city)
        for city in CITIES
        for kind in PILOT_TYPES[:-1]
        if counts[city, kind]
    ]
    meta = FigureMeta(_("浙江省新业态试点：按设区市与类型"), unit="个", reported=Reported(len(pilots), len(pilots)))
    return Exhibit("stack", table(marks, "series", "city"), meta, {"behind": "pilots"})


def pilots_map(pilots: pd.DataFrame, level: str = "city") -> Exhibit:
    """Return the number of pilots by city or county for a map."""
    if level == "county":
        names = dict(tuples(pilots, "area_code", "county"))
        marks = [_count(names[code], n, area_code=code) for code, n in sorted(Counter(pilots["area_code"]).items())]
    else:
        cities = Counter(pilots["city"])
        marks = [_count(city_name(city), cities[city], city=city, area_code=code) for city, code in CITIES.items()]
    subject = _("浙江省新业态试点：按县（市、区）") if level == "county" else _("浙江省新业态试点：按设区市")
    meta = FigureMeta(subject, unit="个", reported=Reported(len(pilots), len(pilots)))
    return Exhibit("choropleth", table(marks, "area_code"), meta, {"level": level, "behind": "pilots"})
