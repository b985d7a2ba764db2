"""总览: headline cards, the map, pilots by type and city, Jiaxing's insurance, completeness."""

import streamlit as st

from tidy.language import _
from ui import build, cached, cards, doubts, frame, headlines, show, targets, welcome

choice = frame.page(
    _("浙江省基层工会改革试点 · 总览"),
    _("83 个新业态试点与嘉兴、海宁、南湖的报告。每个数都可点开，看它印在哪里。"),
    "overview",
)
welcome.show()
headline = (headlines.cards, choice, targets.declared())
over_time = (build.over_time, choice, "insurance_enrolment")
by_type, by_city = (build.pilots_by_type, choice.always), (build.pilots_by_city, choice.always)
completeness = (build.completeness_by_city, choice)
cached.ahead(headline, over_time, by_type, by_city, completeness)
cards.show(cached.made(*headline), "overview")

left, right = st.columns([6, 5])
with left:
    level = show.level_switch("page_overview_level")
    show.exhibit(cached.exhibit(build.pilots_map, choice.always, level), "overview_map")
with right:
    show.exhibit(cached.exhibit(*by_type), "overview_types")
show.exhibit(cached.exhibit(*by_city), "overview_cities")
show.exhibit(cached.exhibit(*over_time), "overview_insurance")
doubts.show(choice)
show.exhibit(cached.exhibit(*completeness), "overview_completeness")
