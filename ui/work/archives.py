"""Zip archives of an upload: their files in memory, within limits that a hostile archive cannot pass."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from tidy.language import _
from tidy.problems import Problem

MOST_FILES = 500
FILE_BYTES = 50 << 20
ALL_BYTES = 300 << 20
MOST_TIMES = 200  # how many times its packed size a file may grow to; spreadsheets stay below 60
PIECE = 1 << 20
SKIPPED = "__MACOSX/"
OFFICE = {"xl", "word", "ppt", "META-INF"}


class Refusal(Exception):
    """Raised for an archive that is damaged or passes a limit; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def is_archive(content: bytes) -> bool:
    """Tell a zip of files from an office document, which is a zip too."""
    if not content.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            tops = {name.partition("/")[0] for name in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, OSError):
        return False
    return not (tops & OFFICE or "content.xml" in tops or "[Content_Types].xml" in tops)


def files(content: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """Yield (name, bytes) of the files in an archive; folders of the name are dropped.

    Raises :class:`Refusal` for a damaged or encrypted archive and where a limit is passed.
    """
    total = 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [member for member in archive.infolist() if _wanted(member)]
            if len(members) > MOST_FILES:
                raise _refusal(name, _("压缩包内文件超过 {n} 个").format(n=MOST_FILES))
            for member in members:
                data = _unpacked(archive, member, name)
                total += len(data)
                if total > ALL_BYTES:
                    raise _refusal(name, _("压缩包解开后超过 {n} MB").format(n=ALL_BYTES >> 20))
                yield _base_name(member), data
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise _refusal(name, _("压缩包已损坏或有密码")) from error


def _wanted(member: zipfile.ZipInfo) -> bool:
    base = PurePosixPath(member.filename.replace("\\", "/")).name
    return (
        not member.is_dir()
        and bool(base)
        and not member.filename.startswith(SKIPPED)
        and not base.startswith((".", "~$"))
    )


def _base_name(member: zipfile.ZipInfo) -> str:
    """The file's own name; archives made by Windows in China keep it in GBK without saying so."""
    name = member.filename.replace("\\", "/")
    if not member.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("gbk")
        except (UnicodeEncodeError, UnicodeDecodeError):
            name = member.filename
    return PurePosixPath(name).name


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> bytes:
    """Unpack piece by piece: the sizes an archive states may be lies."""
    most = min(FILE_BYTES, max(member.compress_size * MOST_TIMES, PIECE))
    pieces, size = [], 0
    with archive.open(member) as source:
        while piece := source.read(PIECE):
            size += len(piece)
            if size > most:
                raise _refusal(name, _("压缩包内“{file}”过大").format(file=_base_name(member)))
            pieces.append(piece)
    return b"".join(pieces)


def _refusal(name: str, message: str) -> Refusal:
    return Refusal(Problem("archive", message, _("请解开后直接上传其中的文件"), file=name))
