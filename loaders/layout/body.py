"""The body of a table: its rows' headings and its figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from loaders.layout.kinds import BLANK, ERROR, FIGURES, MARK
from loaders.layout.rows import Item, chain, grow, item
from loaders.layout.stub import Columns
from loaders.layout.table import Label, Path
from loaders.layout.view import View
from loaders.layout.words import is_continued, is_total


@dataclass(slots=True)
class Body:
    """The rows of a body: those with figures, and the headings of each."""

    rows: list[int] = field(default_factory=list)
    paths: dict[int, tuple[Path, ...]] = field(default_factory=dict)
    totals: set[int] = field(default_factory=set)


def read_body(view: View, rows: range, columns: Columns) -> Body:
    """Return the rows with figures among ``rows`` and their headings."""
    body = Body()
    items: list[Item] = []
    spots: list[tuple[int, int]] = []
    extra: dict[int, str] = {}
    tree = _tree_column(columns)
    plan: list[tuple[int, int | None]] = []
    for row in rows:
        data = _has_data(view, row, columns)
        if not data and _continues(view, row, columns):
            if items and tree is not None:
                extra[len(items) - 1] = f"{extra.get(len(items) - 1, '')} {view.text(row, tree)}".rstrip()
            continue
        spot = _heading(view, row, columns, tree, data)
        if spot is None and not data:
            continue
        number: int | None = None
        if spot is not None:
            if spots and spots[-1] == spot:
                number = len(items) - 1
            else:
                number = len(items)
                style = view.style(*spot)
                items.append(item(row, view.raw(*spot), style.bold, style.indent, not data))
                spots.append(spot)
        if data:
            plan.append((row, number))
    grow(items)
    _fill(view, body, columns, tree, plan, items, spots, extra)
    return body


def _fill(view: View, body: Body, columns: Columns, tree: int | None, plan: list[tuple[int, int | None]],
          items: list[Item], spots: list[tuple[int, int]], extra: dict[int, str]) -> None:
    names = [Label(spot[0] + view.sheet.top, spot[1] + view.sheet.left,
                   view.text(*spot) + extra.get(n, "")) for n, spot in enumerate(spots)]
    groups = _Groups(view, columns, tree)
    for row, number in plan:
        path = tuple(names[n] for n in chain(items, number)) if number is not None else ()
        others = groups.paths(row, number is not None and items[number].total)
        body.rows.append(row)
        ordered = (*others, path) if path else others
        body.paths[row] = tuple(p for n, p in enumerate(ordered) if p and p not in ordered[:n])
        if any(is_total(label.text) for p in body.paths[row] for label in p[-1:]):
            body.totals.add(row)


def _tree_column(columns: Columns) -> int | None:
    """The last column of words in the stub carries the tree; keys and codes stand beside it."""
    words = [c for c in columns.stub if c not in columns.keys]
    return words[-1] if words else (columns.stub[-1] if columns.stub else None)


def _has_data(view: View, row: int, columns: Columns) -> bool:
    kinds = view.kinds[row]
    return any(kinds[c] != BLANK for c in columns.data)


def _continues(view: View, row: int, columns: Columns) -> bool:
    """Tell whether a row only carries on the heading above: its figures are merged with those above."""
    spans = [view.span(row, c) for c in columns.data]
    over = [s for s in spans if s and s.top < row]
    return len(over) * 2 > len(spans)


def _heading(view: View, row: int, columns: Columns, tree: int | None, data: bool) -> tuple[int, int] | None:
    """Return where a row's heading in the tree column stands; a section may stand further left."""
    if tree is None:
        return None
    spot = view.origin(row, tree)
    if view.kinds[spot[0]][spot[1]] != BLANK and spot[1] in columns.stub:
        return None if not data and is_continued(view.text(*spot)) else spot
    if data:
        return None
    filled = [c for c in columns.stub if view.kinds[row][c] != BLANK]
    return (row, filled[0]) if filled and not is_continued(view.text(row, filled[0])) else None


class _Groups:
    """The heading columns beside the tree: numbers, codes, and groups named once for several rows."""

    def __init__(self, view: View, columns: Columns, tree: int | None) -> None:
        self.view = view
        self.columns = [c for c in columns.stub if c != tree]
        self.keys = columns.keys
        self.periods = columns.periods
        self.last: dict[int, tuple[int, int]] = {}

    def paths(self, row: int, total: bool) -> tuple[Path, ...]:
        """Return the paths of a row in these columns."""
        found = []
        for column in self.columns:
            spot = self._spot(row, column, total)
            if spot:
                top, left = self.view.sheet.top, self.view.sheet.left
                found.append((Label(spot[0] + top, spot[1] + left, self.view.text(*spot)),))
        return tuple(found)

    def _spot(self, row: int, column: int, total: bool) -> tuple[int, int] | None:
        spot = self.view.origin(row, column)
        if self.view.kinds[spot[0]][spot[1]] != BLANK:
            self.last[column] = spot
            for right in self.columns:
                if right > column:
                    self.last.pop(right, None)
            return spot
        if total or (column in self.keys and column not in self.periods):
            return None
        return self.last.get(column)


def figures(view: View, row: int, columns: Columns, small: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Yield (column, role) of every filled data cell of a row."""
    kinds = view.kinds[row]
    for column in columns.data:
        kind = kinds[column]
        if kind == BLANK:
            continue
        if kind == ERROR:
            yield column, "error"
        elif kind in FIGURES:
            yield column, "data"
        elif kind == MARK or (column in columns.numeric and len(view.text(row, column)) <= 2 and view.text(row, column).isascii()):
            yield column, "data" if view.text(row, column) in small else "missing"
        else:
            yield column, "text"
