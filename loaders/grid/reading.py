"""Which readers open which kind of file, in which order, and what is said when none does."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from loaders.grid import crypt, html, ods, second, spreadsheetml, text, xls, xlsb, xlsx
from loaders.grid.model import Sheet
from loaders.refusal import Refused
from loaders.sniff import Kind, sniff
from tidy.language import _

Reader = Callable[[Path], list[Sheet]]
BOMB_BYTES, BOMB_RATIO, MOST_BYTES = 300 << 20, 60, 1_500 << 20

MOST_PARTS = 2_000
VAST = 40_000_000  # cells of a grid, empty ones too

READERS: dict[Kind, tuple[Reader, ...]] = {
    "xlsx": (xlsx.read, second.by_openpyxl, second.by_calamine),
    "xlsb": (xlsb.read, second.by_calamine),
    "xls": (xls.read, second.by_calamine),
    "ods": (ods.read, second.by_calamine),
    "fods": (ods.read_flat,),
    "spreadsheetml": (spreadsheetml.read, html.read),
    "html": (html.read,),
    "mhtml": (html.read_archive,),
    "text": (text.read,),
}

NATIVE = {xlsx.read, xlsb.read, second.by_calamine}


def read(path: Path, careful: bool = False) -> list[Sheet]:
    """Return the sheets of a spreadsheet file of any format.

    With ``careful`` the native readers are passed over (one ended the process before).  Raises
    ``Refused`` with a clear message when the file is no spreadsheet or cannot be read.
    """
    try:
        kind = sniff(path)
    except OSError as error:
        raise Refused("no_file", _("文件打不开"), _("请检查路径和读取权限")) from error
    if kind == "encrypted":
        return _decrypted(path, careful)
    if kind not in READERS:
        raise _no_spreadsheet(kind)
    if kind in ("xlsx", "xlsb", "ods"):
        _refuse_bombs(path)
    readers = READERS[kind]
    if careful:
        readers = tuple(reader for reader in readers if reader not in NATIVE)
    try:
        return _not_vast(_first_success(path, readers))
    except crypt.Locked:
        return _decrypted(path, careful)


def _not_vast(sheets: list[Sheet]) -> list[Sheet]:
    """Return the sheets; refuse one whose few cells stand so far apart that its empty ones would fill the memory."""
    for sheet in sheets:
        rows, columns = len(sheet.rows), max(map(len, sheet.rows), default=0)
        if rows * columns > VAST:
            raise Refused(
                "too_large",
                _("工作表“{name}”有 {rows} 行 × {columns} 列").format(name=sheet.name, rows=rows, columns=columns),
                _("请删去多余的行、列和工作表后再上传"),
            )
    return sheets


def _decrypted(path: Path, careful: bool) -> list[Sheet]:
    with crypt.opened(path) as plain:
        return read(plain, careful)


def _first_success(path: Path, readers: tuple[Reader, ...]) -> list[Sheet]:
    """Ask the readers in turn until one finds cells; a workbook that is empty to all of them is empty.

    A panic of a native reader is no ``Exception`` but must not pass either.
    """
    failed, blank = "", None
    for reader in readers:
        try:
            sheets = reader(path)
        except (Refused, crypt.Locked, MemoryError, KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:
            failed = failed or type(error).__name__
            continue
        if any(sheet.rows for sheet in sheets):
            return sheets
        blank = sheets if blank is None else blank
    if blank is not None:
        return blank
    raise Refused(
        "damaged",
        _("文件已损坏，无法读取（{why}）").format(why=failed or _("读取程序中止")),
        _("请用表格软件打开并另存为 xlsx 再上传"),
    )


def _refuse_bombs(path: Path) -> None:
    """Refuse a small archive that unpacks to a very large one, and XML that defines entities (no office program does)."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = [i for i in archive.infolist() if i.filename.lower().endswith((".xml", ".bin", ".rels"))]
            defined = any(_defines_entities(archive, part) for part in parts[:MOST_PARTS])
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error):
        return
    whole, packed = sum(i.file_size for i in parts), sum(i.compress_size for i in parts) or 1
    if whole > MOST_BYTES or (whole > BOMB_BYTES and whole / packed > BOMB_RATIO):
        raise Refused(
            "too_large",
            _("文件解压后过大（{size} MB）").format(size=whole >> 20),
            _("请删去多余的行、列和工作表后再上传"),
        )
    if defined:
        raise Refused("entities", _("文件里夹带了不该有的定义（DTD）"), _("请用表格软件打开并另存为 xlsx 再上传"))


def _defines_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    with archive.open(part) as stream:
        head = stream.read(1 << 16).replace(b"\0", b"")
    return not part.filename.endswith(".bin") and b"<!DOCTYPE" in head


def _no_spreadsheet(kind: Kind) -> Refused:
    if kind == "empty":
        return Refused("empty_file", _("文件是空的"), _("请重新导出后再上传"))
    if kind in ("docx", "doc", "pdf", "pptx"):
        return Refused(
            "not_a_spreadsheet", _("这是文档，不是表格"), _("报告正文请用 figures 命令读取；表格请另存为 xlsx")
        )
    if kind == "image":
        return Refused("not_a_spreadsheet", _("这是图片，不是表格"), _("请上传原始表格文件"))
    if kind == "zip":
        return Refused("archive", _("这是压缩包"), _("请解压后上传其中的表格"))
    return Refused("unknown_format", _("认不出的文件格式"), _("请用表格软件打开并另存为 xlsx 再上传"))
