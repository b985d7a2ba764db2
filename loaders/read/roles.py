"""The part each filled cell plays in its sheet, with the reason: what a reviewer sees coloured."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from loaders.grid import Sheet, a1
from loaders.layout import Table
from loaders.layout.view import plain_text
from loaders.read.reasons import in_words
from loaders.read.workbook import Reading
from loaders.vocabulary.headings import context_pair
from tidy.language import _
from tidy.problems import Problem

COLUMNS = ("sheet", "cell", "row", "column", "text", "role", "reason", "confidence")
MOST_ROWS = 2_000  # rows of a sheet that are shown for review; what is below follows the same pattern


def roles(reading: Reading) -> pd.DataFrame:
    """Return one row a filled cell: title, context, header, row_heading, data, total, missing, text, error, note, ignored."""
    rows = [line for sheet in reading.sheets for line in _of_sheet(reading, sheet)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def not_shown(reading: Reading) -> list[Problem]:
    """Say which sheets are longer than what :func:`roles` tells of them."""
    return [
        Problem(
            "roles_cut",
            _("只逐格标注前 {n} 行；其余 {more} 行按同样的规则读入，预览中不标注").format(
                n=MOST_ROWS, more=len(sheet.rows) - MOST_ROWS
            ),
            _("核对时请看读出的数据表"),
            reading.file,
            sheet.name,
            a1(sheet.top + MOST_ROWS, sheet.left),
            severity="note",
        )
        for sheet in reading.sheets
        if len(sheet.rows) > MOST_ROWS
    ]


def _of_sheet(reading: Reading, sheet: Sheet) -> Iterator[tuple[str, str, int, int, str, str, str, float]]:
    own = [(number, table) for number, table in enumerate(reading.tables) if table.sheet == sheet.name]
    known = {spot: found for number, table in own for spot, found in _of_table(reading, number, table, sheet).items()}
    nowhere = ("ignored", _("不在任何表的数据区、表头、标题或附注里"), 0.5)
    for row, cells in enumerate(sheet.rows[:MOST_ROWS], sheet.top):
        for column, value in enumerate(cells, sheet.left):
            text = "" if value is None else plain_text(value)
            if text and not text.isspace():
                yield sheet.name, a1(row, column), row, column, text, *known.get((row, column), nowhere)


def _of_table(
    reading: Reading, number: int, table: Table, sheet: Sheet
) -> dict[tuple[int, int], tuple[str, str, float]]:
    sure = table.confidence
    why = in_words(table.reasons)
    found = {(line.row, line.column): ("note", _("表下的附注"), sure) for line in table.notes}
    found |= {(line.row, line.column): _title(line.text, sure) for line in table.titles}
    cells = reading.cells[reading.cells["table"].eq(number) & (reading.cells["row"] < sheet.top + MOST_ROWS)]
    body_top = min(reading.headings[number].rows, default=table.bottom)
    for row, column, role in zip(cells["row"], cells["column"], cells["role"], strict=True):
        found[row, column] = (role, why, sure)
    for row, column in table.labels(sheet.top + MOST_ROWS):
        role = "header" if row in table.header or row < body_top else "row_heading"
        found[row, column] = (role, why, sure)
    return found


def _title(text: str, sure: float) -> tuple[str, str, float]:
    if context_pair(text):
        return "context", _("说明整张表的填报单位、时期或计量单位"), sure
    return "title", _("表上方的标题"), sure
