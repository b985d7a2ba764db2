"""A page about one group of indicators: choose an indicator, then a view of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import streamlit as st

from tidy.language import _
from ui import address, build, cached, reading, reads, show, targets
from ui.choice import Choice


@dataclass(frozen=True, slots=True)
class Topic:
    """What a topic page is about: its name in the address, its groups, its first indicators."""

    name: str
    groups: tuple[str, ...]
    first: tuple[str, ...]


View = Callable[[Choice, str, str], None]


def show_topic(topic: Topic, choice: Choice) -> None:
    """Show the indicator chooser, the sentence read from the data and the chosen view."""
    indicator_id = _indicator(topic, choice)
    if not indicator_id:
        st.info(_("所选范围内没有这一组指标的数据。清除筛选，或换一个城市、年份、类型。"))
        return
    view = f"page_{topic.name}_view"
    shown = [(make, choice, indicator_id) for make in (build.by_city, build.by_type, build.over_time)]
    cached.ahead(
        (reading.sentence, choice, indicator_id), *(shown if st.session_state.get(view) in (None, "summary") else ())
    )
    st.markdown(cached.made(reading.sentence, choice, indicator_id))
    views = {name: (words, partial(view, choice, indicator_id, topic.name)) for name, (words, view) in _views().items()}
    views["targets"] = (_("目标"), partial(targets.view, choice, indicator_id, topic.name, topic.groups))
    show.switch(view, "view", views)


def _indicator(topic: Topic, choice: Choice) -> str:
    """Let the reader choose among the group's indicators, those with most figures first."""
    counts = reads.indicator_counts(choice, topic.groups)
    if not counts:
        return ""
    order = [i for i in topic.first if i in counts] + [i for i in counts if i not in topic.first]
    names = cached.indicator_names(choice)
    key = f"page_{topic.name}_indicator"
    words = _("{name}（{count} 个数）")
    labels = {one: words.format(name=names[one], count=counts[one]) for one in order}
    address.bind(key, "indicator", order, words=labels.get)
    return str(st.selectbox(_("指标"), order, key=key, format_func=labels.__getitem__))


def _views() -> dict[str, tuple[str, View]]:
    return {
        "summary": (_("概览"), _summary),
        "ranking": (_("排名"), _one(build.ranking, "ranking")),
        "spread": (_("分布"), _one(build.dots_by_city, "spread")),
        "map": (_("地图"), _one(build.city_map, "map")),
        "cities": (_("各市年度"), _one(build.small_multiples, "cities")),
        "player": (_("逐年播放"), _one(build.player, "player")),
        "rates": (_("印数与重算"), _rates),
    }


def _summary(choice: Choice, indicator_id: str, name: str) -> None:
    left, right = st.columns(2)
    with left:
        show.exhibit(cached.exhibit(build.by_city, choice, indicator_id), f"{name}_city")
    with right:
        show.exhibit(cached.exhibit(build.by_type, choice, indicator_id), f"{name}_type")
    nothing = _("这个指标没有注明时期的数据，不能放上时间轴；见排名与表格。")
    show.exhibit(cached.exhibit(build.over_time, choice, indicator_id), f"{name}_time", empty=nothing)


def _one(make: Callable[..., object], view: str) -> View:
    def one(choice: Choice, indicator_id: str, name: str) -> None:
        show.exhibit(cached.exhibit(make, choice, indicator_id), f"{name}_{view}")  # type: ignore[arg-type]

    return one


def _rates(choice: Choice, indicator_id: str, name: str) -> None:
    show.exhibit(cached.exhibit(build.pairs, choice), f"{name}_rates")
