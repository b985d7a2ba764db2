"""Which rows of a sheet belong to which table.

The sheet is walked downwards.  A table begins with its header, goes on as long as rows with figures
come, and ends at a note line, at a new header, or with the sheet.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from loaders.layout.kinds import BLANK, FIGURES, MARK, NUMERIC
from loaders.layout.view import View
from loaders.layout.words import is_continued, is_note, is_preamble, is_row_key, squeeze, words


@dataclass(slots=True)
class Block:
    """Rows ``first … last`` with a table's figures, found below line ``start``; ``end`` is where the next may begin."""

    start: int
    first: int
    last: int
    end: int


@lru_cache(maxsize=4096)
def has_figure(kinds: str) -> bool:
    """Tell whether a row holds a figure after its first cell, or nothing but numbers."""
    filled = kinds.replace(BLANK, "")
    return any(k in "NEU" for k in filled[1:]) or filled in ("N", "E")


@lru_cache(maxsize=4096)
def several_figures(kinds: str) -> bool:
    """Tell whether a row holds two figures or more."""
    return sum(k in NUMERIC for k in kinds) >= 2


@lru_cache(maxsize=4096)
def only_years(kinds: str) -> bool:
    """Tell whether every cell after the first filled one is a year or a period, at least two of them."""
    rest = [k for k in kinds.strip()[1:] if k != BLANK] if kinds[:1] != BLANK else [k for k in kinds if k != BLANK]
    return len(rest) >= 2 and all(k in "YQ" for k in rest)


def in_order(periods: list[str]) -> bool:
    """Tell whether periods rise or fall."""
    return periods in (sorted(periods), sorted(periods, reverse=True))


def in_steps(periods: list[str]) -> bool:
    """Tell whether periods run on as a header's do: all different, in order, in equal steps when whole years."""
    if len(set(periods)) != len(periods) or not in_order(periods):
        return False
    years = [int(p) for p in periods if p.isdigit()]
    return len(years) < 3 or len({b - a for a, b in itertools.pairwise(years)}) == 1


def numbers_columns(view: View, row: int) -> bool:
    """``甲 | 乙 | 1 | 2 | 3``: tell whether a row under the header only numbers the columns."""
    texts = [squeeze(view.text(row, c)).strip("()（）") for c in view.filled(row)]
    if not texts:
        return False
    counts = [t for t in texts if t.isdigit()]
    named = [t for t in texts if t in words()["column_numbers"]]
    if len(counts) + len(named) != len(texts) or [int(c) for c in counts] != list(range(1, len(counts) + 1)):
        return False
    below = next((squeeze(view.text(row + 1, c)) for c in view.filled(row + 1)), "") if row + 1 < view.height else ""
    if not below or below in words()["column_numbers"]:  # 甲, 乙, 丙 down the side are names
        return False
    if named:
        return len(counts) >= 2 or (len(named) >= 2 and len(counts) == 1)
    return (
        len(counts) >= 3 and row > 0 and "T" in view.kinds[row - 1] and view.kinds[row + 1][view.filled(row)[0]] == "T"
    )


