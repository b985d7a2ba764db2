"""Entering a reporter that the roster does not have, with a reason; from then on its name is recognised everywhere."""

from __future__ import annotations

import hashlib

import streamlit as st

from tidy.exhibits import city_name
from tidy.language import _
from tidy.schema import CITIES, PILOT_LEVELS, PILOT_TYPES, REPORTER_KINDS
from ui import cached
from ui.who import Person
from ui.work import direct, unsaved

NOT_A_PILOT, PROVINCE = "非试点", "浙江省"


def show(person: Person) -> None:
    """Show the form on its own."""
    direct.done()
    st.markdown(
        _("名册里没有的县（市、区）、镇街、园区先在这里登记，写明理由；登记后，表格和报告里的这个名称就认得了。")
    )
    if form("", "register", person):
        st.rerun()


def form(name: str, key: str, person: Person) -> bool:
    """Show the fields for one reporter, ``name`` filled in; return whether it was entered."""
    fields = {
        field: f"{key}_{field}" for field in ("name", "kind", "city", "county", "type", "level", "aliases", "why")
    }
    row = _asked(name, fields)
    reason = st.text_area(
        _("理由（公开在发布说明里）"), height=80, max_chars=400, **unsaved.field(fields["why"])
    ).strip()
    fault = _fault(row, reason)
    if fault:
        st.caption(fault)
    press = st.button(
        direct.label(_("登记并立即生效")), type="primary", disabled=bool(fault), icon=":material/add_business:",
        key=f"{key}_save",
    )  # fmt: skip
    said = {"table": "", "registers": [row], "about": [row["reporter_id"]]}
    if not press or not direct.publish(
        _("登记：{name}").format(name=row["name"]), "registration", said, reason, person
    ):
        return False
    unsaved.forget(*fields.values())
    for field in fields.values():
        st.session_state.pop(field, None)
    return True


def _asked(name: str, fields: dict[str, str]) -> dict[str, str]:
    """The widgets; what they say is a row of the roster."""
    kinds = {"federation": _("工会联合会、总工会"), "pilot": _("试点"), "other": _("其他")}
    left, middle, right = st.columns([3, 2, 2])
    name = left.text_input(_("单位全称"), max_chars=60, **unsaved.field(fields["name"], name)).strip()
    cities = [PROVINCE, *CITIES]
    city = middle.selectbox(
        _("设区市"), cities, format_func=lambda c: _("全省") if c == PROVINCE else city_name(c),
        **unsaved.field(fields["city"], PROVINCE, cities),
    )  # fmt: skip
    county = right.text_input(_("县（市、区）"), max_chars=20, **unsaved.field(fields["county"])).strip()
    first, second, third = st.columns([3, 2, 2])
    kind = first.segmented_control(
        _("种类"), list(kinds), format_func=kinds.get, **unsaved.field(fields["kind"], "federation", REPORTER_KINDS)
    )
    pilot = kind == "pilot"
    own = [one for one in PILOT_TYPES if one != NOT_A_PILOT]
    type_ = second.selectbox(_("试点类型"), own, disabled=not pilot, **unsaved.field(fields["type"], own[0], own))
    level = third.selectbox(
        _("试点层级"), PILOT_LEVELS, disabled=not pilot, **unsaved.field(fields["level"], PILOT_LEVELS[0], PILOT_LEVELS)
    )
    aliases = st.text_input(_("别的写法（用 | 隔开）"), max_chars=200, **unsaved.field(fields["aliases"])).strip()
    return {
        "reporter_id": new_id(name, str(city), county), "name": name, "name_en": name, "kind": str(kind or "federation"),
        "pilot_type": str(type_) if pilot else NOT_A_PILOT, "pilot_level": str(level) if pilot else "",
        "city": str(city), "county": county, "area_code": _area_code(str(city), county), "parent_id": _parent(str(city), county),
        "aliases": aliases, "source_id": "", "locator": "",
    }  # fmt: skip


def new_id(name: str, city: str, county: str) -> str:
    """Return the id of a new reporter: the same for the same place and name, whoever enters it."""
    return f"new-{hashlib.sha256(f'{city}|{county}|{name}'.encode()).hexdigest()[:10]}"


def _area_code(city: str, county: str) -> str:
    known = cached.reference().reporters
    same = known[known["city"].eq(city) & known["county"].eq(county) & known["area_code"].ne("")]
    return str(same["area_code"].iloc[0]) if county and len(same) else CITIES.get(city, "330000")


def _parent(city: str, county: str) -> str:
    """The federation of the county, else of the city, to which the new reporter belongs."""
    known = cached.reference().reporters
    own = known[known["kind"].eq("federation") & known["city"].eq(city) & known["county"].isin([county, ""])]
    nearest = own.sort_values("county", ascending=False, kind="stable")
    return str(nearest["reporter_id"].iloc[0]) if len(own) else ""


def _fault(row: dict[str, str], reason: str) -> str:
    """What keeps the reporter from being entered, in words; empty for nothing."""
    if not row["name"]:
        return _("请写单位全称。")
    if row["name"] in set(cached.reference().reporters["name"]):
        return _("名册里已有“{name}”。").format(name=row["name"])
    return "" if reason else _("请写理由。")
