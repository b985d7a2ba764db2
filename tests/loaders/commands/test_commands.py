"""The commands read, check, template and load: exit status, messages, files."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from loaders.__main__ import main
from loaders.annotated import LIST
from store import open_store
from tests.loaders.forms import workbook
from tidy.schema import OBSERVATION_COLUMNS

GOOD = [
    ["2018年上半年情况"],
    ["填报单位：杭州市总工会"],
    ["单位名称", "基层工会数", "工会会员数（万人）"],
    ["梦想小镇", 3, 0.4],
    ["武林商圈", 5, "约1"],
]
BAD = [*GOOD[:4], ["武陵商圈", 5, 1]]


@pytest.fixture(autouse=True)
def _chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)


def test_read_writes_the_tidy_table_and_the_problems(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form, out, problems = workbook(tmp_path / "坏.xlsx", BAD), tmp_path / "out.csv", tmp_path / "p.csv"
    assert main(["read", str(form), "-o", str(out), "--problems", str(problems)]) == 1
    table = pd.read_csv(out)
    assert set(OBSERVATION_COLUMNS) <= set(table)
    assert list(table["value"]) == [3, 4000]
    told = pd.read_csv(problems)
    assert list(told["cell"]) == ["A5"]
    assert "坏.xlsx!表!A5: " in capsys.readouterr().err


def test_read_prints_and_writes_parquet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = workbook(tmp_path / "x.xlsx", GOOD)
    assert main(["read", str(form)]) == 0
    assert capsys.readouterr().out.count("\n") == 5
    assert main(["read", str(form), "-o", str(tmp_path / "out.parquet")]) == 0
    assert list(pd.read_parquet(tmp_path / "out.parquet")["qualifier"]) == ["exact", "exact", "exact", "approx"]


def test_several_files_one_of_them_broken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    assert main(["read", str(workbook(tmp_path / "x.xlsx", GOOD)), str(broken), str(tmp_path / "nowhere.xlsx")]) == 1
    printed = capsys.readouterr()
    assert printed.out.count("\n") == 5
    assert "broken.xlsx: " in printed.err
    assert "nowhere.xlsx: " in printed.err


def test_check_gives_the_workbook_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "annotated.xlsx"
    assert main(["check", str(workbook(tmp_path / "x.xlsx", BAD)), "-o", str(out)]) == 1
    assert load_workbook(out).sheetnames == [LIST, "表"]
    assert "错误 1" in capsys.readouterr().err


def test_hints_from_a_file_and_from_options(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hints = tmp_path / "form.toml"
    hints.write_text('[reporter]\n"武陵商圈" = "wulin-business-circle"\n', encoding="utf-8")
    form = workbook(tmp_path / "x.xlsx", BAD)
    assert main(["read", str(form), "--hints", str(hints), "--period", "2017"]) == 0
    assert "wulin-business-circle,union_organisations,2017," in capsys.readouterr().out


@pytest.mark.parametrize(
    "argv", [["read"], ["template", "nothing"], ["template", "organisation", "--city", "火星市"], ["load", "x.xlsx"]]
)
def test_wrong_use(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    try:
        status = main(argv)
    except SystemExit as left:
        status = int(left.code or 0)
    assert status == 2
    assert capsys.readouterr().err


def test_bad_hints_are_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["read", str(workbook(tmp_path / "x.xlsx", GOOD)), "--hints", str(tmp_path / "none.toml")])
    assert left.value.code == 2


def test_template_writes_a_form_that_read_recognises(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = tmp_path / "form.xlsx"
    assert main(["template", "membership", "--city", "杭州市", "--period", "2018-H1", "-o", str(form)]) == 0
    assert "ZJGH-2018-H1-" in capsys.readouterr().err
    assert main(["check", str(form)]) == 0
    assert "表单还没有填" in capsys.readouterr().err


def test_load_publishes_one_release_or_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PILOTS_STORE", str(tmp_path / "store"))
    good, bad = workbook(tmp_path / "good.xlsx", GOOD), workbook(tmp_path / "bad.xlsx", BAD)
    assert main(["load", str(good), str(bad), "--by", "张三", "--note", "试报"]) == 1
    assert "未发布" in capsys.readouterr().err
    assert main(["load", str(good), "--by", "张三", "--note", "试报"]) == 0
    assert "4 行" in capsys.readouterr().out
    store = open_store()
    released = store.releases()[-1]
    assert (released.by, released.note, released.rows) == ("张三", "试报", 4)
    members = store.observations(reporters=["dream-town"], indicators=["union_members"])
    assert 4000 in list(members["value"])
    assert [file.name for file in store.files(released.id) if file.role == "original"] == ["good.xlsx"]


def test_messages_come_in_english_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    main(["check", str(workbook(tmp_path / "x.xlsx", BAD))])
    said = capsys.readouterr().err
    assert "is not on the list of reporters" in said
    assert "错误" not in said
