"""The least that a Streamlit page can do: a filter, and three small charts of numbers that need no data."""

import streamlit as st

BARS = 11

st.title("No figures")
chosen = st.multiselect("City", [f"City {n}" for n in range(1, 41)], key="city")
for chart in range(3):
    heights = [len(chosen) + (n + chart) % 5 for n in range(BARS)]
    st.plotly_chart({"data": [{"type": "bar", "x": list(range(BARS)), "y": heights}]}, key=f"chart{chart}")
