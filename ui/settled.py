"""Streamlit's settings of the theme, read once: it goes through all its settings six times for every run of a page."""

from __future__ import annotations

from functools import cache

from streamlit import config


def remember() -> None:
    """Answer from memory what the settings of a section are, until the settings are read anew."""
    read = cache(config.get_options_for_section)
    config.get_options_for_section = read
    config.on_config_parsed(read.cache_clear, force_connect=True)
