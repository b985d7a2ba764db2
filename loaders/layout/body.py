"""The body of a table: its rows' headings and its figures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from loaders.layout.kinds import BLANK, ERROR, FIGURES, MARK
from loaders.layout.rows import Item, chain, grow, item
from loaders.layout.stub import Columns
from loaders.layout.table import Label, Path, Role
from loaders.layout.view import View
from loaders.layout.words import is_continued, is_subtotal, is_total


@dataclass(slots=True)
class Body:
    """The rows of a body with figures; ``items`` are the headings of the tree column, by their number."""

    view: View
    columns: Columns
    tree: int | None
    rows: list[tuple[int, int | None]] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    def headed(self) -> Iterator[tuple[int, tuple[Path, ...], bool]]:
        """Yield each row with figures, the paths of its headings, and whether it is a total."""
        groups = _Groups(self.view, self.columns, self.tree)
        items, labels = self.items, self.labels
        for row, number in self.rows:
            if number is None:
                paths = groups.paths(row, total=False)
            else:
                sums = items[number].total and not is_subtotal(labels[number].text)
                own: Path = (labels[number],)
                if items[number].parent is not None:
                    own = tuple(labels[n] for n in chain(items, number))
                paths = (*groups.paths(row, sums), own)
            if self.view.spans:  # only what is merged can come twice
                paths = tuple(dict.fromkeys(paths))
            yield row, paths, _sums(paths)


def _sums(paths: tuple[Path, ...]) -> bool:
    """Tell whether a row is a total by one of its headings."""
    for path in paths:  # noqa: SIM110 - a loop: asked of every row of a large sheet
        if is_total(path[-1].text):
            return True
    return False


def read_body(view: View, rows: range, columns: Columns) -> Body:
    """Return the rows with figures among ``rows`` and their headings."""
    body = Body(view, columns, _tree_column(columns))
    last: tuple[int, int] | None = None
    first, end = columns.data[0], columns.data[-1] + 1
    headed = body.tree if not view.spans and body.tree in columns.stub else None
    for row in rows:
        kinds = view.kinds[row]
        data = not kinds[first:end].isspace()
        if not data and _continues(view, row, columns):
            _lengthen(body, row)
            continue
        plain = data and headed is not None and kinds[headed] != BLANK  # most rows of a large sheet
        spot = (row, headed) if plain and headed is not None else _heading(view, row, columns, body.tree, data)
        if spot is not None and spot != last:
            _add_item(body, row, spot, section=not data)
        last = spot or last
        if data:
            body.rows.append((row, len(body.items) - 1 if spot is not None else None))
    grow(body.items)
    return body


def _add_item(body: Body, row: int, spot: tuple[int, int], section: bool) -> None:
    view, sheet = body.view, body.view.sheet
    raw, style = view.raw(*spot), sheet.style(spot[0] + sheet.top, spot[1] + sheet.left)
    body.items.append(item(row, raw, style.bold, style.indent, section))
    body.labels.append(view.label(*spot))


def _lengthen(body: Body, row: int) -> None:
    """Add a heading's second line to it."""
    if body.items and body.tree is not None:
        label, more = body.labels[-1], body.view.text(row, body.tree)
        body.labels[-1] = label._replace(text=f"{label.text} {more}".rstrip())


def _tree_column(columns: Columns) -> int | None:
    """The last column of words in the stub carries the tree; keys and codes stand beside it."""
    words = [c for c in columns.stub if c not in columns.keys]
    return words[-1] if words else (columns.stub[-1] if columns.stub else None)


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
        self.alone = columns.keys - columns.periods  # they say something of each row for itself, and group none
        self.single = not view.spans  # without merged cells each stands for itself
        self.here = self.alone if self.single else frozenset()
        self.right_of = {c: [other for other in self.columns if other > c] for c in self.columns}
        self.last: dict[int, tuple[int, int]] = {}

    def paths(self, row: int, total: bool) -> tuple[Path, ...]:
        """Return the paths of a row in these columns."""
        found = []
        kinds = self.view.kinds[row]
        for column in self.columns:
            if column in self.here and kinds[column] != BLANK:
                found.append((self.view.label(row, column),))
            elif spot := self._spot(row, column, total):
                found.append((self.view.label(*spot),))
        return tuple(found)

    def _spot(self, row: int, column: int, total: bool) -> tuple[int, int] | None:
        spot = (row, column) if self.single else self.view.origin(row, column)
        if self.view.kinds[spot[0]][spot[1]] != BLANK:
            if column not in self.alone:
                self.last[column] = spot
                for right in self.right_of[column]:
                    self.last.pop(right, None)
            return spot
        return None if total or column in self.alone else self.last.get(column)


def figures(view: View, row: int, columns: Columns, small: frozenset[str]) -> Iterator[tuple[int, Role]]:
    """Yield (column, role) of every filled data cell of a row."""
    kinds = view.kinds[row]
    for column in columns.data:
        kind = kinds[column]
        if kind in FIGURES:
            yield column, "data" if kind != ERROR else "error"
        elif kind != BLANK:
            yield column, _word_role(view, row, column, columns, small)


def same_for_all(kinds: str, columns: Columns) -> bool:
    """Tell whether every row of these kinds (from the first data column on) has the same parts: no marks, no lone letters."""
    if MARK in kinds:
        return False
    first = columns.data[0]
    return all(kinds[c - first] in FIGURES or kinds[c - first] == BLANK for c in columns.numeric if c >= first)


def _word_role(view: View, row: int, column: int, columns: Columns, small: frozenset[str]) -> Role:
    """Tell words from marks; a mark that the notes explain as a small figure counts as one."""
    text = view.text(row, column)
    letter = column in columns.numeric and len(text) <= 2 and text.isascii()
    if view.kinds[row][column] != MARK and not letter:
        return "text"
    return "data" if text in small else "missing"
