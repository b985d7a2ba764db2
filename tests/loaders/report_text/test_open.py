"""Reports of every kind become the same text; what cannot be read is told, never passed in silence."""

from __future__ import annotations

import shutil
import subprocess
import zipfile

import docx
import pypdf
import pytest

from loaders.refusal import Refused
from loaders.report_text import open_report
from loaders.report_text.open import kind_of
from loaders.report_text.pdf import unwrapped
from tidy.language import using

LINE = "2017年，全市共救助困难职工2704户。"


@pytest.fixture
def word(tmp_path):
    document = docx.Document()
    document.add_heading("帮扶救助", 1)
    document.add_paragraph(LINE)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "参保人数", "49万人"
    path = tmp_path / "report.docx"
    document.save(path)
    return path


def code_of(path) -> str:
    with pytest.raises(Refused) as refused:
        open_report(path)
    assert refused.value.problem.message
    assert refused.value.problem.advice
    return refused.value.problem.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_plain_text_in_the_usual_encodings(tmp_path, encoding):
    path = tmp_path / "report.txt"
    path.write_bytes(LINE.encode(encoding))
    assert open_report(path).text == LINE


def test_offsets_of_plain_text_count_line_ends_as_they_stand(tmp_path):
    path = tmp_path / "report.txt"
    path.write_bytes(f"标题\r\n{LINE}".encode())
    report = open_report(path)
    assert report.text.index("2704") == len("标题\r\n") + LINE.index("2704")


def test_word_keeps_headings_and_table_rows(word):
    report = open_report(word)
    assert report.text.splitlines() == ["帮扶救助", LINE, "参保人数\t49万人"]
    assert report.place(report.text.index("2704")) == "第 2 段（帮扶救助）"
    with using("en"):
        assert report.place(report.text.index("2704")).startswith("paragraph 2")


def test_html_gives_visible_text_and_headings(tmp_path):
    path = tmp_path / "page.html"
    page = f"<html><head><style>a{{}}</style></head><body><h2>概况</h2><p>{LINE[:6]}<b>{LINE[6:]}</b></p><script>1</script></body></html>"
    path.write_text(page, encoding="utf-8")
    report = open_report(path)
    assert report.text.splitlines() == ["概况", LINE]
    assert report.paragraphs[1].heading == "概况"


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.slow
@pytest.mark.parametrize("kind", ["doc", "rtf", "pdf"])
def test_old_word_and_pdf(word, tmp_path, kind):
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(tmp_path / "out"), str(word)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    report = open_report(tmp_path / "out" / f"report.{kind}")
    assert "救助困难职工2704户" in report.text.replace(" ", "")
    assert (report.paragraphs[-1].page > 0) == (kind == "pdf")


def test_a_pdf_without_text_is_a_scan(tmp_path):
    path = tmp_path / "scan.pdf"
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(path)
    assert code_of(path) == "scanned"


def test_a_pdf_with_a_password(tmp_path):
    path = tmp_path / "locked.pdf"
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(path)
    assert code_of(path) == "password"


def test_a_damaged_word_file(word, tmp_path):
    path = tmp_path / "cut.docx"
    path.write_bytes(word.read_bytes()[:5000])
    assert code_of(path) == "broken"


def test_a_zip_bomb(tmp_path):
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * (30 << 20))
    assert code_of(path) == "too_large"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n", "scanned"),
        (b"\xff\xff\x81 \x80" * 9, "encoding"),
        (b"%PDF-1.4 nothing", "broken"),
    ],
)
def test_what_is_no_report(tmp_path, content, code):
    path = tmp_path / "file.bin"
    path.write_bytes(content)
    assert code_of(path) == code


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("report.rtf", rb"{\rtf1\ansi}", "rtf"),
        ("report.txt", rb"{\rtf1\ansi}", "rtf"),
        ("cut.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "doc"),
        ("cut.docx", b"PK\x03\x04" + bytes(600), "docx"),
    ],
)
def test_what_the_bytes_leave_open_is_told_by_the_name(tmp_path, name, content, kind):
    path = tmp_path / name
    path.write_bytes(content)
    assert kind_of(path) == kind


def test_a_missing_file(tmp_path):
    assert code_of(tmp_path / "none.txt") == "no_file"


def test_a_file_that_is_too_large(tmp_path, monkeypatch):
    path = tmp_path / "large.txt"
    path.write_text("工会" * 600_000, encoding="utf-8")
    monkeypatch.setattr("loaders.report_text.open.MEGABYTES", 1)
    assert code_of(path) == "too_large"


def test_lines_broken_by_the_page_are_joined():
    lines = ["一、帮扶救助", "今年以来共慰问困难职工一千二百余", "人，发放慰问金。", "二、维权"]
    assert unwrapped(lines) == ["一、帮扶救助", "今年以来共慰问困难职工一千二百余人，发放慰问金。", "二、维权"]
