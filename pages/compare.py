"""对比与排名: two to six reporters side by side; overlapping intervals are shown as such."""

import streamlit as st

from tidy.language import _
from ui import compare, frame, show

choice = frame.page(_("对比与排名"), _("选 2–6 个单位和一个指标，看两期变化、并列位置与全部排名。"), "compare")
indicator_id = compare.indicator(choice)
if not indicator_id:
    st.info(_("所选范围内没有可比的指标。清除筛选，或换一个城市、年份、类型。"))
else:
    chosen = compare.reporters(choice, indicator_id)
    show.switch("page_compare_view", "view", compare.views(choice, indicator_id, chosen))
