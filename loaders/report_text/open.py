"""Opens a report of any kind by its content: txt, docx, pdf, html, old doc and rtf.

Everything but plain text is read in a process that can be killed (``loaders.sandbox``): a
damaged or hostile file costs a message, never the host.
"""

from __future__ import annotations

import re
from pathlib import Path

from loaders import room, sandbox
from loaders.refusal import Refused
from loaders.report_text import plain
from loaders.report_text.model import Piece, ReportText
from loaders.sniff import sniff
from tidy.language import _
from tidy.problems import Problem

MEGABYTES = 64
SECONDS = 18.0  # the longest silence between two pieces of text
CONVERTING = 60.0  # LibreOffice needs its time to start
READERS = {"docx": "word:pieces", "pdf": "pdf:pieces", "html": "html:pieces", "mhtml": "html:pieces",
           "doc": "old_word:pieces", "rtf": "old_word:pieces"}  # fmt: skip
OFFICE = frozenset(("doc", "rtf"))  # what LibreOffice converts
RTF = b"{\\rtf"
# A damaged container tells nothing of itself: the name then says what was meant.
_MEANT = {("xlsx", ".docx"): "docx", ("xls", ".doc"): "doc"}
SHEETS = frozenset(("xlsx", "xlsb", "ods", "fods", "xls", "spreadsheetml"))
_SAMPLE = 20_000  # characters by which the language is told
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_KANA = re.compile(r"[\u3041-\u30ff]")
# Characters of reports that are written otherwise in the other script.
_TRADITIONAL = re.compile(
    "[會員職業個萬億與國們對開關學說為來時間數據勞動單總額資產權區縣鎮協調簽訂訓練競賽補貼醫療險務辦進發實際項標準領導幹書記黨團婦聯組織]"
)
_SIMPLIFIED = re.compile(
    "[会员职业个万亿与国们对开关学说为来时间数据劳动单总额资产权区县镇协调签订训练竞赛补贴医疗险务办进发实际项标准领导干书记党团妇联组织]"
)


def open_report(path: Path) -> ReportText:
    """Return the text of ``path``; raise :class:`Refused` with what is wrong and what to do."""
    try:
        kind = kind_of(path)
        size = path.stat().st_size
    except OSError as error:
        raise Refused(
            "no_file", _("文件打不开（{why}）").format(why=error.strerror or error), _("请检查文件名和权限")
        ) from None
    if size > MEGABYTES << 20:
        raise Refused("too_large", _("文件超过 {n} MB").format(n=MEGABYTES), _("请按章节拆成几份，或去掉图片后再上传"))
    if kind == "text":
        return plain.read(path.read_bytes())
    return _checked(_extracted(path, kind), kind)


def kind_of(path: Path) -> str:
    """Return what the file is by its content, RTF told from plain text; ``OSError`` when it cannot be opened."""
    kind: str = sniff(path)
    if kind == "text":
        with path.open("rb") as file:
            return "rtf" if file.read(len(RTF)) == RTF else kind
    return _MEANT.get((kind, path.suffix.lower()), kind)


def language_remark(report: ReportText, name: str = "") -> Problem | None:
    """Return a remark where the report is not in simplified Chinese, all that rules and lexicon know; else None."""
    beginning = report.text[:_SAMPLE]
    chinese, kana = len(_CHINESE.findall(beginning)), len(_KANA.findall(beginning))
    if not chinese or kana * 10 > chinese:
        said = _("文中没有中文，规则和词表只认中文") if not chinese else _("文中是日文，规则和词表只认中文")
        return Problem("not_chinese", said, _("请核对是否传错了文件"), name, severity="warning")
    if len(_TRADITIONAL.findall(beginning)) > len(_SIMPLIFIED.findall(beginning)):
        return Problem("traditional", _("文中多为繁体字，规则和词表只认简体，多数数据会读不出"),
                       _("请用 Word 或 WPS 的“繁转简”转换，另存后再读取"), name, severity="warning")  # fmt: skip
    return None


def _extracted(path: Path, kind: str) -> list[Piece]:
    if kind not in READERS:
        raise _not_a_report(kind)
    try:
        job = f"loaders.report_text.{READERS[kind]}"
        return list(sandbox.stream(job, str(path), seconds=patience(kind), **bounds(path, kind)))
    except Refused as refused:
        raise in_words_of_reports(refused) from None


def patience(kind: str) -> float:
    """Return the longest silence while a report of this kind is read."""
    return CONVERTING if kind in OFFICE else SECONDS


def bounds(path: Path, kind: str) -> room.Bounds:
    """Return what a report of this kind may take in all: no report is megabytes of text; LibreOffice starts for an old one."""
    usual = room.bounds(path)
    total = room.TOTAL if kind == "text" else usual["total"] + (CONVERTING if kind in OFFICE else 0)
    return {**usual, "total": total}


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


def in_words_of_reports(refused: Refused) -> Refused:
    """The sandbox speaks of workbooks; say the same of reports."""
    said = {
        "too_slow": (_("文件读取超时"), _("请按章节拆成几份，或另存为 docx 后再上传")),
        "reader_died": (_("文件已损坏或过大，读取程序中止"), _("请用 Word 或 WPS 打开后另存为 docx 再上传")),
        "unreadable": (_("文件已损坏，读不出文字"), _("请用 Word 或 WPS 打开后另存为 docx 再上传")),
        "too_large": (_("文件展开后过大"), _("请按章节拆成几份，或去掉图片后再上传")),
    }
    code = refused.problem.code
    return Refused(code, *said[code]) if code in said else refused
