"""Choosing a page to add: which figure, of which indicator, with which filters; or headline numbers; or text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from tidy.exhibits import city_name, group_name, type_name
from tidy.language import _, pick
from tidy.schema import CITIES, GROUPS, PILOT_TYPES
from ui import cached, reads
from ui.choice import Choice
from ui.filters import level_name
from ui.stage.arrangement import Planned, planned

LEVELS = ("省级", "市级", "县级", "市县级")
# What each builder needs besides an indicator.
WITH: dict[str, dict[str, Any]] = {
    "slope": {"reporter_ids": "dated"},
    "pilots_map": {"level": "city"},
    "latest": {"most": 8},
}
WITHOUT_INDICATOR = (
    "pilots_by_type",
    "pilots_by_city",
    "pilots_map",
    "completeness",
    "printed_and_recomputed",
    "latest",
)


def kinds() -> dict[str, str]:
    """Return what a page can show, by the name of its builder."""
    return {
        "by_city": _("各市条形图"), "by_type": _("各类型条形图"), "ranking": _("排名"),
        "dots": _("分布"), "city_map": _("分市地图"), "over_time": _("历年走势"), "small_multiples": _("各市历年小图"),
        "slope": _("两期变化"), "latest": _("最近一期数据表"), "pilots_by_type": _("试点按类型"),
        "pilots_by_city": _("试点按城市"), "pilots_map": _("试点地图"), "completeness": _("填报完整性"),
        "printed_and_recomputed": _("印数与重算"), "cards": _("主要数字"), "text": _("文字"),
    }  # fmt: skip


def add(keep: Callable[[Planned], None], choice: Choice) -> None:
    """Let the presenter choose a page; ``keep`` takes it."""
    names = kinds()
    kind = str(st.selectbox(_("这一页放什么"), list(names), key="stage_kind", format_func=lambda one: names[one]))
    declared = _declared(kind, choice)
    title = st.text_input(_("标题（不填时用数据自带的）"), key="stage_new_title", max_chars=80).strip()
    own = filters("new", Choice())
    ready = declared is not None and (kind not in ("text", "cards") or bool(title))
    if not ready:
        st.caption(_("主要数字和文字要有标题。"))
    if st.button(_("加入"), type="primary", disabled=not ready, key="stage_add_button"):
        one = planned(declared or {}, own)
        keep(one.saying(title=title) if title else one)
        st.rerun()


def _declared(kind: str, choice: Choice) -> dict[str, Any] | None:
    """Return the declaration of a page of this kind, ``None`` while something is missing."""
    if kind == "text":
        said = str(st.text_area(_("文字（一行一条）"), key="stage_new_text"))
        lines = [line.strip() for line in said.splitlines() if line.strip()]
        return {"text": lines} if lines else None
    if kind == "cards":
        groups = st.multiselect(_("指标组"), GROUPS, key="stage_groups", format_func=group_name, placeholder=_("全部"))
        return {"cards": {"groups": list(groups), "most": 6}}
    given = dict(WITH.get(kind, {}))
    if kind not in WITHOUT_INDICATOR:
        given["indicator_id"] = _indicator(choice)
    return {"builder": kind, "with": given}


def _indicator(choice: Choice) -> str:
    counts = reads.indicator_counts(choice, GROUPS)
    known = cached.reference(choice).indicators.set_index("indicator_id")

    def name(one: str) -> str:
        return f"{pick(str(known.loc[one, 'name']), str(known.loc[one, 'name_en']))} ({counts[one]})"

    return str(st.selectbox(_("指标"), list(counts), key="stage_indicator", format_func=name))


def filters(key: str, now: Choice) -> Choice:
    """Let the presenter narrow one slide; what is left empty follows the filters of the page."""
    with st.expander(_("这一页的筛选（不选则随左侧筛选）")):
        return Choice(
            cities=_many(_("设区市"), CITIES, city_name, f"{key}_city", now.cities),
            years=_many(_("年份"), cached.years(), str, f"{key}_year", now.years),
            types=_many(_("试点类型"), PILOT_TYPES, type_name, f"{key}_type", now.types),
            levels=_many(_("试点层级"), LEVELS, level_name, f"{key}_level", now.levels),
        )


def _many(label: str, options: Any, name: Callable[[Any], str], key: str, now: tuple[Any, ...]) -> tuple[Any, ...]:
    known = list(options)
    chosen = [one for one in now if one in known]
    return tuple(st.multiselect(label, known, chosen, key=f"stage_{key}", format_func=name, placeholder=_("全部")))
