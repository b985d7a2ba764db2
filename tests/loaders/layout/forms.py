"""Small sheets written as text: one row a line, cells between bars, numbers as numbers."""

from __future__ import annotations

from loaders.grid.model import Sheet, Value, a1, parse_range
from loaders.layout import tables


def sheet(text: str, *merges: str) -> Sheet:
    """Return the sheet that ``text`` draws; a leading ``'`` keeps a number as text."""
    rows = [[_value(cell) for cell in line.split("|")] for line in text.strip("\n").split("\n")]
    width = max(map(len, rows))
    return Sheet("S", [row + [None] * (width - len(row)) for row in rows], merges=[parse_range(m) for m in merges])


def _value(cell: str) -> Value:
    if cell.startswith("'"):
        return cell[1:]
    try:
        return float(cell)
    except ValueError:
        return cell or None


def links(made: Sheet, *roles: str) -> dict[str, str]:
    """Return address → ``row path ; … > column path ; …`` of the cells with these roles (data and total)."""
    return {
        a1(f.row, f.column): " > ".join(
            " ; ".join("/".join(label.text for label in path) for path in paths) for paths in (f.rows, f.columns)
        )
        for table in tables(made)
        for f in table.figures
        if f.role in (roles or ("data", "total"))
    }
