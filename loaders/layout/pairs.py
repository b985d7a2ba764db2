"""Forms of questions with their answers beside them (登记表): several pairs a row, no header over them.

A column of questions is told by its words: most name something that is filled in (…数, …电话, 其中：…), and what
stands right of them does not. Rows that are nothing but such pairs, run on, are a form.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from loaders.grid.model import Sheet
from loaders.layout.kinds import BLANK, ERROR, FIGURES, MARK, TEXT
from loaders.layout.table import Figure, Label, Role, Table
from loaders.layout.units import is_unit
from loaders.layout.view import View
from loaders.layout.words import bare, is_note, words

MOST_ROWS, MOST_COLUMNS = 400, 60  # a larger sheet is no form
LONGEST_QUESTION, LONG_WORD = 30, 8
LEAST_ROWS, LEAST_PAIRS = 3, 4
ASKING = 0.6  # the share of questions that must be known as such by their words
SURE = 0.8  # confidence of a form: nothing but words tells it from a table
Spot = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Asks:
    """Which cells ask: words in a column of questions (``columns``), or words that are known to."""

    view: View
    columns: frozenset[int]

    def cell(self, row: int, column: int) -> bool:
        """Tell whether a cell is a question."""
        text = self.view.text(row, column) if self.view.kinds[row][column] == TEXT else ""
        return 0 < len(text) <= LONGEST_QUESTION and (column in self.columns or is_question(text))

    def answered(self, row: int, column: int, answer: int) -> bool:
        """Tell whether the next cell answers: it asks nothing, or is a phrase beside a column of questions."""
        text = self.view.text(row, answer) if self.view.kinds[row][answer] == TEXT else ""
        phrase = column in self.columns and answer not in self.columns and len(text) > LONG_WORD
        return phrase or not is_question(text)


@dataclass(frozen=True, slots=True)
class Pair:
    """A question, where its answer stands (perhaps blank), the unit printed behind it, the heading before it."""

    question: Spot
    answer: Spot
    unit: str = ""
    section: Spot | None = None


@dataclass(slots=True)
class Run:
    """Rows of a view from ``start`` to before ``end`` that are a form."""

    start: int
    end: int
    pairs: list[Pair] = field(default_factory=list)

    def spots(self) -> set[Spot]:
        """Return the cells that the form is made of."""
        return {spot for p in self.pairs for spot in (p.question, p.answer, p.section) if spot}


def runs(view: View) -> list[Run]:
    """Return the forms of a sheet from top to bottom."""
    if not 1 < view.height <= MOST_ROWS or view.width > MOST_COLUMNS:
        return []
    columns = _question_columns(view)
    if not columns:
        return []
    asks = Asks(view, frozenset(columns))
    found = [run for run in _runs(view, asks) if len({p.question[0] for p in run.pairs}) >= LEAST_ROWS]
    return [run for run in found if _is_form(view, run, columns)]


@lru_cache(maxsize=16_384)
def is_question(text: str) -> bool:
    """Tell whether a text names something that is filled in."""
    plain = bare(text)
    return bool(plain) and (plain.startswith("其中") or any(plain.endswith(word) for word in words()["questions"]))


def _question_columns(view: View) -> set[int]:
    """Return the columns of words that ask, with something else right of them, twice at least."""
    votes = Counter(column for row in range(view.height) for column in _asked(view, row))
    return {column for column, count in votes.items() if count >= 2} if votes.total() >= LEAST_ROWS else set()


def _asked(view: View, row: int) -> list[int]:
    if TEXT not in view.kinds[row]:
        return []
    slots = _slots(view, row)
    texts = [view.text(row, c) if view.kinds[row][c] == TEXT else "" for c in slots]
    asking = [is_question(text) for text in texts]
    return [
        slot
        for (slot, _next), (here, there) in zip(pairwise(slots), pairwise(asking), strict=True)
        if here and not there
    ]


def _slots(view: View, row: int) -> list[int]:
    """Return where each cell of a row begins, a merged range once and only in its first row."""
    found, column = [], 0
    while column < view.width:
        span = view.span(row, column)
        if span is None or span.top == row:
            found.append(column)
        column = column + 1 if span is None else span.right + 1
    return found


def _pairs(view: View, row: int, asks: Asks) -> list[Pair] | None:
    """Return the pairs of a row; ``None`` when something of it is in none."""
    if _is_line(view, row):
        return None
    slots = _slots(view, row)
    found: list[Pair] = []
    section: Spot | None = None
    place = 0
    while place < len(slots):
        column = slots[place]
        if view.kinds[row][column] == BLANK:
            place += 1
        elif not (asks.cell(row, column) or (len(found) > 1 and _answered_too(view, row, slots[place:]))):
            if found or section or not _heads_section(view, row, column):
                return None
            section, place = (row, column), place + 1
        elif place + 1 < len(slots) and asks.answered(row, column, slots[place + 1]):
            unit = _unit_behind(view, row, slots[place + 2 :])
            found.append(Pair((row, column), (row, slots[place + 1]), unit, section))
            place += 3 if unit else 2
        elif not found and section is None and place + 1 < len(slots):
            section, place = (row, column), place + 1
        else:
            return None
    headings = section and not _heads_section(view, *section) and not any(_filled(view, p.answer) for p in found)
    return None if headings else found


def _filled(view: View, spot: Spot) -> bool:
    return view.kinds[spot[0]][spot[1]] != BLANK


def _answered_too(view: View, row: int, slots: list[int]) -> bool:
    """Tell whether words that are not known to ask have an answer all the same, at the end of a row of pairs."""
    return len(slots) > 1 and view.kinds[row][slots[0]] == TEXT and view.kinds[row][slots[1]] != BLANK


def _is_line(view: View, row: int) -> bool:
    """Tell whether a row is a title, a note or a line of signatures: it asks nothing and answers nothing."""
    filled = view.filled(row)
    texts = [view.text(row, c) for c in filled]
    if texts and is_note(texts[0]) and any(mark in texts[0] for mark in ":："):
        return True
    return len(texts) == 1 and not is_question(texts[0])


def _heads_section(view: View, row: int, column: int) -> bool:
    span = view.span(row, column)
    return view.kinds[row][column] == TEXT and span is not None and span.bottom > span.top


def _unit_behind(view: View, row: int, after: list[int]) -> str:
    text = view.text(row, after[0]) if after else ""
    return text if text and is_unit(text) else ""


def _runs(view: View, asks: Asks) -> list[Run]:
    """Return the runs of rows that are nothing but pairs; blank rows and rows of a merge belong to the run around them."""
    found: list[Run] = []
    current: Run | None = None
    for row in range(view.height):
        pairs = _pairs(view, row, asks)
        if pairs and not _reached(view, row) <= (current.spots() if current else set()):
            pairs = None  # beside cells of a table that are merged over several rows
        if pairs:
            current = current or Run(row, row)
            current.end = row + 1
            current.pairs += pairs
        elif pairs is None or (current and row > current.end + 1):
            found += [current] if current else []
            current = None
    found += [current] if current else []
    for run in found:
        run.pairs = _under_sections(view, run.pairs)
    return found


def _reached(view: View, row: int) -> set[Spot]:
    """Return the filled cells of rows above that are merged into a row."""
    spots = {view.origin(row, column) for column in range(view.width)}
    return {spot for spot in spots if spot[0] < row and view.kinds[spot[0]][spot[1]] != BLANK}


def _under_sections(view: View, pairs: list[Pair]) -> list[Pair]:
    """Put the pairs beside a heading merged over several rows under it."""
    tall = {p.section for p in pairs if p.section}
    reach = {row: spot for spot in tall if (span := view.span(*spot)) for row in range(span.top, span.bottom + 1)}
    return [p if p.section else replace(p, section=reach.get(p.question[0])) for p in pairs]


def _is_form(view: View, run: Run, columns: set[int]) -> bool:
    """Tell a form from a table: its questions ask, its answers do not, and no heading stands over the answers."""
    if len(run.pairs) < LEAST_PAIRS:
        return False
    asking = sum(is_question(view.text(*p.question)) for p in run.pairs)
    if asking < ASKING * len(run.pairs):
        return False
    further = {p.question[1] for p in run.pairs} & columns - {min(p.question[1] for p in run.pairs)}
    if further:
        return not _figures_beside(view, run, further)
    kinds = [view.kinds[p.answer[0]][p.answer[1]] for p in run.pairs]
    first = view.text(*run.pairs[0].answer)
    return TEXT in kinds[1:] and not is_question(first) and bare(first) not in words()["plain_heads"]


def _figures_beside(view: View, run: Run, columns: set[int]) -> bool:
    """Tell whether the rows right above and below hold figures where the form has questions: it is a piece of a table."""
    rows = 0
    for step, row in ((-1, run.start - 1), (1, run.end)):
        while 0 <= row < view.height and not view.kinds[row].isspace():
            rows += any(view.kinds[row][c] in FIGURES for c in columns)
            row += step
    return rows * 2 >= run.end - run.start


def form_table(view: View, run: Run, titles: list[Label], notes: list[Label]) -> Table:
    """Return a form as a table: each answer under its question, without column headings."""
    top, left = view.sheet.top, view.sheet.left
    table = Table(view.sheet.name, run.start + top, run.end - 1 + top, titles=titles, notes=notes)
    table.stub = sorted({p.question[1] + left for p in run.pairs})
    table.data = sorted({p.answer[1] + left for p in run.pairs})
    figures, side = [], dict[Label, None]()
    for pair in run.pairs:
        path = tuple(view.label(*spot) for spot in (pair.section, pair.question) if spot)
        side |= dict.fromkeys(path)
        if _filled(view, pair.answer):
            row, column = pair.answer
            figures.append(Figure(row + top, column + left, _role(view, pair.answer), (path,), (), pair.unit))
    table.figures, table.side = figures, list(side)
    table.doubt(1 - SURE, "pairs")
    return table


def _role(view: View, spot: Spot) -> Role:
    kind = view.kinds[spot[0]][spot[1]]
    if kind in FIGURES:
        return "error" if kind == ERROR else "data"
    return "missing" if kind == MARK else "text"


def part(sheet: Sheet, start: int, end: int) -> Sheet:
    """Return the rows of a sheet from ``start`` to before ``end`` (counted from its first filled one)."""
    return replace(sheet, rows=sheet.rows[start:end], top=sheet.top + start, style_ids=sheet.style_ids[start:end])


def columns_of(sheet: Sheet, rows: range, left: int, right: int) -> Sheet:
    """Return some rows of a sheet, of these the columns from ``left`` to before ``right``."""
    own = part(sheet, rows.start, rows.stop)
    return replace(
        own,
        rows=[row[left:right] for row in own.rows],
        style_ids=[ids[left:right] for ids in own.style_ids],
        left=sheet.left + left,
    )


def notes_below(view: View, start: int) -> int:
    """Return the row after the note lines that follow from ``start`` on."""
    row = start
    while row < view.height and (not (filled := view.filled(row)) or is_note(view.text(row, filled[0]))):
        row += 1
    return row
