"""Word documents (.docx): paragraphs and tables in the order they stand, headings by their style."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import Any

from loaders.refusal import Refused
from loaders.report_text.model import Piece
from tidy.language import _

UNPACKED = 300 << 20  # bytes; a report's XML is never this large, a zip bomb's is
RATIO = 400
_LEVEL = re.compile(r"(?:heading|标题)\s*(\d)", re.I)


def pieces(path: str) -> Iterator[Piece]:
    """Yield the paragraphs of the document; table rows become lines with tabs. Runs in the sandbox."""
    import docx  # here: only a worker pays for loading it

    _guard(path)
    try:
        document = docx.Document(path)
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise Refused("broken", _("Word 文件已损坏"), _("请用 Word 或 WPS 打开后另存为 docx 再上传")) from error
    for block in document.iter_inner_content():
        yield from _table(block) if hasattr(block, "rows") else (_paragraph(block),)


def _guard(path: str) -> None:
    """Refuse a broken archive, an encrypted one and one that unpacks to far too much."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise Refused("broken", _("Word 文件已损坏"), _("请用 Word 或 WPS 打开后另存为 docx 再上传")) from error
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    if unpacked > UNPACKED or (unpacked > RATIO * packed and unpacked > 20 << 20):
        raise Refused("too_large", _("文件展开后过大"), _("请按章节拆成几份，或去掉图片后再上传"))


def _paragraph(block: Any) -> Piece:
    style = block.style.name if block.style is not None else ""
    found = _LEVEL.search(style or "")
    level = int(found[1]) if found else int((style or "").lower() in ("title", "标题"))
    return Piece(block.text.replace("\n", " "), level)


def _table(block: Any) -> Iterator[Piece]:
    """One line a row; a merged cell is told once."""
    for row in block.rows:
        cells: list[str] = []
        last = None
        for cell in row.cells:
            if cell._tc is not last:
                cells.append(" ".join(cell.text.split()))
            last = cell._tc
        yield Piece("\t".join(cells))
