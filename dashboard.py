"""The app's entry: shared frame, page list, the chosen page."""

import streamlit as st

from ui import frame, pages, turns

frame.begin()
page = st.navigation(pages.listed(), expanded=True)
with turns.turn(page.url_path):
    frame.sidebar()
    frame.run(page)
    frame.end()
