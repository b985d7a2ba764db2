"""The settings that every run of a page sends: read once, and anew when they change."""

from __future__ import annotations

import pytest
from streamlit import config

from ui import settled


@pytest.fixture
def untouched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give Streamlit its own function back afterwards."""
    monkeypatch.setattr(config, "get_options_for_section", config.get_options_for_section)


@pytest.mark.usefixtures("untouched")
def test_same_settings_without_reading_them_again(monkeypatch: pytest.MonkeyPatch) -> None:
    before = config.get_options_for_section("theme.dark")
    settled.remember()
    found = config.get_options_for_section("theme.dark")
    assert found == before
    assert found["primaryColor"]
    monkeypatch.setattr(config, "get_config_options", lambda: pytest.fail("read again"))
    assert config.get_options_for_section("theme.dark") == before


@pytest.mark.usefixtures("untouched")
def test_settings_read_anew_are_seen() -> None:
    before = config.get_option("theme.dark.primaryColor")
    settled.remember()
    config.get_options_for_section("theme.dark")
    try:
        config.set_option("theme.dark.primaryColor", "#123456")
        config._on_config_parsed.send()
        assert config.get_options_for_section("theme.dark")["primaryColor"] == "#123456"
    finally:
        config.set_option("theme.dark.primaryColor", before)
