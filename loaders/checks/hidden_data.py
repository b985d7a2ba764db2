"""Figures in hidden rows, columns and sheets: read all the same, and said."""

from __future__ import annotations

from loaders.checks._at import among, at
from loaders.read.workbook import Reading
from tidy.language import _
from tidy.problems import Problem


def check(reading: Reading) -> list[Problem]:
    """Return a warning for each hidden row, column or sheet that holds figures."""
    cells = among(reading.cells, reading.cells["hidden"].astype(bool) & reading.cells["value"].notna())
    found = []
    for name, group in cells.groupby("sheet", sort=False):
        sheet = reading.sheet(str(name))
        if not sheet.visible:
            found.append(
                at(
                    reading,
                    next(group.itertuples()),
                    "hidden_data",
                    _("隐藏的工作表里有数据，已读入"),
                    _("不该上报的请删除，该上报的请取消隐藏"),
                    "warning",
                )
            )
            continue
        by_row = group[group["row"].isin(sheet.hidden_rows)].drop_duplicates("row")
        by_column = group[~group["row"].isin(sheet.hidden_rows)].drop_duplicates("column")
        for row in [*by_row.itertuples(), *by_column.itertuples()]:
            where = _("隐藏的行") if row.row in sheet.hidden_rows else _("隐藏的列")
            found.append(
                at(
                    reading,
                    row,
                    "hidden_data",
                    _("{where}里有数据，已读入").format(where=where),
                    _("不该上报的请删除，该上报的请取消隐藏"),
                    "warning",
                )
            )
    return found
