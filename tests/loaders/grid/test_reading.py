"""Every format gives the same cells; what cannot be read is refused with words, never read as empty."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from loaders.grid import CellError, read
from loaders.refusal import Refused
from tests.loaders.grid import books

WRITERS: dict[str, Callable[[Path], Path]] = {
    "xlsx": books.xlsx,
    "strict": books.strict,
    "default password": partial(books.locked, password="VelvetSweatshop"),
    "csv utf-8": partial(books.csv, encoding="utf-8"),
    "csv with mark": partial(books.csv, encoding="utf-8-sig"),
    "csv gb18030": partial(books.csv, encoding="gb18030"),
    "csv utf-16": partial(books.csv, encoding="utf-16"),
    "tsv": partial(books.csv, encoding="utf-8", mark="\t"),
    "semicolons": partial(books.csv, encoding="utf-8", mark=";"),
    "html": books.html,
    "xml of 2003": books.spreadsheetml,
    "ods": books.ods,
    "fods": partial(books.ods, flat=True),
}


@pytest.mark.parametrize("format_", WRITERS)
def test_every_format_gives_the_same_table_whatever_its_ending(format_: str, tmp_path: Path) -> None:
    sheet = read(WRITERS[format_](tmp_path / "form.xls"))[0]
    filled = [[v for v in row if v is not None] for row in sheet.rows]
    table = [row for row in filled if len(row) == 3][:3]
    assert [row[0] for row in table] == ["地区", "杭州", "宁波"]
    assert [[float(v) for v in row[1:]] for row in table[1:]] == [[1200.0, 0.953], [800.0, 0.9]]  # type: ignore[arg-type]


@pytest.mark.parametrize("write", [books.xlsx, books.strict])
def test_what_value_readers_drop_is_kept(write: Callable[[Path], Path], tmp_path: Path) -> None:
    sheet = read(write(tmp_path / "form.xlsx"))[0]
    assert sheet.value(3, 1) == "#DIV/0!"
    assert isinstance(sheet.value(3, 1), CellError)
    assert "万余人" in sheet.style(1, 1).number_format
    assert sheet.style(0, 0).bold
    assert sheet.style(2, 0).indent == 2
    assert sheet.hidden(2, 1)
    assert not sheet.hidden(1, 1)
    assert sheet.comments[1, 1] == "约数"
    assert sheet.cell(5, 1).merge is not None


def test_bold_in_an_xls_is_told_by_the_fonts_weight(tmp_path: Path) -> None:
    sheet = read(books.biff5(tmp_path / "old.xls"))[0]
    assert [sheet.style(row, 0).bold for row in range(3)] == [False, True, False]


def test_the_oldest_xls(tmp_path: Path) -> None:
    assert read(books.biff2(tmp_path / "old.xls"))[0].rows == [["a", 12.5], ["b", 7.0]]


def test_opendocument_keeps_the_printed_unit_and_ignores_a_million_blank_rows(tmp_path: Path) -> None:
    sheet = read(books.ods(tmp_path / "form.ods"))[0]
    assert len(sheet.rows) == 3
    assert "人" in sheet.style(1, 1).number_format


def test_formulas_never_calculated_are_named(tmp_path: Path) -> None:
    with (
        zipfile.ZipFile(books.xlsx(tmp_path / "a.xlsx")) as source,
        zipfile.ZipFile(tmp_path / "b.xlsx", "w") as target,
    ):
        for name in source.namelist():
            data = source.read(name)
            target.writestr(name, data.replace(b' t="e"', b"").replace(b"<v>#DIV/0!</v>", b""))
    assert read(tmp_path / "b.xlsx")[0].uncached == {(3, 1)}


REFUSALS: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "empty_file"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "not_a_spreadsheet"),
    "a pdf": (b"%PDF-1.4 ...", "not_a_spreadsheet"),
    "noise": (bytes(range(256)) * 20, "unknown_format"),
    "a broken zip": (b"PK\x03\x04" + b"x" * 500, "damaged"),
    "frames": (b"<html><frameset><frame src='x.files/sheet001.htm'></frameset></html>", "frames_missing"),
}


@pytest.mark.parametrize("what", REFUSALS)
def test_what_is_no_workbook_is_refused_with_a_reason(what: str, tmp_path: Path) -> None:
    data, code = REFUSALS[what]
    (tmp_path / "file.xlsx").write_bytes(data)
    with pytest.raises(Refused) as refused:
        read(tmp_path / "file.xlsx")
    assert refused.value.problem.code == code
    assert refused.value.problem.advice


def test_a_real_password_is_asked_to_be_removed(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read(books.locked(tmp_path / "form.xlsx", "secret"))
    assert refused.value.problem.code == "password"


def test_a_small_archive_that_unpacks_to_very_much_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            for _piece in range(330):
                part.write(b" " * (1 << 20))
    with pytest.raises(Refused) as refused:
        read(tmp_path / "bomb.xlsx")
    assert refused.value.problem.code == "too_large"


def test_a_formula_that_gives_an_empty_text_is_empty_and_told(tmp_path: Path) -> None:
    sheet = read(books.biff5(tmp_path / "form.xls"))[0]
    assert sheet.value(1, 1) == 5.0
    assert sheet.value(2, 1) is None
    assert sheet.uncached == {(2, 1)}


def test_what_is_set_in_on_a_page_stays_set_in(tmp_path: Path) -> None:
    path = tmp_path / "page.xls"
    lines = ["杭州", "  西湖", "\n      滨江"]
    styled = '<tr><td class=xl1>上城</td></tr><tr><td style="padding-left:27.0pt">拱墅</td></tr>'
    page = "".join(f"<tr><td>{line}</td></tr>" for line in lines)
    path.write_text(f"<style>.xl1 {{mso-char-indent-count:2;}}</style><table>{page}{styled}</table>", encoding="utf-8")
    sheet = read(path)[0]
    assert [row[0] for row in sheet.rows] == ["杭州", "  西湖", "滨江", "上城", "拱墅"]
    assert [sheet.style(row, 0).indent for row in range(5)] == [0, 0, 0, 2, 3]
