"""The parts of the compare page: who, which indicators, which two periods, seen how."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from tidy import exhibits, periods
from tidy.exhibit import Exhibit
from tidy.exhibits import city_name
from tidy.language import _, pick
from tidy.measures import points
from tidy.measures.series import tuples
from tidy.schema import CITIES, GROUPS
from ui import address, build, cached, prefer, reads, show
from ui.choice import Choice

MOST = 6
INDICATORS = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """What is compared: reporters (none: all that have reported), or cities, and at which two periods."""

    reporters: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    pair: tuple[str, ...] = ()


def indicators(choice: Choice) -> tuple[str, ...]:
    """Let the reader choose up to four indicators that at least two figures state; empty when there is none."""
    counts = reads.indicator_counts(choice, GROUPS)
    ids = prefer.first_choice(name for name, count in counts.items() if count > 1)
    if not ids:
        return ()
    return prefer.indicators(choice, ids, "page_compare_indicator", "indicator", _("指标（1–4 个）"), INDICATORS)


def by_cities() -> bool:
    """Let the reader compare whole cities, or single reporters."""
    key, names = "page_compare_of", {"reporters": _("填报单位"), "cities": _("设区市")}
    address.bind(key, "of", list(names))
    chosen = st.segmented_control(
        _("比什么"),
        list(names),
        key=key,
        format_func=names.get,
        **_first(key, "reporters"),
        label_visibility="collapsed",
    )
    return chosen == "cities"


def _first(key: str, value: str) -> dict[str, str]:
    return {} if key in st.session_state else {"default": value}


def cities() -> tuple[str, ...]:
    """Let the reader choose two to six cities; none chosen are all."""
    address.bind("page_compare_cities", "cities", list(CITIES), many=True)
    return tuple(
        st.multiselect(
            _("设区市（2–6 个；不选为全部）"),
            list(CITIES),
            key="page_compare_cities",
            format_func=city_name,
            max_selections=MOST,
            placeholder=_("全部"),
        )
    )


def reporters(choice: Choice, indicator_ids: tuple[str, ...]) -> tuple[str, ...]:
    """Let the reader choose up to six of the reporters that have some of the indicators."""
    names: dict[str, str] = cached.made(_having, choice, indicator_ids)
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


def _having(choice: Choice, indicator_ids: tuple[str, ...]) -> dict[str, str]:
    """The names of the reporters that have some of the indicators."""
    rows = reads.of_indicators(choice, indicator_ids).drop_duplicates("reporter_id")
    told = tuples(rows, "reporter_id", "reporter_name", "reporter_name_en")
    return {one: pick(name, english) for one, name, english in told}


def pair(choice: Choice, indicator_ids: tuple[str, ...]) -> tuple[str, ...]:
    """Let the reader choose the earlier and the later period; left alone, the first and the last that most share."""
    known = cached.made(_stated, choice, indicator_ids)
    if len(known) < 2:
        return ()
    left, right = st.columns(2)
    with left:
        first = _period("from", _("前一时期"), known)
    with right:
        last = _period("to", _("后一时期"), known)
    return (first, last) if first and last and first != last else ()


def _stated(choice: Choice, indicator_ids: tuple[str, ...]) -> tuple[str, ...]:
    few = (reads.few(choice, one)[0] for one in indicator_ids)
    return tuple(sorted({period for rows in few for period in points(rows)["period"]}))


def _period(name: str, label: str, known: tuple[str, ...]) -> str:
    key = f"page_compare_{name}"
    address.bind(key, name, ["", *known])
    return str(
        st.selectbox(label, ["", *known], key=key, format_func=lambda p: periods.label(p) if p else _("自动")) or ""
    )


Make = Callable[[Choice, str, Asked], Exhibit]


def views(choice: Choice, ids: tuple[str, ...], asked: Asked) -> dict[str, tuple[str, Callable[[], None]]]:
    """Return the views: of reporters ranking, dumbbell and slope; of cities bars and years; a table of both."""
    nothing = _("所选单位没有两个时期的同类数据。换一个指标（如医疗互助参保人数），或看并列与排名。")
    each: dict[str, tuple[str, Make, str]] = {
        "ranking": (_("排名"), _ranking, ""),
        "dumbbell": (_("两期并列"), _dumbbell, nothing),
        "slope": (_("两期变化"), _slope, nothing),
    }
    if asked.cities:
        each = {
            "bars": (_("各市条形图"), _bars, ""),
            "years": (_("各市年度"), _years, _("所选城市的这个指标没有注明时期的数据。")),
        }
    made = {
        name: (words, partial(_each, name, make, choice, ids, asked, empty))
        for name, (words, make, empty) in each.items()
    }
    made["table"] = (_("表格"), partial(_together, choice, ids, asked))
    return made


def _each(name: str, make: Make, choice: Choice, ids: tuple[str, ...], asked: Asked, empty: str) -> None:
    for indicator_id in ids:
        key = f"compare_{name}" if indicator_id == ids[0] else f"compare_{name}_{indicator_id}"
        show.exhibit(cached.exhibit(make, choice, indicator_id, asked), key, empty=empty)


def _together(choice: Choice, ids: tuple[str, ...], asked: Asked) -> None:
    show.exhibit(cached.exhibit(_table, choice, ids, asked), "compare_table")


def _ids(choice: Choice, indicator_id: str, asked: Asked) -> tuple[str, ...]:
    return asked.reporters or tuple(reads.few(choice, indicator_id)[0]["reporter_id"].unique())


def _ranking(choice: Choice, indicator_id: str, asked: Asked) -> Exhibit:
    if not asked.reporters:
        return build.ranking(choice, indicator_id)
    known = cached.reference(choice)
    figures = reads.of_reporters(choice, indicator_id, asked.reporters)
    return exhibits.ranking(figures, indicator_id, known.indicators, build.expected(choice))


def _dumbbell(choice: Choice, indicator_id: str, asked: Asked) -> Exhibit:
    who = _ids(choice, indicator_id, asked)
    figures = reads.of_reporters(choice, indicator_id, who)
    return exhibits.dumbbell(figures, indicator_id, cached.reference(choice).indicators, who, asked.pair)


def _slope(choice: Choice, indicator_id: str, asked: Asked) -> Exhibit:
    who = _ids(choice, indicator_id, asked)
    figures = reads.of_reporters(choice, indicator_id, who)
    return exhibits.slope(figures, indicator_id, cached.reference(choice).indicators, who, asked.pair)


def _bars(choice: Choice, indicator_id: str, asked: Asked) -> Exhibit:
    return build.by_city(replace(choice, cities=asked.cities), indicator_id)


def _years(choice: Choice, indicator_id: str, asked: Asked) -> Exhibit:
    return build.small_multiples(replace(choice, cities=asked.cities), indicator_id)


def _table(choice: Choice, indicator_ids: tuple[str, ...], asked: Asked) -> Exhibit:
    """One indicator by period; several side by side."""
    known = cached.reference(choice)
    narrowed = replace(choice, cities=asked.cities) if asked.cities else choice
    figures = reads.of_indicators(narrowed, indicator_ids, ("period",))
    if asked.reporters:
        figures = figures[figures["reporter_id"].isin(asked.reporters)]
    rows = "city" if asked.cities else "reporter_id"
    columns = "period" if len(indicator_ids) == 1 else "indicator_id"
    return exhibits.crosstab(figures, rows, columns, known.indicators, known.reporters)
