"""Behind a number of pilots: which they are and where each was printed; from a city on to its counties."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from tidy.exhibit import Exhibit
from tidy.exhibits import city_name, type_name
from tidy.language import _, pick
from ui import build, dialog, drawer, sources
from ui.choice import Choice

MANY = 60
LEVEL, CITY = "page_overview_level", "filter_city"


def pressed(shown: Exhibit, point: dict[str, Any], series: str) -> pd.DataFrame:
    """Return the marks of an exhibit that a press on a chart's point means, none where it cannot be told."""
    key = str((point.get("customdata") or ["", ""])[-1])
    column = "area_code" if "area_code" in shown.table else "label"
    found = shown.table[shown.table[column].astype(str) == key]
    return found[found["series"] == series] if "series" in found and series else found


def behind(mark: Any, choice: Choice) -> pd.DataFrame:
    """Return the pilots that a mark counts, by its city, county and type."""
    found = build.pilots(choice)
    city, kind, code = (str(getattr(mark, name, "") or "") for name in ("city", "pilot_type", "area_code"))
    if city:
        found = found[found["city"] == city]
    elif code:
        found = found[found["area_code"] == code]
    types = {type_name(name): name for name in found["pilot_type"].unique()}
    kind = kind or types.get(str(getattr(mark, "series", "")), "")
    return found[found["pilot_type"] == kind] if kind else found


def counted(shown: Exhibit) -> bool:
    """True for exhibits whose numbers count pilots: nobody printed them, the pilots themselves are the proof."""
    return shown.options.get("behind") == "pilots"


def open_once(key: str, shown: Exhibit, point: dict[str, Any], series: str, choice: Choice) -> None:
    """Open the list behind a pressed number of pilots, once a press."""
    rows = pressed(shown, point, series)
    if len(rows) and drawer.is_new(key, f"{point.get('customdata')}{series}"):
        mark = next(rows.itertuples())
        _open(str(mark.label), behind(mark, choice), lambda: _drill(shown, mark))


def open_all(shown: Exhibit, choice: Choice) -> None:
    """Open the list of all pilots that an exhibit counts."""
    _open(shown.meta.title, build.pilots(choice))


def _open(title: str, pilots: pd.DataFrame, before: Callable[[], None] = lambda: None) -> None:
    def contents() -> None:
        before()
        _list(pilots)

    words = _("{label}：{count} 个试点").format(label=title, count=len(pilots))
    dialog.show(words, contents, width="medium", position="right")


def _drill(shown: Exhibit, mark: Any) -> None:
    """From a city of the map to its counties, and on a map of counties back to the province."""
    if shown.kind != "choropleth":
        return
    if shown.options.get("level") == "city":
        label = _("地图下钻：{city}各县（市、区）").format(city=city_name(mark.city))
        pressed = st.button(label, icon=":material/zoom_in_map:", on_click=_go, args=([mark.city], "county"))
    else:
        pressed = st.button(_("地图回到全省"), icon=":material/zoom_out_map:", on_click=_go, args=([], "city"))
    if pressed:
        st.rerun()


def _go(cities: list[str], level: str) -> None:
    st.session_state[CITY], st.session_state[LEVEL] = cities, level


def _list(pilots: pd.DataFrame) -> None:
    for row in pilots.head(MANY).itertuples():
        with st.container(border=True):
            name = pick(str(row.name), str(row.name_en))
            st.page_link("pages/pilots.py", label=f"**{name}**", query_params={"reporter": row.reporter_id})
            st.caption(
                _("{type} · {city}{county} · 出处：{source}，位置 {locator}").format(
                    type=type_name(row.pilot_type),
                    city=city_name(row.city),
                    county=row.county,
                    source=sources.title(row.source_id),
                    locator=row.locator,
                )
            )
    if len(pilots) > MANY:
        st.caption(_("另有 {count} 个试点，见试点档案。").format(count=len(pilots) - MANY))
