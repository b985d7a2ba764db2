"""The header band of a table and the path of headings over each column."""

from __future__ import annotations

from loaders.layout.blocks import Block, in_order, numbers_columns, only_years
from loaders.layout.kinds import BLANK, FIGURES, MARK
from loaders.layout.stub import Columns
from loaders.layout.view import Span, View
from loaders.layout.words import is_preamble, squeeze, words

Spot = tuple[int, int]
MOST_EXTRA = 4  # header rows after every column has a heading: unit, region, English


def first_body_row(view: View, block: Block, columns: Columns) -> int:
    """Return the row where the header ends: the first with a label and figures that are no header."""
    row = block.first
    while row < block.last:
        if not (
            _unlabelled(view, row, columns) or numbers_columns(view, row) or _heads_by_years(view, block, row, columns)
        ):
            break
        row += 1
    return row


def _unlabelled(view: View, row: int, columns: Columns) -> bool:
    """A row with nothing in the stub, at the top of the figures, heads the columns (``| 2006 | 2007``)."""
    if not columns.stub:
        return False
    own = [c for c in columns.stub if view.kinds[row][c] != BLANK]
    covering = [view.span(row, c) for c in columns.stub]
    inherits = any(s and s.top < row and view.kinds[s.top][s.left] != BLANK for s in covering)
    blank_below = row + 1 < view.height and all(view.kinds[row + 1][c] == BLANK for c in columns.stub)
    return not own and (not blank_below or inherits or any(s and s.top < row for s in covering))


def _heads_by_years(view: View, block: Block, row: int, columns: Columns) -> bool:
    """``Year | 1993 | 1996``: years in order, over figures that are none."""
    kinds = view.kinds[row]
    cells = [c for c in columns.data if kinds[c] != BLANK]
    if len(cells) < 2 or not all(kinds[c] in "YQ" for c in cells):
        return False
    below = view.kinds[row + 1] if row + 1 < view.height else ""
    return not only_years(below) or _ordered(view, row, cells)


def _ordered(view: View, row: int, cells: list[int]) -> bool:
    texts = [view.text(row, c) for c in cells]
    return len(set(texts)) == len(texts) and in_order(texts)


def band(view: View, start: int, body: int, columns: Columns) -> list[int]:
    """Return the header rows between ``start`` and ``body``, from top to bottom."""
    candidates = [r for r in range(start, body) if _over_data(view, r, columns) and not numbers_columns(view, r)]
    if not candidates:
        return []
    candidates = _without_words(view, candidates, columns)
    chosen = [candidates[-1]]
    for row in reversed(candidates[:-1]):
        if not _is_level(view, row, chosen[-1], columns):
            break
        chosen.append(row)
    return chosen[::-1]


def _without_words(view: View, candidates: list[int], columns: Columns) -> list[int]:
    """Cut off rows of words that belong to the body: those after every column has its own heading.

    Over columns of plain figures further rows of words are still headings (unit, region, English).
    """
    kept: list[int] = []
    extra = 0
    for row in candidates:
        if kept and _complete(view, kept, columns) and not _names_header(view, row, columns):
            extra += 1
            if extra > MOST_EXTRA or len(columns.data) == 1 or not _over_figures(view, row, columns):
                break
        kept.append(row)
    return kept


def _names_header(view: View, row: int, columns: Columns) -> bool:
    """Tell whether the row's first cell says what it heads the columns by: 指标, 地区, 频度, 单位."""
    return bool(columns.stub) and squeeze(view.text(row, columns.stub[0])) in words()["header_names"]


def _complete(view: View, rows: list[int], columns: Columns) -> bool:
    """Tell whether each data column has a heading of its own, and the last row heads them one by one."""
    last = rows[-1]
    own = [view.span(last, c) for c in columns.data]
    beside = [view.span(last, c) for c in columns.stub]  # 填报单位 merged over two rows: the header goes on
    if any(s and s.right > s.left for s in own) or any(s and s.bottom > last for s in own + beside):
        return False
    return all(any(view.kinds[view.origin(r, c)[0]][view.origin(r, c)[1]] != BLANK for r in rows) for c in columns.data)


def _over_figures(view: View, row: int, columns: Columns) -> bool:
    """Tell whether the row's words stand over columns that hold little else than figures."""
    words_over = [c for c in columns.data if view.kinds[row][c] in "TQYU"]
    return bool(words_over) and all(c in columns.pure for c in words_over)


