"""``python -m loaders figures``: what it prints, what it says, how it ends."""

from __future__ import annotations

import json

import pytest

from loaders.figures.command import run
from tidy.language import using

REPORT = "嘉兴市总工会2017年工作总结\n2017年，全市共救助困难职工2704户，发放慰问金548万余元。职工可拨打12351热线。\n"
COLUMNS = [
    "source", "start", "end", "as_printed", "value", "low", "high", "unit", "qualifier", "measure", "period",
    "group", "indicator", "indicator_id", "reporter", "reporter_id", "city", "confidence",
]  # fmt: skip


def lines(capsys) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_each_figure_is_a_line_with_the_columns_of_the_design(tmp_path, capsys):
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    assert run([str(path)]) == 0
    families, money = lines(capsys)
    assert list(families) == COLUMNS
    assert (money["value"], money["low"], money["high"], money["qualifier"]) == (
        5_480_000,
        5_480_000,
        5_490_000,
        "at_least",
    )
    assert REPORT[money["start"] : money["end"]] == money["as_printed"] == "548万余元"
    assert (families["period"], families["measure"], families["group"]) == ("2017", "flow", "assistance")


def test_numerals_lists_the_others_with_their_reason(tmp_path, capsys):
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    assert run([str(path), "--numerals"]) == 0
    refused = {row["as_printed"]: row["why"] for row in lines(capsys) if row.get("figure") is False}
    assert refused["12351"] == "电话或账号"
    assert refused["2017年"] == "日期或年份"


def test_a_missing_file_is_told_and_the_others_are_read(tmp_path, capsys):
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    assert run([str(tmp_path / "none.txt"), str(path)]) == 1
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 2
    assert "none.txt: " in err
    assert "→" in err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("In 2018 the union helped 270 workers.", "no Chinese"),
        ("組合員は2018人で、昨年より270人増えました。", "Japanese"),
        ("2018年，全縣工會會員發展到270人。", "traditional characters"),
    ],
    ids=["english", "japanese", "traditional"],
)
def test_text_in_another_language_is_told_and_nothing_is_lost(text, said, tmp_path, capsys):
    path = tmp_path / "other.txt"
    path.write_text(text, encoding="utf-8")
    with using("en"):
        assert run([str(path), "--numerals"]) == 0
    out, err = capsys.readouterr()
    assert said in err
    printed = [json.loads(line)["as_printed"] for line in out.splitlines()]
    assert [one for one in ("2018", "270") if not any(one in words for words in printed)] == []


def test_without_a_file_the_use_is_wrong():
    with pytest.raises(SystemExit) as stop:
        run([])
    assert stop.value.code == 2
