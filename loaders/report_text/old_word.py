"""Old Word files (.doc, .rtf): converted by LibreOffice where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from loaders import room
from loaders.refusal import Refused
from loaders.report_text import word
from loaders.report_text.model import Piece
from tidy.language import _

SECONDS = 45


def pieces(path: str) -> Iterator[Piece]:
    """Yield the paragraphs of a .doc or .rtf file; ``Refused`` says how to convert it by hand."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if not office:
        raise Refused(
            "old_word",
            _("这是旧版 Word 文件（.doc、.rtf），本机没有安装 LibreOffice"),
            _("请用 Word 或 WPS 打开，另存为 docx 后再上传"),
        )
    with tempfile.TemporaryDirectory() as folder:
        yield from word.pieces(str(_converted(office, Path(path), Path(folder))))


def _converted(office: str, path: Path, folder: Path) -> Path:
    command = [
        office,
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        "docx",
        "--outdir",
        str(folder),
        str(path),
    ]
    try:
        subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, preexec_fn=room.for_office)
    except subprocess.TimeoutExpired:
        raise Refused("too_slow", _("文件读取超时"), _("请用 Word 或 WPS 打开，另存为 docx 后再上传")) from None
    made = folder / f"{path.stem}.docx"
    if not made.exists():
        raise Refused("broken", _("Word 文件已损坏"), _("请用 Word 或 WPS 打开后另存为 docx 再上传"))
    return made
