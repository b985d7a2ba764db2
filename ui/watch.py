"""What to watch on the quality page: who reports when, and figures that need an answer."""

from __future__ import annotations

import streamlit as st

from tidy import exhibits
from tidy.exhibit import Exhibit
from tidy.exhibits import group_name
from tidy.language import _
from tidy.schema import GROUPS
from ui import address, build, cached, reads, show
from ui.choice import Choice


def calendar(choice: Choice) -> None:
    """Show for which years the chosen pilots have reported a group of indicators."""
    group = _group("calendar")
    nothing = _("所选试点没有填报这一组指标。催报名单见“催报”。")
    show.exhibit(cached.exhibit(_calendar, choice, group), "quality_calendar", empty=nothing)


def anomalies(choice: Choice) -> None:
    """Show the published figures of a group that a careful reader would ask about."""
    group = _group("anomalies")
    nothing = _("这一组没有可疑的数：没有超过上限、与分子分母不符、成倍跳动或远离同类的。")
    show.exhibit(cached.exhibit(_anomalies, choice, group), "quality_anomalies", empty=nothing)


def _group(name: str) -> str:
    key = f"page_quality_{name}"
    address.bind(key, "of", ["", *GROUPS])
    return str(
        st.selectbox(_("指标组"), ["", *GROUPS], key=key, format_func=lambda one: group_name(one) if one else _("全部"))
        or ""
    )


def _wanted(group: str) -> dict[str, tuple[str, ...]]:
    return {"groups": (group,)} if group else {}


def _calendar(choice: Choice, group: str) -> Exhibit:
    subject = group_name(group) if group else _("全部指标")
    return exhibits.calendar(reads.figures(choice, **_wanted(group)), build.pilots(choice), subject)


def _anomalies(choice: Choice, group: str) -> Exhibit:
    return exhibits.anomalies(reads.figures(choice, **_wanted(group)), cached.reference(choice).indicators)
