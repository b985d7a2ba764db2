"""Small cells are hidden alike on every screen, in every file and every answer of the store."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pandas as pd
import pytest

import exports.__main__ as command
import store.__main__ as store_command
from store import Store, open_store
from tests.pages.test_pages import PAGES, run, sound
from tidy.schema import read_table
from tidy.suppression import MARK
from tidy.values import parse

# A city's federation and three pilots below it: the first is too few, the second would give it away.
# Numbers that stand nowhere else, so that finding one in a file means that the file tells it.
TOTAL, SECRET, WITH_IT, OPEN = 56_789_233, 4_321_987, 6_789_123, 45_678_123
HIDDEN = re.compile("4,?321,?987|6,?789,?123|432.1987|678.9123|11,?111,?110")
KINDS = {"deck": "pptx", "workbook": "xlsx", "bulletin": "docx", "html": "html", "figure": "csv"}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the shipped figures and ours, to be copied."""
    folder = tmp_path_factory.mktemp("filled") / "store"
    opened = open_store(str(folder))
    opened.publish(ours(), by="王芳", note="小格")
    opened.close()
    return folder


@pytest.fixture(autouse=True)
def limited(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """That store in an office that shows counts from five million on."""
    import streamlit as st

    rule = tmp_path / "suppression.toml"
    rule.write_text('[threshold]\nassistance = 5000000\n[people]\nunits = ["人"]\n', encoding="utf-8")
    monkeypatch.setenv("PILOTS_SUPPRESSION", str(rule))
    monkeypatch.setenv("PILOTS_STORE", str(tmp_path / "store"))
    shutil.copytree(filled, tmp_path / "store")
    st.cache_resource.clear()
    opened = open_store()
    yield opened
    opened.close()
    st.cache_resource.clear()


def ours(year: str = "2019", second: int = WITH_IT, third: int = OPEN) -> pd.DataFrame:
    parents = read_table("reporters")
    top = "hangzhou-federation"
    below = list(parents.loc[parents["parent_id"] == top, "reporter_id"])[:3]
    said = dict(zip([top, *below], [TOTAL, SECRET, second, third], strict=True))
    return pd.DataFrame([row(year, who, f"{number}人") for who, number in said.items()])


def row(year: str, reporter: str, text: str) -> dict[str, object]:
    read = parse(text)
    return {"observation_id": f"cell-{year}-{reporter}", "reporter_id": reporter, "indicator_id": "student_aid_people",
            "period": year, "period_type": "interval", "measure": "flow", "value": read.value, "low": read.low, "high": read.high,
            "unit": read.unit, "qualifier": read.qualifier, "as_printed": text, "source_id": read_table("sources")["source_id"][0],
            "locator": "1-2", "note": "", "scope": "", "same_as": ""}  # fmt: skip


def words(path: Path) -> str:
    """Everything that can be read in a file, packed parts and embedded workbooks included."""
    return _unpacked(path.read_bytes())


def _unpacked(content: bytes) -> str:
    if not content.startswith(b"PK"):
        return unescape(content.decode("utf-8", errors="ignore"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "\n".join(_unpacked(archive.read(name)) for name in archive.namelist())


def found(text: str) -> list[str]:
    """Return the hidden numbers that a text tells."""
    return HIDDEN.findall(text)


def test_the_search_would_find_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PILOTS_SUPPRESSION", str(tmp_path / "none.toml"))
    out = tmp_path / "a.csv"
    assert command.main(["workbook", "--story", "assistance", "--out", str(out)]) == 0
    assert set(found(words(out))) >= {"4321987", "6789123"}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", list(KINDS))
def test_no_file_tells_them(kind: str, lang: str, tmp_path: Path) -> None:
    out = tmp_path / f"a.{KINDS[kind]}"
    assert command.main([kind, "--story", "assistance", "--out", str(out), "--lang", lang]) == 0
    said = words(out)
    assert not found(said)
    assert MARK in said or "\\u2039" in said


@pytest.mark.parametrize("story", ["overview", "city", "yearly"])
def test_no_other_story_tells_them(story: str, tmp_path: Path) -> None:
    out = tmp_path / "a.html"
    assert command.main(["html", "--story", story, "--out", str(out)]) == 0
    assert not found(words(out))


def test_no_open_format_tells_them(tmp_path: Path) -> None:
    assert store_command.main(["export", str(tmp_path / "open")]) == 0
    files = [path for path in (tmp_path / "open").iterdir() if path.suffix != ".parquet"]
    assert {path.suffix for path in files} == {".csv", ".json", ".xlsx"}
    for path in files:
        assert not found(words(path)), path.name
    table = pd.read_parquet(tmp_path / "open" / "observations.parquet")
    assert not table["value"].isin([SECRET, WITH_IT]).any()
    assert (table["qualifier"] == "suppressed").sum() >= 2


def test_no_answer_of_the_store_tells_them(limited: Store) -> None:
    wanted = {"indicators": ["student_aid_people"], "years": [2019]}
    table = limited.observations(**wanted)
    assert sorted(table["value"].dropna()) == [OPEN, TOTAL]
    assert list(limited.observations(ids=[table["observation_id"][1]], columns=["observation_id"])) == [
        "observation_id"
    ]
    for by in ([], ["city"], ["reporter_id"], ["pilot_type", "year"]):
        sums = limited.aggregate(by, **wanted)
        assert not set(sums["value"].dropna()) - {float(OPEN), float(TOTAL)}, by
    changes = limited.diff(1, 2).to_json(force_ascii=False)
    assert MARK in changes
    assert not found(changes)


def test_a_correction_does_not_let_two_vintages_be_compared(limited: Store) -> None:
    """In the newer vintage another part would have been enough; what was hidden stays hidden in both."""
    limited.publish(ours(second=OPEN, third=WITH_IT), by="王芳", note="更正")
    wanted = {"indicators": ["student_aid_people"], "years": [2019]}
    for as_of in (2, 3):
        assert sorted(limited.observations(as_of=as_of, **wanted)["value"].dropna()) == [TOTAL]


@pytest.mark.parametrize("page", sorted({"overview", "assistance", "compare", "builder", "present"} & set(PAGES)))
def test_no_page_tells_them(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).resolve().parents[2])
    app = run(page, indicator="student_aid_people", year="2019")
    sound(app)
    assert not found("\n".join([*(str(one) for one in app.main), *shown(app)]))


def shown(app: object) -> Iterator[str]:
    """The tables and charts of a page as texts."""
    for table in app.dataframe:  # type: ignore[attr-defined]
        yield table.value.to_csv()
    for chart in app.get("plotly_chart"):  # type: ignore[attr-defined]
        yield json.dumps(json.loads(chart.proto.spec), ensure_ascii=False)


@pytest.mark.parametrize("page", sorted(set(PAGES) - {"upload", "review", "admin", "help", "dictionary"}))
def test_every_page_stands_when_everything_is_hidden(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tidy.schema import GROUPS

    monkeypatch.chdir(Path(__file__).resolve().parents[2])
    limits = "\n".join(f"{group} = 1000000000000" for group in GROUPS)
    (tmp_path / "suppression.toml").write_text(
        f'[threshold]\n{limits}\n[people]\nunits = ["人", "人次", "户", "家", "%"]\n', "utf-8"
    )
    import streamlit as st

    st.cache_resource.clear()
    sound(run(page))
