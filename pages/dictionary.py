"""指标口径: every indicator's definition, the printed qualifiers, the classes of the pilots."""

import streamlit as st

from tidy.language import _
from ui import dictionary, frame, targets

choice = frame.page(_("指标口径"), _("指标怎么定义、单位是什么、限定词怎么读、试点怎么归类。"), "dictionary")
dictionary.indicators(choice)
st.header(_("目标"), anchor=False)
targets.section()
st.header(_("限定词的含义"), anchor=False)
dictionary.qualifiers()
st.header(_("算数的规矩"), anchor=False)
dictionary.rules()
st.header(_("试点的归类及依据"), anchor=False)
dictionary.classes(choice)
st.header(_("材料"), anchor=False)
dictionary.sources(choice)
