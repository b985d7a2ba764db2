"""Archives: every file comes out under its own name; hostile ones are refused with a message."""

from __future__ import annotations

import io
import zipfile

import pytest

from tests.ui.work.made import workbook
from ui.work import archives


def packed(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_files_come_out_without_folders_and_without_the_systems_own() -> None:
    content = packed(
        {"甲县/表一.xlsx": b"1", "../../乙县.csv": b"2", "__MACOSX/._表一.xlsx": b"x", "甲县/~$表一.xlsx": b"x"}
    )
    assert dict(archives.files(content, "a.zip")) == {"表一.xlsx": b"1", "乙县.csv": b"2"}


def test_names_written_in_gbk_are_read() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("placeholder.xlsx", b"1")
    raw = "嘉兴市统计0.xlsx".encode("gbk")
    content = buffer.getvalue().replace(b"placeholder.xlsx", raw)
    assert len(raw) == len(b"placeholder.xlsx")
    assert [name for name, _data in archives.files(content, "a.zip")] == ["嘉兴市统计0.xlsx"]


def test_a_workbook_is_no_archive() -> None:
    assert not archives.is_archive(workbook())
    assert archives.is_archive(packed({"a.csv": b"1"}))
    assert not archives.is_archive(b"PK\x03\x04 broken")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (packed({"bomb.csv": b"0" * (60 << 20)}), "过大"),
        (packed({f"{n}.csv": b"1" for n in range(archives.MOST_FILES + 1)}), "超过 500 个"),
        (packed({"a.csv": b"hello world"})[:-30], "已损坏"),
    ],
    ids=["bomb", "many", "broken"],  # bytes as names would hold the time, and the workers would differ
)  # fmt: skip
def test_hostile_archives_are_refused(content: bytes, said: str) -> None:
    with pytest.raises(archives.Refusal, match=said):
        list(archives.files(content, "a.zip"))
