"""Compiled queries are kept beside the derived files and read by the next process."""

from __future__ import annotations

from pathlib import Path

import pytest

from store import compiled
from store.base import Filters
from store.compiled import Compiled

ASKED = ("select", Filters(cities=("嘉兴市",), years=(2017,)), ("observation_id", "value"), False)


def test_a_query_is_compiled_once_for_all_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Compiled(tmp_path).query(*ASKED)
    monkeypatch.setattr(compiled, "compiled", lambda *_asked: pytest.fail("compiled again"))
    assert Compiled(tmp_path).query(*ASKED) == first
    assert "'嘉兴市'" in first
    assert "2017" in first


def test_other_cities_are_the_same_query_with_other_values(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Compiled(tmp_path)
    first = kept.query(*ASKED)
    monkeypatch.setattr(compiled, "compiled", lambda *_asked: pytest.fail("compiled again"))
    other = kept.query("select", Filters(cities=("O'Neil", "杭州市"), years=(2014,)), *ASKED[2:])
    assert other == first.replace("'嘉兴市'", "'O''Neil', '杭州市'").replace("2017", "2014")


def test_a_damaged_or_foreign_file_is_made_anew(tmp_path: Path) -> None:
    first = Compiled(tmp_path).query(*ASKED)
    (path,) = tmp_path.glob("queries-*.json")
    for content in ("{", "[]"):
        path.write_text(content)
        assert Compiled(tmp_path).query(*ASKED) == first


def test_a_folder_that_does_not_exist_costs_only_time(tmp_path: Path) -> None:
    nowhere = tmp_path / "gone"
    assert Compiled(nowhere).query(*ASKED) == Compiled(tmp_path).query(*ASKED)
    assert not nowhere.exists()
