"""The reporting calendar: who has reported for which year."""

from __future__ import annotations

import pandas as pd

from tidy.exhibit import Exhibit, FigureMeta
from tidy.exhibits._common import count_mark, table
from tidy.language import _, pick
from tidy.measures import reported


def calendar(figures: pd.DataFrame, expected: pd.DataFrame, subject: str) -> Exhibit:
    """Return for each expected reporter and year how many of its figures end in it.

    Figures without a period stand in a column of their own; reporters without any figure keep
    their empty row, since who has not reported is what the calendar is for. ``subject`` names
    what the figures are about.
    """
    own = figures[figures["reporter_id"].isin(expected["reporter_id"])]
    undated = _("时期未注明")
    when = own["year"].map(lambda year: undated if pd.isna(year) else str(int(year)))
    counts = own.groupby(["reporter_id", when])["observation_id"].agg(["size", "|".join])
    years = sorted(set(when) - {undated}) + ([undated] if undated in set(when) else [])
    names = {r.reporter_id: pick(str(r.name), str(r.name_en)) for r in expected.itertuples()}
    marks = [
        count_mark(name, year, *counts.loc[(reporter_id, year)]) if (reporter_id, year) in counts.index
        else count_mark(name, year, float("nan"), "")
        for reporter_id, name in names.items() for year in years
    ]  # fmt: skip
    meta = FigureMeta(
        _("报送日历：{subject}").format(subject=subject),
        unit=_("个数"),
        note=_("空白为该年没有数，不是零；时期未注明的另列"),
        reported=reported(own, expected),
    )
    return Exhibit("heatmap", table(marks, "series"), meta, {"rows": list(names.values()), "columns": years})
