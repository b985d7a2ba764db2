"""A spreadsheet's data cells with their heading paths: the lines of ``python -m loaders cells``."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from loaders import room, sandbox
from loaders.grid import CellError, Sheet, a1, read
from loaders.layout import Figure, Label, Table, tables
from loaders.layout.units import fitting, is_unit, unit_in
from loaders.layout.view import plain_text
from loaders.layout.words import squeeze, words
from loaders.layout.wordy import LOOSE
from loaders.numbers import Reading, read_number
from loaders.refusal import Refused
from tidy.language import _
from tidy.problems import Problem, Severity

SHOWN = ("data", "total", "text", "error")
BATCH = 2_000
MOST_NAMED = 20  # cells named in one message
LONGEST_TEXT = 2_000  # characters of a cell of words that are printed
MOST_LOOKED_AT = 200_000  # cells of a sheet in which strays are looked for
LONGEST = 18.0  # seconds for a file that is tried twice


def safely(path: Path, everything: bool = False) -> Iterator[tuple[str, list[Problem]]]:
    """Yield what :func:`batches` yields, run in a process that may die or hang; ``Refused`` when it does.

    A file that kills the first reader is tried once more with the second.
    """
    started, begun, most = time.monotonic(), False, room.bounds(path)["megabytes"]
    try:
        for piece in sandbox.stream("loaders.cells:batches", path, everything, megabytes=most):
            begun = True
            yield piece
    except Refused as refused:
        left = LONGEST - (time.monotonic() - started)
        if begun or refused.problem.code != "reader_died" or left < 1:
            raise
        yield from sandbox.stream("loaders.cells:batches", path, everything, True, seconds=left, megabytes=most)


def batches(path: Path, everything: bool = False, careful: bool = False) -> Iterator[tuple[str, list[Problem]]]:
    """Yield JSON lines and problems in pieces small enough to send between processes."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    items = lines(path, everything, careful)
    while piece := list(islice(items, BATCH)):
        text = "".join(encode(i) + "\n" for i in piece if isinstance(i, dict))
        yield text, [i for i in piece if isinstance(i, Problem)]


def lines(path: Path, everything: bool = False, careful: bool = False) -> Iterator[dict[str, Any] | Problem]:
    """Yield a file's data cells as dictionaries (design, section 6) and what must be said about it."""
    count, without = 0, []
    for sheet in read(path, careful):
        sandbox.alive()
        found = tables(sheet)
        for table in found:
            for figure in table.figures:
                if everything or figure.role in SHOWN:
                    count += 1
                    yield line(sheet, table, figure)
        for stray in stray_errors(sheet, found):
            count += 1
            yield line(sheet, Table(sheet.name, stray.row, stray.row, confidence=LOOSE), stray)
        yield from _remarks(sheet, found)
        if not found and any(v is not None for row in sheet.rows for v in row):
            without.append(sheet)
    if count:
        message, advice = _("工作表中有内容，但没有找到数据"), _("如应有数据，请检查表头和数据是否相连")
        yield from (_remark(sheet, "sheet_without_figures", "", message, advice) for sheet in without)
    else:
        yield Problem(
            "no_figures",
            _("没有找到任何数据单元格"),
            _("请确认数据写在工作表的单元格里，而不是图片、文本框或另一个文件中"),
        )


def stray_errors(sheet: Sheet, found: list[Table]) -> list[Figure]:
    """Return the error values outside the tables, or among their headings: a figure was meant there too."""
    errors = {
        (i, j)
        for i, row in enumerate(sheet.rows, sheet.top)
        for j, value in enumerate(row, sheet.left)
        if type(value) is CellError
    }
    if errors:
        errors -= {(f.row, f.column) for table in found for f in table.figures}
    return [Figure(row, column, "error", (), (), "") for row, column in sorted(errors)]


