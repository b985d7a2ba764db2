"""From a sheet to its tables: blocks, columns, header, body, lines above and below."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from loaders.grid.model import Sheet
from loaders.grid.quiet import unwatched
from loaders.layout import pairs
from loaders.layout.blocks import Block, Walk, numbers_columns
from loaders.layout.body import Body, figures, read_body, same_for_all
from loaders.layout.header import band, first_body_row, paths
from loaders.layout.kinds import BLANK, FIGURES
from loaders.layout.strips import apart, halves
from loaders.layout.stub import Columns, columns
from loaders.layout.table import Beside, Label, Line, OnDemand, Path, Shape, Table
from loaders.layout.view import View
from loaders.layout.words import is_total, squeeze, unit_of_line, words
from loaders.layout.wordy import loose_table, wordy_block

MOST_COMPARED = 2_000  # rows of a table whose headings are compared with one another
LEGEND = re.compile(r"^(\S{1,3}?)\s*[:：=]?\s+?(?==|\S)(.*)$")


def tables(sheet: Sheet) -> list[Table]:
    """Return the tables of a sheet from top to bottom."""
    with unwatched():
        view = View(sheet)
        forms = pairs.runs(view)
        return _around(view, forms) if forms else _walked(view) or _without_figures(view)


def _around(view: View, forms: list[pairs.Run]) -> list[Table]:
    """Return forms of questions and answers, and the tables between them."""
    found: list[Table] = []
    start = 0
    for form in forms:
        above = _walked(View(pairs.part(view.sheet, start, form.start)))
        first = above[-1].bottom + 1 - view.sheet.top if above else start
        end = pairs.notes_below(view, form.end)
        titles, notes = (_words(view, rows) for rows in (range(first, form.start), range(form.end, end)))
        found += [*above, pairs.form_table(view, form, titles, notes)]
        start = end
    below = View(pairs.part(view.sheet, start, view.height))
    return found + (_walked(below) or _of_words(below))


def _walked(view: View) -> list[Table]:
    found: list[Table] = []
    above: Frame | None = None
    for block in Walk(view).blocks():
        pieces = apart(view, block)
        if beside := _side_by_side(view, block, pieces):
            found += beside
            continue
        for left, right in [half for piece in pieces for half in halves(view, block, *piece)]:
            frame = _frame(view, block, left, right, above)
            table = _assemble(view, block, frame) if frame else None
            if table is not None:
                found.append(table)
                above = frame
    return found


def _side_by_side(view: View, block: Block, pieces: list[tuple[int, int]]) -> list[Table]:
    """Read tables that stand side by side, each for itself: their headers and rows need not be in line.

    The lines above all of them, and those below, are said of each. None is returned where a piece is no table.
    """
    sheet, rows = view.sheet, range(block.start, block.end)
    parts = [_walked(View(pairs.columns_of(sheet, rows, left, right))) for left, right in pieces if len(pieces) > 1]
    found = [table for part in parts for table in part]
    if not found or not all(parts) or not all(table.header for table in found):
        return []
    first = min(table.header[0] for table in found) - sheet.top
    last = max(table.bottom for table in found) - sheet.top
    above, below = (
        _words(view, range(block.start, first)),
        _words(view, range(last + 1, min(block.end + 60, view.height))),
    )
    for table in found:
        own = [line for line in table.titles if line.row >= first + sheet.top]
        table.titles = [*above, *own]
        table.notes = [*(line for line in table.notes if line.row <= last + sheet.top), *below]
        table.set_unit(next((u for u in (unit_of_line(line.text) for line in own + above) if u), ""))
    return found


def _without_figures(view: View) -> list[Table]:
    """Read a table of words; where there is none, the figures that stand alone."""
    return _of_words(view) or ([loose] if (loose := loose_table(view)) else [])


def _of_words(view: View) -> list[Table]:
    """Read a table of words."""
    wordy = wordy_block(view)
    if wordy is not None:
        block, body_row, cols = wordy
        table = _assemble(view, block, Frame(band(view, block.start, body_row, cols), body_row, cols))
        return [table] if table else []
    return []


@dataclass(frozen=True, slots=True)
class Frame:
    """A table's header rows, the first row of its body, its columns."""

    header: list[int]
    body_row: int
    columns: Columns