def _over_data(view: View, row: int, columns: Columns) -> bool:
    """Tell whether a row has a heading over the data columns, not a line about the table."""
    cells = [c for c in columns.data if view.kinds[row][c] != BLANK]
    if not cells:
        return False
    filled = view.filled(row)
    if any(_about_the_table(view.text(row, c), len(filled)) for c in filled) and not _heads_all(view, row, columns):
        return False
    span = view.span(row, filled[0])
    return not (
        len(filled) == 1 and span and columns.stub and span.left <= columns.stub[0] and span.right > columns.stub[-1]
    )


def _heads_all(view: View, row: int, columns: Columns) -> bool:
    """``填报单位 | 会员数``: tell whether a row without a colon has a word over each column of a narrow table."""
    texts = [view.text(row, c) for c in columns.stub + columns.data]
    return len(texts) == len(view.filled(row)) and all(texts) and not any(mark in t for t in texts for mark in ":：")


def _about_the_table(text: str, beside: int) -> bool:
    """A line about the table has a colon or stands nearly alone; ``Source | 1990 | 1991`` is a header."""
    return is_preamble(text) and (beside <= 2 or any(mark in text for mark in ":："))


def _is_level(view: View, row: int, below: int, columns: Columns) -> bool:
    """Tell whether a row above the header is a further level of it, not a title."""
    cells = [c for c in columns.data if view.kinds[row][c] != BLANK]
    if row < below - 1 and not _bridged(view, row, below):
        return False
    wide = [s for s in (view.span(row, c) for c in cells) if s and s.right > s.left and s.left in columns.data]
    if wide or any(s and s.bottom >= below for s in (view.span(row, c) for c in cells)):
        return True
    corner = [c for c in columns.stub if view.kinds[row][c] != BLANK]
    if corner and all(view.kinds[below][c] == BLANK for c in columns.stub):
        return True  # the names of the stub stand up here, so this row belongs to the header
    return len(cells) >= 2


def _bridged(view: View, row: int, below: int) -> bool:
    """Tell whether merged cells tie two rows together over the blank rows between them."""
    return any(s.top <= row and s.bottom >= below for s in view.spans) or any(
        s.top == row and s.right > s.left for s in view.spans
    )


def paths(view: View, rows: list[int], columns: Columns) -> dict[int, list[Spot]]:
    """Return, for each data column, where its headings stand from the outermost to the innermost."""
    if not rows:
        return {c: [] for c in columns.data}
    found: dict[int, list[Spot]] = {c: [] for c in columns.data}
    for row in rows:
        for column, spot in _level(view, row, rows, columns, found).items():
            if spot not in found[column]:
                found[column].append(spot)
    return found


def _level(view: View, row: int, rows: list[int], columns: Columns, above: dict[int, list[Spot]]) -> dict[int, Spot]:
    """Return the heading over each column in one header row; blanks take the one on their left."""
    level: dict[int, Spot] = {}
    last: tuple[int, Spot] | None = None
    for column in columns.data:
        spot = view.origin(row, column)
        if view.kinds[spot[0]][spot[1]] != BLANK and spot[0] >= rows[0] and spot[1] >= columns.data[0]:
            level[column] = spot
            last = (column, spot) if view.span(*spot) is None else None
        elif last and row != rows[-1] and _spreads(view, last, column, row, rows, above):
            level[column] = last[1]
        elif view.kinds[row][column] != BLANK:
            last = None
    return level


def _spreads(
    view: View, source: tuple[int, Spot], column: int, row: int, rows: list[int], above: dict[int, list[Spot]]
) -> bool:
    """An unmerged heading reaches right over columns that have their own heading below, within its parent."""
    lower = [r for r in rows if r > row]
    own_below = any(view.kinds[r][column] != BLANK for r in lower)
    source_below = any(view.kinds[r][source[0]] != BLANK for r in lower)
    return own_below and source_below and above[column] == above[source[0]] and view.span(row, column) is None


def covers(span: Span | None, row: int) -> bool:
    """Tell whether a merged range reaches into ``row`` from above."""
    return span is not None and span.top < row <= span.bottom


def is_figure(kind: str) -> bool:
    """Tell whether a body cell of this kind is a figure or stands for one."""
    return kind in FIGURES or kind == MARK
