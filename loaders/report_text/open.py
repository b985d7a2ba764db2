"""Opens a report of any kind by its content: txt, docx, pdf, html, old doc.

Everything but plain text is read in a process that can be killed (``loaders.sandbox``): a
damaged or hostile file costs a message, never the host.
"""

from __future__ import annotations

import re
from pathlib import Path

from loaders import sandbox
from loaders.refusal import Refused
from loaders.report_text import plain
from loaders.report_text.model import Piece, ReportText
from loaders.sniff import sniff
from tidy.language import _

MEGABYTES = 64
SECONDS = 18.0  # the longest silence between two pieces of text
CONVERTING = 60.0  # LibreOffice needs its time to start
READERS = {"docx": "word:pieces", "pdf": "pdf:pieces", "html": "html:pieces", "mhtml": "html:pieces",
           "doc": "old_word:pieces"}  # fmt: skip
SHEETS = frozenset(("xlsx", "xlsb", "ods", "fods", "xls", "spreadsheetml"))
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def open_report(path: Path) -> ReportText:
    """Return the text of ``path``; raise :class:`Refused` with what is wrong and what to do."""
    try:
        kind = sniff(path)
        size = path.stat().st_size
    except OSError as error:
        raise Refused(
            "no_file", _("文件打不开（{why}）").format(why=error.strerror or error), _("请检查文件名和权限")
        ) from None
    if size > MEGABYTES << 20:
        raise Refused("too_large", _("文件超过 {n} MB").format(n=MEGABYTES), _("请按章节拆成几份，或去掉图片后再上传"))
    if kind == "xlsx" and path.suffix.lower() == ".docx":
        kind = "docx"  # a damaged archive tells nothing of itself
    if kind == "text":
        return plain.read(path.read_bytes())
    return _checked(_extracted(path, kind), kind)


def is_chinese(report: ReportText) -> bool:
    """True when the beginning of the report holds Chinese; rules and lexicon know no other language."""
    return bool(_CHINESE.search(report.text[:20_000]))


def _extracted(path: Path, kind: str) -> list[Piece]:
    if kind not in READERS:
        raise _not_a_report(kind)
    try:
        job = f"loaders.report_text.{READERS[kind]}"
        return list(sandbox.stream(job, str(path), seconds=CONVERTING if kind == "doc" else SECONDS))
    except Refused as refused:
        raise _in_words_of_reports(refused) from None


def _checked(pieces: list[Piece], kind: str) -> ReportText:
    """A file without text is a scan or empty; it must not pass as a report without figures."""
    report = ReportText.of(pieces)
    if report.text.strip():
        return report
    if kind == "pdf":
        raise Refused(
            "scanned", _("PDF 里没有文字（是扫描件或图片）"), _("请先做文字识别（OCR），另存为 docx 或 txt 后再上传")
        )
    raise Refused("empty", _("文件里没有文字"), _("请检查是否传错了文件"))


def _not_a_report(kind: str) -> Refused:
    if kind == "empty":
        return Refused("empty", _("文件是空的"), _("请检查是否传错了文件"))
    if kind == "encrypted":
        return Refused("password", _("文件有打开密码"), _("请取消密码后另存，再上传"))
    if kind == "image":
        return Refused(
            "scanned", _("这是一张图片，没有可读的文字"), _("请先做文字识别（OCR），另存为 docx 或 txt 后再上传")
        )
    if kind in SHEETS:
        return Refused("sheet", _("这是表格，不是文字报告"), _("请用“表格”方式读取：python -m loaders cells 文件"))
    return Refused("unknown_kind", _("认不出这种文件"), _("请另存为 docx、pdf、html 或 txt 后再上传"))


def _in_words_of_reports(refused: Refused) -> Refused:
    """The sandbox speaks of workbooks; say the same of reports."""
    said = {
        "too_slow": (_("文件读取超时"), _("请按章节拆成几份，或另存为 docx 后再上传")),
        "reader_died": (_("文件已损坏或过大，读取程序中止"), _("请用 Word 或 WPS 打开后另存为 docx 再上传")),
        "unreadable": (_("文件已损坏，读不出文字"), _("请用 Word 或 WPS 打开后另存为 docx 再上传")),
        "too_large": (_("文件展开后过大"), _("请按章节拆成几份，或去掉图片后再上传")),
    }
    code = refused.problem.code
    return Refused(code, *said[code]) if code in said else refused