def _frame(view: View, block: Block, left: int, right: int, above: Frame | None) -> Frame | None:
    """Find header, body and columns of a block; figures below a table without a header of their own go on with its header."""
    heads = _heads(view, block, left, right)
    cols = columns(view, range(block.first, block.last + 1), heads, left, right)
    if not cols.data:
        return None
    body_row = first_body_row(view, block, cols)
    if body_row != block.first:
        heads = _heads(view, Block(block.start, body_row, block.last, block.end), left, right)
        cols = columns(view, range(body_row, block.last + 1), heads, left, right)
    header = band(view, block.start, body_row, cols)
    if not header and above is not None:
        return _carried_on(view, block, cols, above)
    return Frame(header, _sections_above(view, header, body_row, cols), cols)


def _carried_on(view: View, block: Block, cols: Columns, above: Frame) -> Frame | None:
    """Rows under the same columns belong to the table above; a lone number in a note belongs to none."""
    rows = [r for r in range(block.first, block.last + 1) if any(view.kinds[r][c] in FIGURES for c in cols.data)]
    same = set(cols.data) <= set(above.columns.data) and cols.stub[:1] == above.columns.stub[:1]
    if same and (len(rows) > 1 or len(cols.data) * 2 > len(above.columns.data) > 1):
        return Frame(above.header, block.first, above.columns)
    return Frame([], block.first, cols) if len(rows) > 2 else None


def _heads(view: View, block: Block, left: int, right: int) -> dict[int, str]:
    """Return the nearest words above the figures in each column."""
    found: dict[int, str] = {}
    for row in range(block.first - 1, max(block.start, block.first - 12) - 1, -1):
        if numbers_columns(view, row):
            continue
        for column in view.filled(row, left, right):
            found.setdefault(column, view.text(row, column))
    return found


def _sections_above(view: View, header: list[int], body_row: int, cols: Columns) -> int:
    """Start the body right below the header, so that a section line before the first figures counts."""
    if not header or not cols.stub:
        return body_row
    bottom = next((r for r in range(body_row - 1, header[-1], -1) if numbers_columns(view, r)), header[-1])
    for column in cols.stub + cols.data:
        for row in header:
            span = view.span(row, column)
            if span and view.kinds[span.top][span.left] != BLANK:
                bottom = max(bottom, min(span.bottom, body_row - 1))
    return bottom + 1


def _assemble(view: View, block: Block, frame: Frame) -> Table | None:
    header, body_row, cols = frame.header, frame.body_row, frame.columns
    top, left = view.sheet.top, view.sheet.left
    block.last = _last_row(view, body_row, block.last, cols)
    rows = range(body_row, block.last + 1)
    body = read_body(view, rows, cols)
    table = Table(
        view.sheet.name,
        min(header[0] if header else body_row, body_row) + top,
        block.last + top,
        [r + top for r in header],
        [c + left for c in cols.stub],
        [c + left for c in cols.data],
    )
    table.titles = _words(view, range(block.start, header[0] if header and header[0] >= block.start else body_row))
    table.notes = _words(view, range(block.last + 1, min(block.end + 60, view.height)))
    table.unit = next((u for u in (unit_of_line(line.text) for line in table.titles) if u), "")
    table.names = _cells(view, header, cols.stub)
    table.heads = _cells(view, header, cols.data)
    table.side = Beside(partial(_side, view, range(body_row, _labels_end(view, block, cols)), cols))
    heads = _column_paths(view, header, cols)
    _doubts(table, body, heads)
    small = _small_figures(table.notes)
    table.figures = OnDemand(partial(_lines, view, body, cols, heads, small), table.unit)
    return table if any(table.figures) else None


