"""The command line: every kind of file from a store, same bytes, messages instead of tracebacks."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from exports.__main__ import main, make, parser
from store import open_store


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store of the shipped figures."""
    return str(tmp_path_factory.mktemp("store") / "store")


@pytest.fixture(autouse=True)
def _store(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PILOTS_STORE", url)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)


@pytest.mark.parametrize(("kind", "name", "begins"), [
    ("deck", "a.pptx", b"PK"), ("workbook", "a.xlsx", b"PK"), ("html", "a.html", b"<!doctype html>"), ("figure", "a.csv", b"\xef\xbb\xbf"),
    ("figure", "a.pptx", b"PK"), ("figure", "a.xlsx", b"PK"),
])  # fmt: skip
def test_files_are_made_twice_with_the_same_bytes(kind: str, name: str, begins: bytes, tmp_path: Path) -> None:
    contents = []
    for _again in range(2):
        assert main([kind, "--story", "insurance", "--out", str(tmp_path / name)]) == 0
        contents.append((tmp_path / name).read_bytes())
    assert contents[0] == contents[1]
    assert contents[0].startswith(begins)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_bulletin_without_a_browser_says_so_and_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("exports.image.browser", lambda: None)
    assert main(["bulletin", "--story", "insurance", "--out", str(tmp_path / "a.docx")]) == 0
    assert "Chromium" in capsys.readouterr().err
    assert (tmp_path / "a.docx").exists()


@pytest.mark.parametrize(("kind", "name"), [("bulletin", "a.docx"), ("workbook", "a.xlsx")])
def test_a_past_bulletin_is_the_same_to_the_byte_after_three_later_releases(
    kind: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exports.image.browser", lambda: None)
    monkeypatch.setenv("PILOTS_STORE", str(tmp_path / "store"))

    def made(*vintage: str) -> bytes:
        assert main([kind, "--story", "insurance", *vintage, "--out", str(tmp_path / name)]) == 0
        return (tmp_path / name).read_bytes()

    first = made()
    opened = open_store()
    told = opened.observations(groups=["insurance"])
    for n in range(1, 4):
        changed = told.assign(**{end: told[end] + n for end in ("value", "low", "high")}, as_printed="")
        opened.publish(changed[told["unit"] == "人"], by="甲", note=f"第{n}次更正")
    opened.close()
    assert made("--as-of", "1") == first
    assert made() != first


@pytest.mark.parametrize(("arguments", "said"), [
    (["--story", "none"], "overview"), (["--story", "city", "--city", "火星"], "杭州市"), (["--story", "city", "--as-of", "soon"], "2026-10-01"),
    (["--story", "city", "--template", "missing.pptx"], "missing.pptx"),
])  # fmt: skip
def test_wrong_use_is_answered_with_what_to_do(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["deck", *arguments, "--out", str(tmp_path / "a.pptx")]) == 2
    assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deck", "--story", "insurance", "--out", str(tmp_path / "none" / "a.pptx")]) == 2
    assert "none" in capsys.readouterr().err


def test_a_choice_without_figures_is_written_and_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["deck", "--story", "insurance", "--year", "1950", "--out", str(tmp_path / "a.pptx")]) == 1
    assert "a.pptx: 所选范围没有已填报的数据 →" in capsys.readouterr().err
    assert (tmp_path / "a.pptx").exists()


def test_a_city_may_be_named_in_english(tmp_path: Path) -> None:
    assert (
        main(["deck", "--story", "city", "--city", "Jiaxing", "--lang", "en", "--out", str(tmp_path / "a.pptx")]) == 0
    )


@pytest.mark.parametrize("name", ["overview", "city", "coverage", "insurance", "yearly"])
def test_a_large_store_is_asked_slide_by_slide_for_the_same_story(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = parser().parse_args(["deck", "--story", name, "--out", str(tmp_path / "a.pptx")])
    whole = make(asked)
    monkeypatch.setattr("exports.large.MANY", 10)
    some = make(asked)
    assert len(some.slides) == len(whole.slides)
    assert [slide.cards for slide in some.slides] == [slide.cards for slide in whole.slides]
    for mine, theirs in zip(some.exhibits, whole.exhibits, strict=True):
        if mine.meta.title != "填报完整性：各地已报各指标组的单位数":  # of very many reporters a row a city
            assert mine.meta.title == theirs.meta.title
            pd.testing.assert_frame_equal(mine.table, theirs.table)
            assert mine.meta == theirs.meta
