"""试点档案: search a reporter, see all its figures by group, compare it with its type and city."""

import streamlit as st

from tidy.language import _
from ui import frame, profile

choice = frame.page(_("试点档案"), _("一个单位的全部数字：时期、原文短语、出处与发布批次。"), "pilots")
reporter_id = profile.search(choice)
if reporter_id:
    profile.show_reporter(choice, reporter_id)
else:
    st.info(_("没有符合条件的单位。清除筛选，或换一个名称、拼音、首字母。"))
