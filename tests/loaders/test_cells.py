"""``python -m loaders cells``: its lines, its messages, its exit status; and files that want to do harm."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from loaders.cells import safely
from loaders.refusal import Refused
from tests.loaders.grid import books

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"


def run(*files: Path, language: str = "zh_CN.UTF-8") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "loaders", "cells", *map(str, files)],
        capture_output=True, text=True, cwd=ROOT, check=False, env={**os.environ, "LANG": language, "LC_ALL": language},
    )  # fmt: skip


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for text, _problems in safely(path) for line in text.splitlines()]


def test_the_lines_hold_what_the_design_asks_for(tmp_path: Path) -> None:
    found = {line["cell"]: line for line in lines(books.xlsx(tmp_path / "form.xlsx"))}
    assert set(found["B2"]) >= {
        "sheet", "cell", "text", "value", "unit", "qualifier", "role", "rows", "columns", "hidden", "note", "confidence",
    }  # fmt: skip
    assert found["B2"]["text"] == "1200万余人"
    assert (found["B2"]["value"], found["B2"]["unit"], found["B2"]["qualifier"]) == (12_000_000, "人", "at_least")
    assert found["B2"]["rows"] == [[{"cell": "A2", "text": "杭州"}]]
    assert found["B2"]["columns"] == [[{"cell": "B1", "text": "会员数"}]]
    assert found["B2"]["note"] == "约数"
    assert (found["C2"]["value"], found["C2"]["unit"]) == (95.3, "%")
    assert found["B3"]["hidden"]
    assert (found["B4"]["text"], found["B4"]["value"]) == ("#DIV/0!", None)


def test_status_and_message_of_a_good_and_a_bad_file(tmp_path: Path) -> None:
    good, bad = books.xlsx(tmp_path / "good.xlsx"), tmp_path / "bad.xlsx"
    bad.write_bytes(b"")
    assert run(good).returncode == 0
    both = run(good, bad)
    assert both.returncode == 1
    assert both.stdout == run(good).stdout
    assert both.stderr == f"{bad}: 文件是空的 → 请重新导出后再上传\n"
    assert "the file is empty" in run(bad, language="en_US.UTF-8").stderr
    assert "Traceback" not in run(tmp_path / "missing.xlsx").stderr


def test_no_file_is_wrong_use() -> None:
    assert run().returncode == 2


def test_numbers_outside_the_tables_are_named(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        for row, values in enumerate((["地区", "会员"], ["杭州", 1], ["宁波", 2], [], [], [None, 100])):
            sheet.write_row(row, 0, values)
    problems = [p for _text, found in safely(tmp_path / "a.xlsx") for p in found]
    assert [(p.code, p.cell, p.severity) for p in problems] == [("outside_table", "B6", "note")]


def _package(path: Path, sheet: str, before: str = "") -> Path:
    with zipfile.ZipFile(books.xlsx(path.with_suffix(".tmp"))) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name.endswith("sheet1.xml"):
                data = f'<?xml version="1.0"?>{before}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{sheet}</sheetData></worksheet>'.encode()
            target.writestr(name, data)
    return path


def test_a_cell_at_the_far_corner_does_not_fill_the_memory(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>5</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    found, problems = [], []
    for text, said in safely(_package(tmp_path / "far.xlsx", rows)):
        found += [json.loads(line)["cell"] for line in text.splitlines()]
        problems += [p.cell for p in said if p.code == "stray_cell"]
    assert "B1" in found
    assert problems == ["XFD1048576"]


@pytest.mark.parametrize(
    "entity",
    ['<!ENTITY a SYSTEM "file:///etc/passwd">', '<!ENTITY b "aaaaaaaaaa"><!ENTITY a "&b;&b;&b;&b;&b;&b;&b;&b;">'],
)
def test_entities_are_never_expanded(entity: str, tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>&a;</t></is></c><c r="B1"><v>5</v></c></row>'
    path = _package(tmp_path / "entity.xlsx", rows, f"<!DOCTYPE x [{entity}]>")
    try:
        found = json.dumps(lines(path))
    except Refused as refused:
        found = str(refused.problem)
    assert "root:" not in found
    assert "aaaa" not in found


def test_workbooks_with_flipped_bytes_never_end_the_host(tmp_path: Path) -> None:
    data = bytearray(books.xlsx(tmp_path / "good.xlsx").read_bytes())
    old = bytearray(books.biff2(tmp_path / "old.xls").read_bytes())
    for number in range(40):
        for name, original in (("a.xlsx", data), ("b.xls", old)):
            broken = bytearray(original)
            for step in range(3):
                broken[(number * 7919 + step * 104_729) % len(broken)] ^= 1 << (number % 8)
            (tmp_path / name).write_bytes(broken)
            try:
                outcome: object = list(safely(tmp_path / name))
            except Refused as refused:
                outcome = refused.problem.advice
            assert outcome, "cells or one clear message"


@pytest.mark.skipif(not SHARED.exists(), reason="the benchmark tables are not here (../shared)")
def test_government_cross_tabs_are_read_as_their_truth_says() -> None:
    done = subprocess.run(
        [sys.executable, str(SHARED / "tools" / "score_tables.py")],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    scores = {line.split()[0]: line.split() for line in done.stdout.splitlines()}
    assert float(scores["entry-label"][2]) >= 0.985
    assert float(scores["label-parent"][2]) >= 0.93
    assert int(done.stdout.split()[-1].split("/")[0]) >= 95


@pytest.mark.skipif(not SHARED.exists(), reason="the benchmark tables are not here (../shared)")
def test_chinese_tables_have_their_headings_found() -> None:
    from benchmarks.imtqa import ALL_HEADS, COLUMN_HEADS, score

    assert score("vertical", COLUMN_HEADS)[1:] == (224, 224)
    assert score("hierarchical", ALL_HEADS)[0] >= 0.985


def test_points_for_thousands_and_a_decimal_comma(tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    path.write_text("市;会员数\n杭州市;5\n宁波市;1.234,5\n", encoding="utf-8")
    assert {line["cell"]: line["value"] for line in lines(path)} == {"B2": 5.0, "B3": 1234.5}


def test_a_titles_unit_is_not_given_to_counts_of_something_else(tmp_path: Path) -> None:
    path = tmp_path / "form.csv"
    path.write_text("金额单位：万元,,\n市,帮扶人数,帮扶资金\n杭州市,5,7\n宁波市,6,8\n", encoding="utf-8")
    assert {line["cell"]: line["unit"] for line in lines(path)} == {"B3": "", "C3": "万元", "B4": "", "C4": "万元"}
