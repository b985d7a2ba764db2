"""The shared filters in the sidebar: city, year, pilot type, level, vintage."""

from __future__ import annotations

import streamlit as st

from tidy.exhibits import city_name, type_name
from tidy.language import _, listed
from tidy.schema import CITIES, PILOT_TYPES
from ui import address, cached
from ui.choice import Choice

KEYS = ("filter_city", "filter_year", "filter_type", "filter_level")


def level_name(level: str) -> str:
    """Return a pilot level's name in the reader's language."""
    names = {"省级": _("省级"), "市级": _("市级"), "县级": _("县级"), "市县级": _("市、县级（原文未分）")}
    return names[level]


def choose() -> Choice:
    """Show the filters in the sidebar and return what is chosen."""
    with st.sidebar.container(key="filters"):
        st.markdown(f"**{_('筛选')}**")
        choice = Choice(
            cities=_many("filter_city", "city", _("设区市"), list(CITIES), city_name),
            years=_many("filter_year", "year", _("年份"), _years(), str),
            types=_many("filter_type", "type", _("试点类型"), list(PILOT_TYPES), type_name),
            levels=_many("filter_level", "level", _("试点层级"), ["省级", "市级", "县级", "市县级"], level_name),
            as_of=_vintage(),
        )
        if not choice.everything:
            st.button(_("清除筛选"), on_click=address.clear, args=KEYS, icon=":material/filter_alt_off:")
    return choice


def _many(key: str, parameter: str, label: str, options: list, name) -> tuple:  # type: ignore[no-untyped-def, type-arg]
    address.bind(key, parameter, options, many=True)
    return tuple(st.multiselect(label, options, key=key, format_func=name, placeholder=_("全部")))


def _years() -> list[int]:
    years = cached.years()
    return [int(year) for year in years]


def _vintage() -> str:
    """The vintage: as known now, or after an earlier release."""
    releases = cached.releases()
    if len(releases) < 2:
        return ""
    days = sorted({release.at.date().isoformat() for release in releases}, reverse=True)
    address.bind("filter_as_of", "asof", ["", *days])
    return str(
        st.selectbox(
            _("数据版本"),
            ["", *days],
            key="filter_as_of",
            format_func=lambda day: _("截至 {day} 所知").format(day=day) if day else _("最新"),
        )
        or ""
    )


def summary(choice: Choice) -> str:
    """Return the choice in words: 嘉兴市 · 2017 · 园区; empty when nothing is narrowed."""
    parts = [
        listed(city_name(city) for city in choice.cities),
        listed(str(year) for year in choice.years),
        listed(type_name(kind) for kind in choice.types),
        listed(level_name(level) for level in choice.levels),
        _("截至 {day} 所知").format(day=choice.as_of) if choice.as_of else "",
    ]
    return " · ".join(part for part in parts if part)
