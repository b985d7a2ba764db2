"""The rows of an exhibit as CSV that a spreadsheet opens rightly: UTF-8 with BOM, formulas made harmless."""

from __future__ import annotations

import csv
import io

import pandas as pd

from exports.evidence import amount_of, ids_of, rows_of
from exports.safe import csv_text
from tidy.exhibit import MARK_COLUMNS, Exhibit
from tidy.language import _


def write(exhibit: Exhibit, evidence: pd.DataFrame | None = None) -> bytes:
    """Return the marks of ``exhibit``, one a row: its columns, the amount in words, the printed phrases."""
    extra = [name for name in exhibit.table.columns if name not in MARK_COLUMNS]
    names = [*MARK_COLUMNS[:-1], *extra, "observation_ids"]
    rows = [
        [*(_field(getattr(mark, name, "")) for name in names), amount_of(mark), _printed(mark, evidence)]
        for mark in exhibit.table.itertuples()
    ]
    return write_rows([*names, _("表述"), _("原文")], rows)


def write_rows(headings: list[str], rows: list[list[object]]) -> bytes:
    """Return a table as CSV bytes; texts are made harmless, numbers stay numbers."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([csv_text(name) for name in headings])
    writer.writerows([[_field(value) for value in row] for row in rows])
    return target.getvalue().encode("utf-8-sig", errors="replace")


def _field(value: object) -> object:
    """Numbers as they are (12597, not 12597.0), missing as nothing, texts without formulas."""
    if value is None or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int | float) else csv_text(value)


def _printed(mark: object, evidence: pd.DataFrame | None) -> str:
    if evidence is None:
        return ""
    return " | ".join(dict.fromkeys(row.as_printed for row in rows_of(ids_of(mark), evidence)))
