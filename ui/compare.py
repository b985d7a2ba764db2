"""The parts of the compare page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from tidy import exhibits
from tidy.exhibit import Exhibit
from tidy.exhibits.fewer import both_ends, of_first
from tidy.language import _, pick
from tidy.schema import GROUPS
from ui import address, build, cached, show
from ui.choice import Choice
from ui.prefer import first_choice

MOST = 6


def indicator(choice: Choice) -> str:
    """Let the reader choose an indicator that at least two reporters have; empty when there is none."""
    counts = cached.indicator_counts(choice, GROUPS)
    ids = first_choice(name for name, count in counts.items() if count > 1)
    if not ids:
        return ""
    known = cached.reference(choice).indicators.set_index("indicator_id")
    address.bind("page_compare_indicator", "indicator", ids)
    return str(
        st.selectbox(
            _("指标"),
            ids,
            key="page_compare_indicator",
            format_func=lambda i: f"{pick(known.loc[i, 'name'], known.loc[i, 'name_en'])} ({counts[i]})",
        )
    )


def reporters(choice: Choice, indicator_id: str) -> tuple[str, ...]:
    """Let the reader choose up to six of the reporters that have the indicator."""
    rows = cached.of_indicators(choice, (indicator_id,)).drop_duplicates("reporter_id")
    names = {row.reporter_id: pick(row.reporter_name, row.reporter_name_en) for row in rows.itertuples()}
    address.bind("page_compare_reporters", "who", list(names), many=True)
    chosen = st.multiselect(
        _("单位（2–6 个；不选为全部）"),
        list(names),
        key="page_compare_reporters",
        format_func=lambda i: names.get(i, i),
        max_selections=MOST,
        placeholder=_("全部"),
    )
    return tuple(chosen)


def views(choice: Choice, indicator_id: str, who: tuple[str, ...]) -> dict[str, tuple[str, Callable[[], None]]]:
    """Return the views: slope, dumbbell, ranking, table."""
    nothing = _("所选单位没有两个时期的同类数据。换一个指标（如医疗互助参保人数），或看并列与排名。")

    def shown(name: str, make: Callable[..., Exhibit], empty: str = "") -> Callable[[], None]:
        return partial(_show, f"compare_{name}", make, choice, indicator_id, who, empty)

    return {
        "ranking": (_("排名"), shown("ranking", _ranking)),
        "dumbbell": (_("两期并列"), shown("dumbbell", _dumbbell, nothing)),
        "slope": (_("两期变化"), shown("slope", _slope, nothing)),
        "table": (_("表格"), shown("table", _table)),
    }


def _show(
    key: str, make: Callable[..., Exhibit], choice: Choice, indicator_id: str, who: tuple[str, ...], empty: str
) -> None:
    show.exhibit(cached.exhibit(make, choice, indicator_id, who), key, empty=empty)


def _ids(choice: Choice, indicator_id: str, who: tuple[str, ...]) -> tuple[str, ...]:
    return who or tuple(cached.of_indicators(choice, (indicator_id,))["reporter_id"].unique())


def _ranking(choice: Choice, indicator_id: str, who: tuple[str, ...]) -> Exhibit:
    known = cached.reference(choice)
    figures = cached.of_indicators(choice, (indicator_id,))
    figures = figures[figures["reporter_id"].isin(_ids(choice, indicator_id, who))]
    made = exhibits.ranking(figures, indicator_id, known.indicators, build.expected(choice, known.reporters))
    return both_ends(made, build.RANKED)


def _dumbbell(choice: Choice, indicator_id: str, who: tuple[str, ...]) -> Exhibit:
    return _two_times(exhibits.dumbbell, choice, indicator_id, who)


def _slope(choice: Choice, indicator_id: str, who: tuple[str, ...]) -> Exhibit:
    return _two_times(exhibits.slope, choice, indicator_id, who)


def _two_times(make: Callable[..., Exhibit], choice: Choice, indicator_id: str, who: tuple[str, ...]) -> Exhibit:
    figures, everybody = _over_time(choice, indicator_id, who, build.LINES)
    indicators = cached.reference(choice).indicators
    made = make(figures, indicator_id, indicators, tuple(figures["reporter_id"].unique()))
    return of_first(made, min(build.LINES, everybody), everybody)


def _over_time(choice: Choice, indicator_id: str, who: tuple[str, ...], most: int) -> tuple[pd.DataFrame, int]:
    """The figures of the chosen reporters, else of the first few, and of how many these were taken."""
    if who:
        return cached.of_reporters(choice, indicator_id, who), len(who)
    return build.few(choice, indicator_id, most)


def _table(choice: Choice, indicator_id: str, who: tuple[str, ...]) -> Exhibit:
    figures, everybody = _over_time(choice, indicator_id, who, build.LINES)
    figures = figures[figures["reporter_id"].isin(who)] if who else figures
    known = cached.reference(choice)
    made = exhibits.crosstab(figures, "reporter_id", "period", known.indicators, known.reporters)
    return of_first(made, min(build.LINES, everybody), everybody)
