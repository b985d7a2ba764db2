"""Score the heading cells of the Chinese tables of IM-TQA (ACL 2023).

    python -m benchmarks.imtqa [TABLES.json]

Each table is turned into a sheet with its merged ranges; what :meth:`Table.labels` calls a heading is
compared with the annotators' attribute and index cells.  Blank cells are left out on both sides.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

from benchmarks.rows import Row, row
from loaders.grid import Merge, Sheet
from loaders.layout import tables

DEFAULT = Path(__file__).resolve().parents[2] / "shared" / "spreadsheets" / "imtqa" / "train_tables.json"
KINDS = ("vertical", "hierarchical", "horizontal", "complex")
COLUMN_HEADS = ("column_attribute", "column_index")
ALL_HEADS = (*COLUMN_HEADS, "row_attribute", "row_index")
Spot = tuple[int, int]


def as_sheet(table: dict[str, Any]) -> tuple[Sheet, dict[int, Spot]]:
    """Return a table of the benchmark as a sheet, and where each of its cells stands."""
    matrix, texts = table["cell_ID_matrix"], table["chinese_cell_value_list"]
    spots: dict[int, list[Spot]] = defaultdict(list)
    for line, numbers in enumerate(matrix):
        for column, number in enumerate(numbers):
            spots[number].append((line, column))
    width = max(map(len, matrix))
    rows: list[list[Any]] = [[None] * width for _ in matrix]
    merges, origins = [], {}
    for number, places in spots.items():
        (top, left), bottom, right = min(places), max(r for r, _c in places), max(c for _r, c in places)
        origins[number] = (top, left)
        rows[top][left] = texts[int(number)] if texts[int(number)].strip() else None
        if len(places) > 1:
            merges.append(Merge(top, left, bottom, right))
    return Sheet("table", rows, merges=merges), origins


def headings(table: dict[str, Any], names: tuple[str, ...]) -> tuple[set[Spot], set[Spot]]:
    """Return the heading cells that the annotators and the layout rules name; only column heads for COLUMN_HEADS."""
    sheet, origins = as_sheet(table)
    texts = table["chinese_cell_value_list"]
    truth = {origins[n] for name in names for n in table[name] if n in origins and texts[int(n)].strip()}
    found = tables(sheet)
    said = {spot for one in found for spot in one.labels()}
    if names == COLUMN_HEADS:
        header = {row for one in found for row in one.header}
        said = {spot for spot in said if spot[0] in header}
    return truth, said


def score(kind: str, names: tuple[str, ...], path: Path = DEFAULT) -> tuple[float, int, int]:
    """Return F over all heading cells of the tables of one kind, how many tables are exact, and how many there are."""
    hit = wanted = given = exact = count = 0
    for table in json.loads(path.read_text(encoding="utf-8")):
        if table["table_type"] == kind:
            truth, said = headings(table, names)
            hit, wanted, given = hit + len(truth & said), wanted + len(truth), given + len(said)
            exact, count = exact + (truth == said), count + 1
    return 2 * hit / (wanted + given), exact, count


def run(path: Path = DEFAULT) -> list[Row]:
    """F over the heading cells of each kind of table; ``ratio`` is the share of tables without a fault."""
    rows = []
    for kind in KINDS if path.exists() else ():
        for names in (COLUMN_HEADS, ALL_HEADS):
            f, exact, count = score(kind, names, path)
            what = "column headings" if names == COLUMN_HEADS else "all headings"
            rows.append(row(f"{kind} tables, {what}: F", f, "", f"{exact} of {count} tables exact", exact / count))
    return rows


if __name__ == "__main__":
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    for sort in KINDS:
        for heads in (COLUMN_HEADS, ALL_HEADS):
            f, right, many = score(sort, heads, file)
            print(
                f"{sort:13} {'column headings' if heads == COLUMN_HEADS else 'all headings':16} F {f:.4f}  exact {right}/{many}"
            )
