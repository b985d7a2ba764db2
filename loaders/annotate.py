"""The uploader's own workbook given back: wrong cells coloured and commented, and a list of problems with links.

The copy is written with openpyxl, which keeps values, formulas, formats, pictures, charts and macros but
not everything; what a workbook loses by it is told on the list. Other formats come back as a converted xlsx.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from loaders import room, sandbox
from loaders.annotated import LIST, SIGN
from loaders.grid import CellError, Merge, Sheet, read
from loaders.sniff import sniff
from tidy.language import _
from tidy.problems import SEVERITIES, Problem

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

WRITE = "loaders.annotate:annotate_here"
FILLS = {"error": "FFC7CE", "warning": "FFEB9C", "note": "DDEBF7"}
MOST_COMMENTS = 2_000
MOST_LISTED = 20_000
MOST_MERGED = 500_000  # cells under merges; openpyxl makes an object of each
WIDTHS = {"A": 6, "B": 8, "C": 18, "D": 12, "E": 26, "F": 60, "G": 50}
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class Annotated:
    """The annotated copy, and what it has lost against the original, in the reader's words."""

    content: bytes
    losses: list[str] = field(default_factory=list)


class _Signalling(io.BytesIO):
    """A file in memory that says, whenever it is read or written, that work goes on."""

    def read(self, size: int | None = -1, /) -> bytes:
        """Read as any file does."""
        sandbox.alive()
        return super().read(size)

    def write(self, data: Buffer, /) -> int:
        """Write as any file does."""
        sandbox.alive()
        return super().write(data)


def annotate(path: Path, problems: Sequence[Problem]) -> Annotated:
    """Return a copy of the spreadsheet at ``path`` with its ``problems`` marked; ``Refused`` when it cannot be read.

    Written in a process that can be killed, as reading is.
    """
    made: Annotated = sandbox.call(WRITE, path.resolve(), list(problems), **room.bounds(path))
    return made


def annotate_here(path: Path, problems: Sequence[Problem]) -> Annotated:
    """Annotate in this process; see :func:`annotate`."""
    workbook, losses = _opened(path)
    for sheet in workbook.worksheets:
        _clear(sheet)
        _mark(sheet, [p for p in problems if p.sheet == sheet.title and p.cell])
    _list(workbook, problems, losses)
    workbook.calculation.fullCalcOnLoad = True
    out = _Signalling()
    workbook.save(out)
    return Annotated(out.getvalue(), losses)


def _opened(path: Path) -> tuple[Workbook, list[str]]:
    """Open the original where openpyxl sees all of it, else a converted copy."""
    sheets = read(path)
    if sum(_covered(merge) for sheet in sheets for merge in sheet.merges) > MOST_MERGED:
        return _converted(sheets), [_("合并的区域过大，这是转换的副本：合并只留到有内容处，没有公式和图形")]
    if sniff(path) == "xlsx":
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                workbook = load_workbook(
                    _Signalling(path.read_bytes()), keep_vba=_has(path, "xl/vbaProject.bin"), rich_text=True
                )
            if ({sheet.name for sheet in sheets} <= set(workbook.sheetnames) and _filled(workbook)) or not sheets:
                return workbook, lost(path)
        except Exception:  # openpyxl fails in many ways; the grid has read the file, so a copy is possible
            return _converted(sheets), [_("原件结构特殊，这是转换的副本：只有数值和格式，没有公式和图形")]
    return _converted(sheets), [_("原件不是 xlsx，这是转换的副本：公式只留结果，没有图形")]


def _covered(merge: Merge) -> int:
    return (merge.bottom - merge.top + 1) * (merge.right - merge.left + 1)


def _filled(workbook: Workbook) -> bool:
    return any(
        sheet.max_row > 1 or sheet.max_column > 1 or sheet["A1"].value is not None for sheet in workbook.worksheets
    )


def _has(path: Path, name: str) -> bool:
    with zipfile.ZipFile(path) as archive:
        return name in archive.namelist()


def _losses() -> tuple[tuple[re.Pattern[str], re.Pattern[bytes] | None, str], ...]:
    """Return (part of the package, what it must hold, how its loss is told)."""
    return (
        (re.compile(r"xl/drawings/drawing\d+\.xml"), re.compile(rb"<xdr:(?:sp|grpSp|cxnSp)[ >]"), _("形状和文本框没有保留")),
        (re.compile(r"xl/(?:ctrlProps|activeX)/"), None, _("按钮等控件没有保留")),
        (re.compile(r"xl/(?:slicers|timelines)/"), None, _("切片器没有保留")),
        (re.compile(r"xl/diagrams/"), None, _("SmartArt 图示没有保留")),
        (re.compile(r"xl/embeddings/"), None, _("嵌入的文件没有保留")),
        (re.compile(r"xl/charts/chart\d*\.xml"), None, _("图表保留，样式可能有变化")),
        (re.compile(r"xl/threadedComments/"), None, _("批注的回复合并成了普通批注")),
        (re.compile(r"_xmlsignatures/"), None, _("数字签名失效")),
        (re.compile(r"xl/worksheets/sheet\d+\.xml"), re.compile(rb"<x14:(?:sparklineGroup|conditionalFormatting|dataValidation)[ >]"),
         _("迷你图、扩展的条件格式和数据验证没有保留")),
        (re.compile(r"xl/worksheets/sheet\d+\.xml"), re.compile(rb"<f[ >]"), _("公式保留，结果要打开后重新计算")),
    )  # fmt: skip


