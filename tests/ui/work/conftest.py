"""A store of its own for every test of the analysts' pages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

from store import Store, open_store
from tidy import language
from ui import cached


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the shipped figures, made once and copied for every test."""
    folder = tmp_path_factory.mktemp("shipped") / "store"
    opened = open_store(str(folder))
    opened.observations()
    opened.close()
    return folder


@pytest.fixture
def store(shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The store that the pages open, with the shipped figures and nothing else."""
    shutil.copytree(shipped, tmp_path / "store")
    monkeypatch.setenv("PILOTS_STORE", str(tmp_path / "store"))
    st.cache_resource.clear()
    language.use("zh")
    opened = cached.unguarded()
    yield opened
    opened.close()
    st.cache_resource.clear()
