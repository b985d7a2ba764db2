"""What an analyst writes in an afternoon: the same table, pandas, Streamlit's cache, plotly.express."""

import os

import pandas as pd
import plotly.express as px
import streamlit as st


@st.cache_data
def load():
    return pd.read_parquet(os.environ["BENCH_TABLE"])


figures = load()
st.title("Figures")
cities = st.multiselect("City", sorted(figures["city"].dropna().unique()), key="city")
kinds = st.multiselect("Type", sorted(figures["pilot_type"].dropna().unique()))
indicator = st.selectbox("Indicator", sorted(figures["indicator_id"].unique()))
if cities:
    figures = figures[figures["city"].isin(cities)]
if kinds:
    figures = figures[figures["pilot_type"].isin(kinds)]
figures = figures[figures["indicator_id"] == indicator]
st.plotly_chart(
    px.bar(figures.groupby(["city", "year"], as_index=False)["value"].sum(), x="city", y="value", color="year")
)
st.plotly_chart(px.bar(figures.groupby("pilot_type", as_index=False)["value"].sum(), x="pilot_type", y="value"))
st.plotly_chart(px.line(figures.groupby("year", as_index=False)["value"].sum(), x="year", y="value"))
