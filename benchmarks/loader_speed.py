"""How long the spreadsheet loader takes, as ratios to a bare expat pass of the same XML.

``run()`` gives rows of (name, value, unit, against, ratio).  Each reader runs in a process of its own,
so that its peak memory is its own and a warm cache helps no one.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from xml.parsers import expat

from benchmarks.rows import Row, compared, in_turn, row
from loaders.room import peak

ROWS, ROUNDS, SMALL_ROUNDS = 200_000, 3, 9
CITIES = ("杭州市", "宁波市", "温州市", "嘉兴市", "湖州市", "绍兴市", "金华市", "衢州市", "舟山市", "台州市", "丽水市")


def run(rows: int = ROWS) -> list[Row]:
    """Measure the readers on a large workbook and the whole way on a small form."""
    with tempfile.TemporaryDirectory() as folder:
        big, form = Path(folder) / "big.xlsx", Path(folder) / "form.xlsx"
        write_big(big, rows)
        write_form(form)
        return [*_big(big), *_small(form)]


def _big(path: Path) -> list[Row]:
    """Each reader in turn, ours and the floor several rounds, the slow peers once."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in READERS}
    for turn in range(ROUNDS):
        for name, reader in READERS.items():
            if turn == 0 or name not in SLOW:
                taken[name].append(_measured(reader, path))
    floor = statistics.median(seconds for seconds, _memory in taken["bare expat pass"])
    rows = []
    for name, found in taken.items():
        seconds = statistics.median(one for one, _memory in found)
        against = "" if name == "bare expat pass" else "bare expat pass"
        rows += [row(name, seconds, "s", against, seconds / floor, len(found)),
                 row(f"{name}: memory", max(memory for _seconds, memory in found), "MB", rounds=len(found))]  # fmt: skip
    return rows


def _small(path: Path) -> list[Row]:
    """The form to cells and to the tidy table, as a page reads it (in a process that may die), and as pandas does."""
    from loaders import load
    from loaders.cells import safely

    ways = {
        "cells": lambda: list(safely(path)),
        "the tidy table": lambda: load(path),
        "pandas + openpyxl": lambda: by_pandas(path),
    }
    return compared("four-sheet form, warm", in_turn(ways, SMALL_ROUNDS), "pandas + openpyxl", rounds=SMALL_ROUNDS)


def bare_expat(path: Path) -> None:
    """Let expat parse every part without telling anyone: the floor."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                with archive.open(name) as part:
                    expat.ParserCreate().ParseFile(part)


def grid(path: Path) -> None:
    """Read values, styles, errors, merges, hidden rows."""
    from loaders.grid import read

    read(path)


def layout(path: Path) -> None:
    """Read the cells and find the tables."""
    from loaders.grid import read
    from loaders.layout import tables

    for sheet in read(path):
        tables(sheet)


def tidy_table(path: Path) -> None:
    """The whole way: cells, layout, names, amounts, checks, observations."""
    from loaders.loading import Wishes, read_workbook

    read_workbook(path, path.name, Wishes())


def by_openpyxl(path: Path) -> None:
    """The usual reader, values only."""
    import openpyxl

    for sheet in openpyxl.load_workbook(path, read_only=True).worksheets:
        for _line in sheet.iter_rows(values_only=True):
            pass


def by_pandas(path: Path) -> None:
    """The usual way into a table."""
    import pandas

    pandas.read_excel(path, sheet_name=None, header=None)


READERS: dict[str, Callable[[Path], None]] = {
    "bare expat pass": bare_expat, "cells with metadata": grid, "cells and layout": layout, "workbook to tidy": tidy_table,
    "openpyxl read_only": by_openpyxl, "pandas + openpyxl": by_pandas,
}  # fmt: skip
SLOW = ("openpyxl read_only", "pandas + openpyxl")


def _measured(reader: Callable[[Path], None], path: Path) -> tuple[float, float]:
    """Return processor seconds and peak memory over what a bare process needs."""
    context = get_context("spawn")
    mine, theirs = context.Pipe(False)
    process = context.Process(target=_child, args=(reader, path, theirs))
    process.start()
    seconds, memory = mine.recv()
    process.join()
    return float(seconds), float(memory)


def _child(reader: Callable[[Path], None], path: Path, pipe) -> None:  # type: ignore[no-untyped-def]
    sys.stdout.flush()
    import loaders.grid
    import loaders.loading  # imports are no part of reading

    assert loaders.grid
    assert loaders.loading
    before = peak()
    started = time.process_time()
    reader(path)
    seconds = time.process_time() - started
    pipe.send((seconds, (peak() - before) / 1024))


def write_big(path: Path, rows: int) -> None:
    """Write a workbook of ``rows`` × 12 cells, half words, half numbers, with styles."""
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet, money, share = (
            book.add_worksheet("明细"),
            book.add_format({"num_format": "#,##0.00"}),
            book.add_format({"num_format": "0.0%"}),
        )
        sheet.write_row(
            0, 0, ["序号", "市", "单位", "类型", "层级", "备注", "会员", "职工", "金额", "占比", "场次", "人次"]
        )
        for number in range(1, rows):
            words = [f"{number:06d}A", CITIES[number % 11], f"第{number}工会", "园区", "县级", "正常"]
            for column, word in enumerate(words):
                sheet.write_string(number, column, word)
            sheet.write_number(number, 6, number % 977)
            sheet.write_number(number, 7, number % 1999 + 0.5)
            sheet.write_number(number, 8, number * 1.37, money)
            sheet.write_number(number, 9, (number % 100) / 100, share)
            sheet.write_number(number, 10, number % 13)
            sheet.write_number(number, 11, number % 50_000)


def write_form(path: Path) -> None:
    """Write a form of four sheets as a county office fills it in."""
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        bold = book.add_format({"bold": True})
        for part in range(4):
            sheet = book.add_worksheet(f"表{part + 1}")
            sheet.merge_range(0, 0, 0, 8, "基层工会改革试点情况统计表", bold)
            sheet.write(1, 8, "单位：人、家")
            sheet.merge_range(2, 0, 3, 0, "试点名称")
            for group in range(4):
                sheet.merge_range(2, 1 + 2 * group, 2, 2 + 2 * group, ("会员", "建会", "参保", "帮扶")[group])
                sheet.write_row(3, 1 + 2 * group, ["本期", "上期"])
            for row in range(60):
                sheet.write(4 + row, 0, f"{CITIES[row % 11]}第{row}试点")
                sheet.write_row(4 + row, 1, [row * 7 + c for c in range(8)])
            sheet.write(64, 0, "合计", bold)
            sheet.write(66, 0, "填表人：")


if __name__ == "__main__":
    for line in run():
        print(line)