class Walk:
    """Walks down a view and cuts it into blocks."""

    def __init__(self, view: View) -> None:
        self.view = view

    def blocks(self) -> Iterator[Block]:
        """Yield the blocks with figures from top to bottom."""
        start = 0
        while start < self.view.height:
            first = self._first_figures(start)
            if first is None:
                return
            last, end = self._extent(first)
            yield Block(start, first, last, end)
            start = end

    def _first_figures(self, start: int) -> int | None:
        """Return the first row from ``start`` that holds figures under or beside a label."""
        kinds = self.view.kinds
        for row in range(start, self.view.height):
            if has_figure(kinds[row]) or self._bare_years(row):
                if not self._is_note_row(row) and not numbers_columns(self.view, row):
                    return row
            elif MARK in kinds[row] and self._marks_row(row):
                return row
        return None

    def _bare_years(self, row: int) -> bool:
        """A row of year-like numbers right under another such row is figures, not a header."""
        kinds = self.view.kinds
        return "Y" in kinds[row] and row > 0 and only_years(kinds[row]) and only_years(kinds[row - 1])

    def _marks_row(self, row: int) -> bool:
        filled = [k for k in self.view.kinds[row] if k != BLANK]
        return row > 0 and filled.count(MARK) * 2 >= len(filled) and filled[0] not in "M" and len(filled) > 1

    def _is_note_row(self, row: int) -> bool:
        if several_figures(self.view.kinds[row]):
            return False
        filled = self.view.filled(row)
        return bool(filled) and is_note(self.view.text(row, filled[0]))

    def _extent(self, first: int) -> tuple[int, int]:
        """Return the last row with figures and the row after the table."""
        last, row = first, first + 1
        numeric = {c for c, k in enumerate(self.view.kinds[first]) if k in NUMERIC}
        seen, usual = 1, set[str]()  # rows of usual kinds go on with the table, whatever they say
        while row < self.view.height:
            kinds = self.view.kinds[row]
            if kinds in usual:
                last, row = row, row + 1
                continue
            if self._is_note_row(row):
                return last, row
            if self._starts_another(row, numeric, first, last):
                return last, self._opening(row, last)
            if has_figure(kinds) or "Y" in kinds[1:] or MARK in kinds:
                last = row if any(kinds[c] in NUMERIC for c in numeric) else last
                if seen < 40:
                    numeric |= {c for c, k in enumerate(kinds) if k in FIGURES}
                    seen += 1
                elif last == row and several_figures(kinds) and ("N" in kinds or "E" in kinds):
                    usual.add(kinds)
            row += 1
        return last, self.view.height

    def _opening(self, row: int, last: int) -> int:
        """Return where the lines over a header begin: further levels of it, and titles that a blank row parts from what is above."""
        kinds, top = self.view.kinds, row
        while top - 1 > last and not kinds[top - 1].isspace() and not self._is_note_row(top - 1):
            top -= 1
        if top - 1 > last and kinds[top - 1].isspace():
            return top
        return next((r for r in range(top, row) if len(self.view.filled(r)) > 1), row)

    def _starts_another(self, row: int, numeric: set[int], first: int, last: int) -> bool:
        """Tell whether a row is the header (or the title) of a further table."""
        kinds = self.view.kinds[row]
        if kinds.isspace() or "N" in kinds or "E" in kinds:
            return False
        filled = [c for c, k in enumerate(kinds) if k != BLANK]
        if len(filled) == 1:
            return self._announces(row, filled[0], numeric)
        if only_years(kinds) and row + 1 < self.view.height and not only_years(self.view.kinds[row + 1]):
            return self._heads_periods(row, first, last) and self._figures_follow(row)
        over = [c for c in filled if c in numeric and kinds[c] in "TQ"]
        if len(over) * 2 < len([c for c in filled if c in numeric]) or not over:
            return False
        return self._figures_follow(row) and (
            (self._apart(row, last) and (len(over) >= 2 or len(numeric) == 1))
            or self._repeats(row, first)
            or self._heads_figures(row, over, numeric)
        )

    def _apart(self, row: int, last: int) -> bool:
        """Tell whether a blank row or a line of its own parts a row from the figures above."""
        between = self.view.kinds[last + 1 : row]
        return any(kinds.isspace() for kinds in between) or any(
            len(kinds.split()) == 1 and len(kinds.strip()) == 1 for kinds in between
        )

    def _repeats(self, row: int, first: int) -> bool:
        """Tell whether a row prints the header of the table again (the next page)."""
        texts = [self.view.text(row, c) for c in self.view.filled(row)]
        return len(texts) >= 2 and any(
            texts == [self.view.text(above, c) for c in self.view.filled(above)]
            for above in range(max(0, first - 6), first)
        )

    def _heads_figures(self, row: int, over: list[int], numeric: set[int]) -> bool:
        """Tell whether words stand over every column of figures, right above figures in all of them."""
        below = self.view.kinds[row + 1] if row + 1 < self.view.height else ""
        texts = {self.view.text(row, c) for c in over}
        return len(over) >= 3 and len(over) == len(numeric) == len(texts) and all(below[c] in NUMERIC for c in over)

    def _heads_periods(self, row: int, first: int, last: int) -> bool:
        """``| 2006 | 2007`` or ``Year | 2006 | 2007``: in order is enough there.

        Beside a name (``Oslo | 1991 | 2035``) years may well be figures: a header is a row printed
        before, one apart from the figures above, or three periods in equal steps.
        """
        view, kinds = self.view, self.view.kinds[row]
        start = view.filled(row)[0]
        periods = [view.text(row, c) for c in view.filled(row) if kinds[c] in "YQ"]
        if (kinds[start] in "YQ" and start > 0) or is_row_key(view.text(row, start)):
            return len(set(periods)) == len(periods) and in_order(periods)
        if kinds[start] not in "TYQ" or not in_steps(periods):
            return False
        return len(periods) > 2 or self._repeats(row, first) or self._apart(row, last)

    def _announces(self, row: int, column: int, numeric: set[int]) -> bool:
        """A single line stands between tables when it says so and a header follows."""
        text = self.view.text(row, column)
        if not (is_continued(text) or is_preamble(text) or _is_table_title(text)):
            return False
        return self._figures_follow(row)

    def _figures_follow(self, row: int) -> bool:
        """Tell whether figures come below before the sheet ends."""
        return any(has_figure(kinds) for kinds in self.view.kinds[row + 1 : row + 40])


def _is_table_title(text: str) -> bool:
    plain = squeeze(text)
    return plain.startswith(("表", "附表", "table")) and any(
        c.isdigit() or c in "一二三四五六七八九十" for c in plain[:8]
    )