def _doubts(table: Table, body: Body, heads: dict[int, Path]) -> None:
    """Lower the confidence where headings are missing or do not tell the figures apart."""
    if not table.header:
        table.doubt(0.4 if table.stub else 0.7, "no_header")
    elif _repeats([texts(path) for path in heads.values()]):
        table.doubt(0.2, "columns_alike")
    if not table.stub and len(body.rows) > 1:
        table.doubt(0.2, "no_row_headings")
    elif (
        table.stub
        and len(body.rows) <= MOST_COMPARED
        and _repeats([tuple(map(texts, paths)) for _row, paths, _total in body.headed()])
    ):
        table.doubt(0.2, "rows_alike")


def texts(path: Path) -> tuple[str, ...]:
    """Return the words of a path."""
    return tuple(label.text for label in path)


def _repeats(things: Sequence[Hashable]) -> bool:
    return len(set(things)) < len(things)


def _last_row(view: View, first: int, last: int, cols: Columns) -> int:
    """Leave out what stands below the last headed row: scratch cells after a gap, rows of waiting zeros."""
    headed = last
    while (
        headed > first
        and cols.stub
        and not any(view.kinds[view.origin(headed, c)[0]][view.origin(headed, c)[1]] != BLANK for c in cols.stub)
    ):
        headed -= 1
    below = range(headed + 1, last + 1)
    gap = any(view.kinds[r].isspace() for r in below)
    zeros = all(view.text(r, c) in ("0", "0.0", "0.00") for r in below for c in view.filled(r))
    return headed if gap or zeros else last


def _labels_end(view: View, block: Block, cols: Columns) -> int:
    """Return the row after the headings of rows left blank at the table's foot."""
    row = block.last + 1
    while (
        row < min(block.end, view.height)
        and cols.stub
        and len(view.filled(row)) == 1
        and view.kinds[row][cols.stub[0]] != BLANK
        and len(view.text(row, cols.stub[0])) <= 30
    ):
        row += 1
    return row


def _words(view: View, rows: range) -> list[Label]:
    return [view.label(r, c) for r in rows for c in view.filled(r)]


def _cells(view: View, rows: Iterable[int], columns_: list[int]) -> list[Label]:
    """Return the filled cells of some rows and columns, a merged range once."""
    spots = dict.fromkeys(view.origin(r, c) for c in columns_ for r in rows)
    return [view.label(r, c) for r, c in spots if view.kinds[r][c] != BLANK]


def _side(view: View, rows: range, cols: Columns, before: int | None) -> list[Label]:
    """Return the row headings that tell rows apart, of the rows before one or of all."""
    end = rows.stop if before is None else min(rows.stop, before - view.sheet.top)
    return _cells(view, range(rows.start, end), cols.telling)


def _column_paths(view: View, header: list[int], cols: Columns) -> dict[int, Path]:
    return {column: tuple(view.label(r, c) for r, c in spots) for column, spots in paths(view, header, cols).items()}


def _small_figures(notes: list[Label]) -> frozenset[str]:
    """Return the marks that the notes explain as small figures (``s = Less than 50``)."""
    found = set()
    for line in notes:
        match = LEGEND.match(line.text)
        if match and any(word in squeeze(match[2]) for word in words()["small_figures"]):
            found.add(match[1])
    return frozenset(found)


def _lines(view: View, body: Body, cols: Columns, heads: dict[int, Path], small: frozenset[str]) -> Iterator[Line]:
    """Yield the rows with figures; rows of the same kinds of cells share what is said of their columns."""
    top, left, first, last = view.sheet.top, view.sheet.left, cols.data[0], cols.data[-1] + 1
    sums = {c for c, path in heads.items() if path and is_total(path[-1].text)}
    over = {c: (path,) if path else () for c, path in heads.items()}
    known: dict[tuple[str, bool], Shape] = {}
    for row, labels, total in body.headed():
        kinds = view.kinds[row][first:last]
        shape = known.get((kinds, total))
        if shape is None:
            found = list(figures(view, row, cols, small))
            roles = tuple("total" if role == "data" and (total or c in sums) else role for c, role in found)
            shape = Shape(tuple(c + left for c, _role in found), roles, tuple(over[c] for c, _role in found))
            if same_for_all(kinds, cols):
                known[kinds, total] = shape
        yield Line(row + top, labels, shape)