def _remarks(sheet: Sheet, found: list[Table]) -> Iterator[Problem]:
    """Say what of a sheet is not among its data cells, so that nothing is dropped in silence."""
    advice = _("请用表格软件打开、重算并保存")
    for row, column in sorted(sheet.uncached)[:MOST_NAMED]:
        yield _remark(
            sheet, "uncached_formula", a1(row, column), _("公式的结果是空的，或没有算出来"), advice, "warning"
        )
    for address in sheet.remarks[:MOST_NAMED]:
        yield _remark(
            sheet, "stray_cell", address, _("单元格离表格太远，没有读入"), _("如有用，请移到表格中"), "warning"
        )
    strays = list(islice(outside(sheet, found), MOST_NAMED)) if found else []
    if strays:
        yield _remark(
            sheet,
            "outside_table",
            strays[0],
            _("这些数字在表格之外，没有读入：{cells}").format(cells=" ".join(strays)),
            _("如属于表格，请移到表格中；否则可以不管"),
        )


def _remark(sheet: Sheet, code: str, cell: str, message: str, advice: str, severity: Severity = "note") -> Problem:
    return Problem(code, message, advice, sheet=sheet.name, cell=cell, severity=severity)


def outside(sheet: Sheet, found: list[Table]) -> Iterator[str]:
    """Yield the addresses of numbers that stand beside or between the tables of a sheet."""
    if sum(map(len, sheet.rows)) > MOST_LOOKED_AT:
        return
    inside = {(f.row, f.column) for table in found for f in table.figures}
    for table in found:
        inside |= {(label.row, label.column) for label in table.names + table.heads}
    for i, row in enumerate(sheet.rows, sheet.top):
        for j, value in enumerate(row, sheet.left):
            number = isinstance(value, (int, float)) and not isinstance(value, bool)
            if number and (i, j) not in inside and not any(_near(table, i, j) for table in found):
                yield a1(i, j)


def _near(table: Table, row: int, column: int) -> bool:
    """Tell whether a cell belongs to a table's headings: its stub, or the rows that number its columns."""
    return table.top <= row <= table.bottom and (column in table.stub or row <= max(table.header, default=-1) + 1)


def line(sheet: Sheet, table: Table, figure: Figure) -> dict[str, Any]:
    """Return one data cell as the dictionary that is printed."""
    at = (figure.row, figure.column)
    note = sheet.comments.get(at, "")
    if figure.role in ("text", "missing", "error"):
        text = plain_text(sheet.value(*at))
        reading = Reading(text[:LONGEST_TEXT], None)
        note = " ".join(filter(None, (_("文本过长，已截短") if len(text) > LONGEST_TEXT else "", note)))
    else:
        reading = read_number(sheet.value(*at), sheet.style(*at))
    if figure.role == "error":
        note = " ".join(filter(None, (_("错误值"), note)))
    return {
        "sheet": sheet.name,
        "cell": a1(*at),
        "text": reading.text,
        "value": reading.value,
        "unit": reading.unit or (unit(table, figure) if reading.value is not None else ""),
        "qualifier": reading.qualifier,
        "role": figure.role if figure.role in ("total", "missing") else "data",
        "rows": [_path(p) for p in figure.rows],
        "columns": [_path(p) for p in figure.columns],
        "hidden": sheet.hidden(*at),
        "note": note,
        "confidence": table.confidence,
    }


def unit(table: Table, figure: Figure) -> str:
    """Return the unit of a figure: of its column, its row, its row's unit column, or its table."""
    for path in figure.columns:
        if len(path) > 1 and is_unit(path[-1].text):
            return path[-1].text
    for path in figure.columns + figure.rows[::-1]:
        for label in reversed(path):
            named = unit_in(label.text)
            if named:
                return named
    columns = {name.column for name in table.names if squeeze(name.text) in words()["unit_columns"]}
    for path in figure.rows:
        if path[-1].column in columns and is_unit(path[-1].text):
            return path[-1].text
    return fitting(figure.unit, [label.text for path in figure.columns + figure.rows for label in path])


def _path(path: tuple[Label, ...]) -> list[dict[str, str]]:
    return [{"cell": a1(label.row, label.column), "text": label.text} for label in path]
