"""总览: headline cards, the map, pilots by type and city, Jiaxing's insurance, completeness."""

import streamlit as st

from tidy.language import _
from ui import build, cached, cards, doubts, frame, headlines, show, welcome

choice = frame.page(
    _("浙江省基层工会改革试点 · 总览"),
    _("83 个新业态试点与嘉兴、海宁、南湖的报告。每个数都可点开，看它印在哪里。"),
    "overview",
)
welcome.show()
cards.show(headlines.cards(choice), "overview")

left, right = st.columns([6, 5])
with left:
    level = show.level_switch("page_overview_level")
    show.exhibit(cached.exhibit(build.pilots_map, choice.always, level), "overview_map")
with right:
    show.exhibit(cached.exhibit(build.pilots_by_type, choice.always), "overview_types")
show.exhibit(cached.exhibit(build.pilots_by_city, choice.always), "overview_cities")
show.exhibit(cached.exhibit(build.over_time, choice, "insurance_enrolment"), "overview_insurance")
doubts.show(choice)
show.exhibit(cached.exhibit(build.completeness_by_city, choice), "overview_completeness")
