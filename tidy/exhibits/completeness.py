"""Who has reported what: reporters against indicator groups."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from tidy.exhibit import Exhibit, FigureMeta
from tidy.exhibits._common import city_name, count_mark, table
from tidy.language import _, pick
from tidy.measures import reported
from tidy.measures.series import tuples
from tidy.schema import GROUPS


def group_name(group: str) -> str:
    """Return an indicator group's name in the reader's language."""
    names = {
        "organisation": _("工会组织"), "membership": _("会员"), "coverage_rate": _("覆盖率"),
        "insurance": _("医疗互助"), "assistance": _("帮扶救助"), "rights": _("维权"),
        "training": _("培训"), "activity": _("活动"), "facility": _("阵地"), "staff": _("队伍"),
        "economy": _("经济"), "pilot_count": _("试点数"),
    }  # fmt: skip
    return names[group]


def completeness(figures: pd.DataFrame, expected: pd.DataFrame) -> Exhibit:
    """Return for each expected reporter and indicator group the number of figures reported.

    ``expected`` holds the reporters who should report; a missing cell has no value, never a zero.
    """
    counts = figures.groupby(["reporter_id", "group"], observed=True)["observation_id"].agg(["size", "|".join])
    groups = [group for group in GROUPS if group != "pilot_count"]
    marks = []
    for reporter in expected.itertuples():
        for group in groups:
            known = (reporter.reporter_id, group) in counts.index
            size, ids = counts.loc[(reporter.reporter_id, group)] if known else (float("nan"), "")
            marks.append(count_mark(pick(str(reporter.name), str(reporter.name_en)), group_name(group), size, ids))
    meta = FigureMeta(
        title=_("填报完整性：各单位已报的指标组"),
        unit=_("个数"),
        note=_("空白为未填报，不是零"),
        reported=reported(figures, expected),
    )
    order = {"rows": [pick(str(r.name), str(r.name_en)) for r in expected.itertuples()],
             "columns": [group_name(group) for group in groups]}  # fmt: skip
    return Exhibit("heatmap", table(marks, "series"), meta, order)


def completeness_by_area(told: pd.DataFrame, expected: pd.DataFrame, by: str) -> Exhibit:
    """Return for each city (or county) and indicator group how many of its reporters have reported.

    For more reporters than a figure has room for; ``told`` has a row a reporter and group that it reported.
    """
    places = dict(tuples(expected, "reporter_id", by))
    known = told[told["reporter_id"].isin(places)]
    counts = Counter((places[who], group) for who, group in set(tuples(known, "reporter_id", "group")))
    groups = [group for group in GROUPS if group != "pilot_count"]
    names = {place: _("{place}（{count} 家）").format(place=city_name(str(place)), count=count)
             for place, count in Counter(places.values()).items()}  # fmt: skip
    marks = [count_mark(name, group_name(group), float(counts.get((place, group), float("nan"))), "")
             for place, name in names.items() for group in groups]  # fmt: skip
    meta = FigureMeta(
        title=_("填报完整性：各地已报各指标组的单位数"),
        unit=_("个数"),
        note=_("空白为无一填报；逐家名单见数据质量的催报"),
        reported=reported(known, expected),
    )
    return Exhibit("heatmap", table(marks, "series"), meta,
                   {"rows": list(names.values()), "columns": [group_name(group) for group in groups]})  # fmt: skip
