"""A table of the latest figures of all reporters at hand, indicator by indicator."""

from __future__ import annotations

import pandas as pd

from tidy import periods
from tidy.exhibit import Exhibit, FigureMeta
from tidy.exhibits._common import mark, reporter_label, span_of, statements, table
from tidy.language import _, pick
from tidy.measures import Reported
from tidy.schema import GROUPS


def latest(figures: pd.DataFrame, indicators: pd.DataFrame, most: int = 8) -> Exhibit:
    """Return the figures of the latest year as a table, federations before pilots, at most ``most`` rows.

    What is left out for want of room is counted in the note.
    """
    results = figures[figures["measure"] != "target"]
    rows = statements(results[results["scope"] == ""] if "scope" in results else results)
    known = {row.indicator_id: row for row in indicators.itertuples()}
    order = {group: place for place, group in enumerate(GROUPS)}
    ranked = rows.assign(
        _year=-rows["year"].astype(float).fillna(0),
        _kind=rows["kind"] != "federation",
        _group=rows["group"].map(order),
    ).sort_values(["_year", "_kind", "_group", "indicator_id", "observation_id"], kind="stable")
    once = ranked.drop_duplicates(["reporter_id", "indicator_id"])
    marks = [
        mark(
            pick(str(known[r.indicator_id].name), str(known[r.indicator_id].name_en)),
            r,
            reporter=reporter_label(r),
            when=periods.label(r.period),
        )
        for r in once.head(most).itertuples()
        if r.indicator_id in known
    ]
    return Exhibit("table", table(marks, "reporter", "when"), _meta(once, len(marks)), _columns())


def _columns() -> dict[str, object]:
    return {"label": _("指标"), "columns": {"reporter": _("填报单位"), "when": _("时期")}}


def _meta(rows: pd.DataFrame, shown: int) -> FigureMeta:
    more = _("共 {count} 项，列出最近的 {shown} 项").format(count=len(rows), shown=shown)
    return FigureMeta(
        title=_("最近一期的主要数据"),
        subtitle=span_of(rows),
        note=more if len(rows) > shown else "",
        reported=Reported(int(rows["reporter_id"].nunique())),
    )
