"""A spreadsheet's data cells with their heading paths: the lines of ``python -m loaders cells``."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from loaders import sandbox
from loaders.grid import Sheet, a1, read
from loaders.layout import Figure, Label, Table, tables
from loaders.layout.units import fitting, is_unit, unit_in
from loaders.layout.words import squeeze, words
from loaders.numbers import Reading, read_number
from loaders.refusal import Refused
from tidy.language import _
from tidy.problems import Problem

SHOWN = ("data", "total", "text", "error")
BATCH = 2_000
LONGEST = 18.0  # seconds for a file that is tried twice


def safely(path: Path, everything: bool = False) -> Iterator[tuple[str, list[Problem]]]:
    """Yield what :func:`batches` yields, run in a process that may die or hang; ``Refused`` when it does.

    A file that kills the first reader is tried once more with the second.
    """
    started, begun = time.monotonic(), False
    try:
        for piece in sandbox.stream("loaders.cells:batches", path, everything):
            begun = True
            yield piece
    except Refused as refused:
        left = LONGEST - (time.monotonic() - started)
        if begun or refused.problem.code != "reader_died" or left < 1:
            raise
        yield from sandbox.stream("loaders.cells:batches", path, everything, True, seconds=left)


def batches(path: Path, everything: bool = False, careful: bool = False) -> Iterator[tuple[str, list[Problem]]]:
    """Yield JSON lines and problems in pieces small enough to send between processes."""
    items = lines(path, everything, careful)
    while piece := list(islice(items, BATCH)):
        text = "".join(json.dumps(i, ensure_ascii=False) + "\n" for i in piece if isinstance(i, dict))
        yield text, [i for i in piece if isinstance(i, Problem)]


def lines(path: Path, everything: bool = False, careful: bool = False) -> Iterator[dict[str, Any] | Problem]:
    """Yield a file's data cells as dictionaries (design, section 6) and what must be said about it."""
    count = 0
    for sheet in read(path, careful):
        found = tables(sheet)
        for table in found:
            for figure in table.figures:
                if everything or figure.role in SHOWN:
                    count += 1
                    yield line(sheet, table, figure)
        yield from _remarks(sheet)
    if not count:
        yield Problem(
            "no_figures",
            _("没有找到任何数据单元格"),
            _("请确认数据写在工作表的单元格里，而不是图片、文本框或另一个文件中"),
        )


def _remarks(sheet: Sheet) -> Iterator[Problem]:
    for row, column in sorted(sheet.uncached)[:20]:
        yield Problem(
            "uncached_formula",
            _("公式没有算出的值"),
            _("请用表格软件打开、重算并保存"),
            sheet=sheet.name,
            cell=a1(row, column),
            severity="warning",
        )


def line(sheet: Sheet, table: Table, figure: Figure) -> dict[str, Any]:
    """Return one data cell as the dictionary that is printed."""
    at = (figure.row, figure.column)
    reading = read_number(sheet.value(*at), sheet.style(*at))
    if figure.role in ("text", "missing", "error"):
        reading = Reading(reading.text, None)
    note = sheet.comments.get(at, "")
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
    names = {name.column: squeeze(name.text) for name in table.names}
    for path in figure.rows:
        if path and names.get(path[-1].column, "") in words()["unit_columns"] and is_unit(path[-1].text):
            return path[-1].text
    return fitting(figure.unit, [label.text for path in figure.columns + figure.rows for label in path])


def _path(path: tuple[Label, ...]) -> list[dict[str, str]]:
    return [{"cell": a1(label.row, label.column), "text": label.text} for label in path]
