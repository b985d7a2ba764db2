"""PDF reports: the text of each page, wrapped lines joined to paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.refusal import Refused
from loaders.report_text.model import Piece
from tidy.language import _

_END = frozenset("。！？!?；;：:”》）)")
_BLANK = re.compile(r"(?<=[\u4e00-\u9fff，。、；：（）]) +(?=\d)|(?<=\d) +(?=[\u4e00-\u9fff，。、；：（）%])")
FULL = 0.85  # a line this near to the longest of its page runs on in the next


def pieces(path: str) -> Iterator[Piece]:
    """Yield the paragraphs of every page. Runs in the sandbox; a page at a time keeps it from silence."""
    import pypdf

    try:
        reader = pypdf.PdfReader(path)
        locked = reader.is_encrypted and not reader.decrypt("")
    except Exception as error:  # pypdf raises many kinds on damaged files
        raise Refused("broken", _("PDF 文件已损坏"), _("请重新导出 PDF，或另存为 docx 后再上传")) from error
    if locked:
        raise Refused("password", _("PDF 有打开密码"), _("请取消密码后另存，再上传"))
    for number, page in enumerate(reader.pages, start=1):
        for paragraph in unwrapped(page.extract_text().splitlines()):
            yield Piece(_BLANK.sub("", paragraph), page=number)  # blanks that only a change of font left


def unwrapped(lines: list[str]) -> list[str]:
    """Join the lines that were broken only because the page ended there.

    >>> unwrapped(["一、帮扶", "今年慰问困难职工一千二百", "人。", "二、维权"])
    ['一、帮扶', '今年慰问困难职工一千二百人。', '二、维权']
    """
    lines = [line.strip() for line in lines if line.strip()]
    longest = max(map(len, lines), default=0)
    joined: list[str] = []
    open_end = False
    for line in lines:
        if open_end and joined:
            joined[-1] += line
        else:
            joined.append(line)
        open_end = len(line) >= FULL * longest and line[-1] not in _END
    return joined
