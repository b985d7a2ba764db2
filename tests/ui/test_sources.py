"""A number opens its sentence where the original is at hand: uploaded with its release, or in PILOTS_SOURCES."""

from __future__ import annotations

import hashlib
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
import streamlit as st

from store import open_store
from tidy.schema import SOURCE_COLUMNS, read_table
from ui import cached, sources

SENTENCE = "今年以来，全市新发展会员1200余人。"
TEXT = f"一、组织建设\n{SENTENCE}\n二、其他工作照常开展。"


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PILOTS_STORE", str(tmp_path / "store"))
    st.cache_resource.clear()
    sources._shipped.cache_clear()
    sources._uploaded.cache_clear()


def row(source_id: str) -> SimpleNamespace:
    start = TEXT.index("1200余人")
    return SimpleNamespace(source_id=source_id, locator=f"{start}-{start + 6}", as_printed="1200余人")


def publish_report(name: str) -> None:
    store = open_store()
    content = TEXT.encode()
    source = ["up-1", name, "测试", "2018-12-01", "report", hashlib.sha256(content).hexdigest(), "", ""]
    one = read_table("observations").head(1).drop(columns="line")
    one = one.assign(observation_id="up-1-1", source_id="up-1", locator=row("up-1").locator, same_as="")
    table = pd.DataFrame([source], columns=list(SOURCE_COLUMNS))
    store.publish(one, by="测试", note="测试", files=[(name, content)], sources=table)


def test_an_uploaded_report_opens_its_sentence() -> None:
    publish_report("年度报告.txt")
    before, phrase, after = sources.printed(row("up-1"))
    assert before + phrase + after == SENTENCE


def test_without_the_original_only_the_phrase_is_shown() -> None:
    assert sources.printed(row("001_a0c3ea6f74f1a075")) == ("", "1200余人", "")


def test_a_changed_original_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "001_a0c3ea6f74f1a075.txt").write_text(TEXT, "utf-8")
    monkeypatch.setenv("PILOTS_SOURCES", str(tmp_path))
    assert sources.printed(row("001_a0c3ea6f74f1a075")) == ("", "1200余人", "")


def test_seeds_open_where_they_are_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(__file__).resolve().parents[3] / "shared" / "seeds"
    if not folder.is_dir():
        pytest.skip("../shared/seeds is not here")
    monkeypatch.setenv("PILOTS_SOURCES", str(folder))
    one = cached.observations_by_id(("001-5594",)).iloc[0]
    before, phrase, _after = sources.printed(one)
    assert phrase == "49万余人"
    assert before
