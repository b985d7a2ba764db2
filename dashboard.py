"""The app's entry: shared frame, page list, the chosen page."""

import streamlit as st

from ui import frame, pages

frame.begin()
page = st.navigation(pages.listed(), expanded=True)
frame.sidebar()
frame.run(page)
frame.end()
