"""What is kept under a load id holds only what that id tells of."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import streamlit as st

from store import clock, open_store
from ui import cached


def test_a_release_under_embargo_is_not_among_those_that_readers_know(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PILOTS_STORE", str(tmp_path))
    st.cache_resource.clear()
    store = open_store()
    before = [release.id for release in cached.releases()]
    rows = store.observations(indicators=["pilots"]).head(1)
    store.publish(rows, by="test", note="embargo", known_from=clock.now() + timedelta(days=1))
    st.cache_resource.clear()
    assert [release.id for release in cached.releases()] == before
    assert len(store.releases()) == len(before) + 1
    st.cache_resource.clear()
