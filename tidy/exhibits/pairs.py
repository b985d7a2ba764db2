"""Printed rates beside the same rates recomputed from their parts."""

from __future__ import annotations

import pandas as pd

from tidy.exhibit import Exhibit, FigureMeta
from tidy.exhibits._common import table
from tidy.language import _, pick
from tidy.measures import Reported, recompute


def printed_and_recomputed(figures: pd.DataFrame, indicators: pd.DataFrame) -> Exhibit:
    """Return two marks (series 原文, 重算) for every rate whose parts are both reported."""
    found = recompute(figures, indicators)
    names = {
        r.reporter_id: pick(r.reporter_name, r.reporter_name_en)
        for r in figures.drop_duplicates("reporter_id").itertuples()
    }
    words = {r.indicator_id: pick(str(r.name), str(r.name_en)) for r in indicators.itertuples()}
    marks = []
    for pair in found.itertuples():
        label = f"{names[pair.reporter_id]} · {words[pair.indicator_id]}"
        printed = (pair.printed_value, pair.printed_low, pair.printed_high)
        middle = (pair.low + pair.high) / 2
        parts = f"{pair.numerator_id}|{pair.denominator_id}"
        marks.append(_mark(label, _("原文所印"), printed, pair.rate_id, pair.agrees))
        marks.append(_mark(label, _("按分子分母重算"), (middle, pair.low, pair.high), parts, pair.agrees))
    meta = FigureMeta(
        title=_("比率：原文所印与重算对照"),
        unit="%",
        note=_("重算值为分子 ÷ 分母；二者不一致的须核实"),
        reported=Reported(found["reporter_id"].nunique()),
    )
    return Exhibit("pairs", table(marks, "series", "agrees"), meta)


def _mark(label: str, series: str, figure: tuple[float, float, float], ids: str, agrees: bool) -> dict[str, object]:
    value, low, high = figure
    exact = low == high
    return {
        "label": label, "series": series, "value": value, "low": low,
        "high": high if high != float("inf") else float("nan"),
        "qualifier": "exact" if exact else "at_least" if low >= value else "approx",
        "unit": "%", "observation_ids": ids, "agrees": agrees,
    }  # fmt: skip
