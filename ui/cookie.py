"""Keeps a small fact on the reader's own computer: which name they work under, what they have put away."""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st

KEEP = """export default function({ data }) {
  if (data.value) document.cookie = `${data.cookie}=${data.value}; path=/; max-age=31536000; SameSite=Strict`;
}"""
_keep = st.components.v2.component("pilots.keep", js=KEEP)


def keep(cookie: str, value: str) -> None:
    """Keep a value in a cookie of this computer for a year; nothing happens for an empty one."""
    _keep(data={"cookie": cookie, "value": quote(value)}, key=f"keep_{cookie}")