def lost(path: Path) -> list[str]:
    """Return what an xlsx loses when openpyxl writes it again."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        return [
            words
            for part, inside, words in _losses()
            if any(part.match(name) and (inside is None or inside.search(archive.read(name))) for name in names)
        ]


def _converted(sheets: Iterable[Sheet]) -> Workbook:
    workbook = Workbook()
    workbook.remove(workbook.active)
    for sheet in sheets:
        copy = workbook.create_sheet(re.sub(r"[\\/*?:\[\]]", "_", sheet.name)[:31] or None)
        copy.sheet_state = "visible" if sheet.visible else "hidden"
        for i, row in enumerate(sheet.rows):
            for j, value in enumerate(row):
                if value is not None:
                    _copy(copy, sheet, sheet.top + i, sheet.left + j, value)
        for top, left, bottom, right in _kept_merges(sheet):
            copy.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    return workbook if workbook.worksheets else Workbook()


def _kept_merges(sheet: Sheet) -> Iterator[Merge]:
    """Yield the merged ranges as far as there is content, until too many cells are under them."""
    left = MOST_MERGED
    for merge in filter(None, map(sheet.clipped, dict.fromkeys(sheet.merges))):
        left -= _covered(merge)
        if left < 0:
            return
        yield merge


def _copy(copy: Worksheet, sheet: Sheet, row: int, column: int, value: Any) -> None:
    style = sheet.style(row, column)
    if row < 1_048_576 and column < 16_384:
        cell = copy.cell(row + 1, column + 1)
        _write(cell, str(value) if isinstance(value, CellError) else value)
        cell.font = Font(bold=style.bold)
        if isinstance(value, (int, float)):
            cell.number_format = style.number_format


def _write(cell: Any, value: Any) -> None:
    """Write a value; text that begins with = stays text."""
    if isinstance(value, str):
        cell.value = FORBIDDEN.sub("", value)[:32_000]
        cell.data_type = "s"
    else:
        cell.value = value


def _clear(sheet: Worksheet) -> None:
    """Take away the notes of an earlier check."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.comment and cell.comment.text.startswith(SIGN):
                cell.comment, cell.fill = None, PatternFill()


def _mark(sheet: Worksheet, problems: Sequence[Problem]) -> None:
    by_cell: dict[str, list[Problem]] = {}
    for problem in problems:
        by_cell.setdefault(problem.cell.partition(":")[0], []).append(problem)
    for address, own in list(by_cell.items())[:MOST_COMMENTS]:
        cell = _corner(sheet, address)
        worst = min(own, key=lambda p: SEVERITIES.index(p.severity)).severity
        cell.fill = PatternFill("solid", fgColor=FILLS[worst])
        said = "\n".join(f"{p.message} → {p.advice}" if p.advice else p.message for p in own)
        before = f"\n{cell.comment.text}" if cell.comment else ""
        cell.comment = Comment(f"{SIGN}{said}{before}"[:30_000], "检查", height=120, width=320)


def _corner(sheet: Worksheet, address: str) -> Any:
    cell = sheet[address]
    if isinstance(cell, MergedCell):
        reach = next(r for r in sheet.merged_cells.ranges if address in r)
        return sheet.cell(reach.min_row, reach.min_col)
    return cell


def _list(workbook: Workbook, problems: Sequence[Problem], losses: Sequence[str]) -> None:
    """Add the sheet of problems in front, each with a link to its cell."""
    if LIST in workbook.sheetnames:
        del workbook[LIST]
    sheet = workbook.create_sheet(LIST, 0)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage = 0, True
    sheet.append([SIGN + _("共 {n} 个问题").format(n=len(problems))])
    sheet.append([_("此副本：{losses}").format(losses="；".join(losses)) if losses else _("此副本与原件内容相同")])
    sheet.append([_("序号"), _("级别"), _("工作表"), _("单元格"), _("原文"), _("问题"), _("怎么办")])
    words = {"error": _("错误"), "warning": _("警告"), "note": _("提示")}
    for number, problem in enumerate(problems[:MOST_LISTED], start=1):
        row = (
            number,
            words[problem.severity],
            problem.sheet,
            problem.cell,
            problem.text,
            problem.message,
            problem.advice,
        )
        for column, value in enumerate(row, start=1):
            _write(sheet.cell(number + 3, column), value)
        _link(workbook, sheet.cell(number + 3, 4), problem)
        sheet.cell(number + 3, 2).fill = PatternFill("solid", fgColor=FILLS[problem.severity])
    _dress(sheet)
    workbook.active = 0


def _link(workbook: Workbook, cell: Any, problem: Problem) -> None:
    if problem.cell and problem.sheet in workbook.sheetnames:
        name = problem.sheet.replace("'", "''")
        cell.hyperlink = f"#'{name}'!{problem.cell}"
        cell.font = Font(color="0563C1", underline="single")


def _dress(sheet: Worksheet) -> None:
    for cell in sheet[3]:
        cell.font = Font(bold=True)
    for letters, width in WIDTHS.items():
        sheet.column_dimensions[letters].width = width
    for row in sheet.iter_rows(min_row=4):
        for cell in row[4:]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A4"
    sheet.auto_filter.ref = f"A3:G{max(sheet.max_row, 4)}"
