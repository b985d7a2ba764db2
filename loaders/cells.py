"""A spreadsheet's data cells with their heading paths: the lines of ``python -m loaders cells``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from loaders.grid import Sheet, a1, read
from loaders.layout import Figure, Label, Table, tables
from loaders.layout.view import plain_text

SHOWN = ("data", "total", "text", "error")


def cells(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the data cells of a spreadsheet file as plain dictionaries (design, section 6)."""
    for sheet in read(path):
        for table in tables(sheet):
            for figure in table.figures:
                if figure.role in SHOWN:
                    yield line(sheet, table, figure)


def line(sheet: Sheet, table: Table, figure: Figure) -> dict[str, Any]:
    """Return one data cell as the dictionary that is printed."""
    value = sheet.value(figure.row, figure.column)
    return {
        "sheet": sheet.name, "cell": a1(figure.row, figure.column), "text": plain_text(value),
        "value": value if isinstance(value, (int, float)) and not isinstance(value, bool) else None,
        "unit": figure.unit, "qualifier": "exact",
        "role": "total" if figure.role == "total" else "data",
        "rows": [_path(p) for p in figure.rows], "columns": [_path(p) for p in figure.columns],
        "hidden": sheet.hidden(figure.row, figure.column),
        "note": sheet.comments.get((figure.row, figure.column), ""), "confidence": table.confidence,
    }


def _path(path: tuple[Label, ...]) -> list[dict[str, str]]:
    return [{"cell": a1(label.row, label.column), "text": label.text} for label in path]
