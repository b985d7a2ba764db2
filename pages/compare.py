"""对比与排名: two to six reporters or cities side by side; overlapping intervals are shown as such."""

import streamlit as st

from tidy.language import _
from tidy.schema import CITIES
from ui import compare, frame, show

choice = frame.page(
    _("对比与排名"), _("选 2–6 个单位或城市、1–4 个指标、两个时期，看变化、并列位置与排名。"), "compare"
)
indicator_ids = compare.indicators(choice)
if not indicator_ids:
    st.info(_("选一个指标就能比较。没有可选的指标时，清除筛选，或换一个城市、年份、类型。"))
elif compare.by_cities():
    asked = compare.Asked(cities=compare.cities() or choice.cities or tuple(CITIES))
    show.switch("page_compare_view", "view", compare.views(choice, indicator_ids, asked))
else:
    asked = compare.Asked(reporters=compare.reporters(choice, indicator_ids), pair=compare.pair(choice, indicator_ids))
    show.switch("page_compare_view", "view", compare.views(choice, indicator_ids, asked))
