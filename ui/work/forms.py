"""Forms to send out: one workbook, or a zip with one a city or county, prefilled with the last known figures."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from loaders.refusal import Refused
from loaders.template.form import design
from loaders.template.write import write
from tidy import language, periods
from tidy.exhibits import city_name, group_name
from tidy.language import _
from tidy.schema import CITIES, GROUPS, Reference
from ui import cached, reads
from ui.choice import Choice
from ui.work import unsaved

ONE, BY_CITY, BY_COUNTY = "one", "city", "county"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show() -> None:
    """Let the person choose groups, cities and the period, and fetch the forms."""
    st.markdown(_("选好指标组、范围和时期，生成填报表。表里带上期数、下拉选项和口径；收回后直接上传，程序认得它。"))
    usual = ["organisation", "membership"]
    groups = st.multiselect(_("指标组"), GROUPS, format_func=group_name, **unsaved.field("forms_groups", usual, GROUPS))
    left, middle = st.columns([3, 2])
    cities = left.multiselect(
        _("设区市"),
        list(CITIES),
        format_func=city_name,
        placeholder=_("全省"),
        **unsaved.field("forms_cities", [], CITIES),
    )
    period = middle.text_input(
        _("统计时期"),
        help=_("写成 2017、2018-H1、2018-Q3 或 2018-09"),
        **unsaved.field("forms_period", str(date.today().year)),
    )
    kinds = {ONE: _("一份工作簿"), BY_CITY: _("每市一份（zip）"), BY_COUNTY: _("每县（市、区）一份（zip）")}
    kind = (
        st.segmented_control(_("怎么分"), list(kinds), format_func=kinds.get, **unsaved.field("forms_kind", ONE, kinds))
        or ONE
    )
    fault = _fault(groups, period.strip(), cities, kind)
    if fault:
        st.info(fault)
        return
    said, name = language.current(), f"{_('填报表')}-{period.strip().replace('/', '_')}"
    ending = "xlsx" if kind == ONE else "zip"

    def make() -> bytes:
        with language.using(said):
            return files(kind, tuple(groups), tuple(cities), period.strip())

    st.download_button(
        _("生成并下载"), make, file_name=f"{name}.{ending}", mime=SHEET if kind == ONE else "application/zip",
        type="primary", icon=":material/download:", key="forms_get", on_click="ignore",
    )  # fmt: skip


def _fault(groups: list[str], period: str, cities: list[str], kind: str) -> str:
    if not groups:
        return _("请选择至少一个指标组。")
    if not period or not periods.is_valid(period):
        return _("时期“{period}”无法识别。").format(period=period)
    if kind == ONE and len(cities) > 1:
        return _("一份工作簿只能是一个市或全省；选了几个市，请改为每市一份。")
    return ""


def files(kind: str, groups: tuple[str, ...], cities: tuple[str, ...], period: str) -> bytes:
    """Return one workbook, or a zip of workbooks by city or county; raise ``Refused`` where nobody is to report."""
    reference, published = cached.reference(), reads.figures(Choice())
    if kind == ONE:
        form = design(groups, period, reference, city=cities[0] if cities else "", published=published)
        return write(form, reference)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, city, narrowed in _places(kind, reference, cities or tuple(CITIES)):
            try:
                form = design(groups, period, narrowed, city=city, published=published)
            except Refused:  # a city without a single registered reporter gets no form
                continue
            archive.writestr(f"{name}-{period.replace('/', '_')}.xlsx", write(form, narrowed))
    return buffer.getvalue()


def _places(kind: str, reference: Reference, cities: tuple[str, ...]) -> Iterator[tuple[str, str, Reference]]:
    """Yield (file name, city, the reference tables with the reporters of that place)."""
    reporters = reference.reporters
    for city in cities:
        if kind == BY_CITY:
            yield city, city, reference
            continue
        own = reporters[reporters["city"].eq(city) & reporters["county"].ne("")]
        federation = reporters[
            reporters["city"].eq(city) & reporters["county"].eq("") & reporters["kind"].eq("federation")
        ]
        for county in own.loc[own["kind"].eq("pilot"), "county"].unique():
            here = own[own["county"].eq(county)]
            narrowed = pd.concat([here, federation])
            yield f"{city}{county}", city, replace(reference, reporters=narrowed.reset_index(drop=True))
