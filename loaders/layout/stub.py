"""Which columns of a table hold the row headings and which the figures."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, field

from loaders.layout.kinds import BLANK, FIGURES, MARK
from loaders.layout.view import View
from loaders.layout.words import is_row_key, is_unit_column, squeeze

SAMPLE = 400
PLACE = re.compile(r"(?:所[在属])?[县区市乡镇街道社村、/()（）]{1,9}(?:名称)?")
CODE = re.compile(r"[A-Z0-9][A-Z0-9,.–-]{0,7}")


@dataclass(slots=True)
class Columns:
    """The row-heading columns and the columns right of them.

    ``numeric`` of the latter hold figures for the most part, ``pure`` hold no words at all;
    ``keys`` of the former number, date or code the rows, ``periods`` hold
    years or months only; the ``telling`` are enough to tell rows apart.
    """

    stub: list[int] = field(default_factory=list)
    data: list[int] = field(default_factory=list)
    numeric: set[int] = field(default_factory=set)
    keys: set[int] = field(default_factory=set)
    pure: set[int] = field(default_factory=set)
    telling: list[int] = field(default_factory=list)
    periods: set[int] = field(default_factory=set)


def columns(view: View, rows: range, heads: dict[int, str], left: int, right: int) -> Columns:
    """Tell the columns of the body ``rows`` apart; ``heads`` are the heading texts by column."""
    counts = {c: _count(view, rows, c) for c in range(left, right)}
    used = [c for c in counts if sum(counts[c].values()) or heads.get(c)]
    numeric = {c for c in used if _is_numeric(counts[c], first=c == used[0])}
    stub = _stub(view, rows, used, numeric, heads, blank={c for c in used if not counts[c]})
    data = [c for c in used if c not in stub and (not stub or c > stub[0])]
    keys = {c for c in stub if c in numeric or is_row_key(heads.get(c, "")) or is_unit_column(heads.get(c, ""))}
    pure = {c for c in data if c in numeric and not counts[c]["T"]}
    periods = {c for c in stub if counts[c] and set(counts[c]) <= {"Y", "Q"}}
    telling = next((stub[:n] for n in range(1, len(stub)) if tells_apart(view, rows, stub[:n])), stub)
    return Columns(stub, data, numeric - set(stub), keys if len(keys) < len(stub) else set(), pure, telling, periods)


def _count(view: View, rows: range, column: int) -> Counter[str]:
    step = max(1, len(rows) // SAMPLE)
    found = Counter(view.kinds[row][column] for row in rows[::step])
    del found[BLANK]
    return found


def _is_numeric(count: Counter[str], first: bool) -> bool:
    """Tell figures from words; ranges and numbers with words (``10 - 19``) in the first column are labels."""
    figures = sum(count[k] for k in FIGURES)
    if first and count["U"] == figures:
        return False
    words = count["T"] + count["Q"]
    return figures > words or (count[MARK] > words and count[MARK] > 0)


def _stub(
    view: View, rows: range, used: list[int], numeric: set[int], heads: dict[int, str], blank: set[int]
) -> list[int]:
    """Take leading columns as row headings until the first column of figures.

    Columns of words are taken only until the rows are told apart; what follows describes the row
    (place, type) and is data.  Columns of codes and of units count as headings wherever they stand.
    """
    stub: list[int] = []
    named = False
    for place, column in enumerate(used):
        head = heads.get(column, "")
        if column not in numeric:
            if (named or (stub and not numeric)) and not _heads_rows(head):
                break
            stub.append(column)
            named = named or (tells_apart(view, rows, [column]) and not _text_codes(view, rows, column))
        elif _keys_rows(
            view, rows, column, head, [c for c in used[place + 1 :] if c not in blank], numeric, bool(stub)
        ):
            stub.append(column)
        else:
            break
    if stub and len(stub) == len(used) and len(used) > 1:
        return stub[:1]
    return stub


def _heads_rows(head: str) -> bool:
    """Tell whether a column of this heading names rows wherever it stands: numbers, units, places inside places."""
    return is_row_key(head) or is_unit_column(head) or bool(PLACE.fullmatch(squeeze(head)))


def tells_apart(view: View, rows: range, among: list[int]) -> bool:
    """Tell whether columns name nearly every row, and nearly every row otherwise."""
    names = [tuple(view.raw(row, c) for c in among) for row in rows[:SAMPLE] if not view.kinds[row].isspace()]
    filled = [name for name in names if all(part.strip() for part in name)]
    return len(filled) * 10 >= len(names) * 8 and len(set(filled)) * 10 >= len(filled) * 9


def _text_codes(view: View, rows: range, column: int) -> bool:
    """``B-S``, ``C``, ``10,11``: codes of a classification, not names."""
    texts = [view.text(row, column) for row in rows[:SAMPLE] if view.kinds[row][column] != BLANK]
    return bool(texts) and all(CODE.fullmatch(text) for text in texts)


def _keys_rows(
    view: View, rows: range, column: int, head: str, after: list[int], numeric: set[int], inside: bool
) -> bool:
    """Tell whether a numeric column numbers, dates or codes its rows."""
    words_after = bool(after) and after[0] not in numeric
    texts = [view.text(row, column) for row in rows[:SAMPLE] if view.kinds[row][column] != BLANK]
    if is_row_key(head) and after:
        return True
    if words_after and any(c in numeric for c in after):
        return _counts_up(texts) or _codes(texts)
    if inside or not after:
        return False
    kinds = {view.kinds[row][column] for row in rows[:SAMPLE]} - {BLANK}
    return not head or (kinds <= {"Y", "Q", "U", "T"} and "Y" in kinds) or (_counts_up(texts) and len(texts) > 2)


def _counts_up(texts: list[str]) -> bool:
    """1, 2, 3 …"""
    numbers = [int(t) for t in texts if t.isdigit()]
    return (
        bool(numbers)
        and len(numbers) * 5 >= len(texts) * 4
        and all(b - a == 1 for a, b in itertools.pairwise(numbers))
        and numbers[0] in (0, 1)
    )


def _codes(texts: list[str]) -> bool:
    """Whole numbers of one length, all different."""
    return (
        len(texts) > 1
        and all(t.isdigit() for t in texts)
        and len({len(t) for t in texts}) == 1
        and len(set(texts)) == len(texts)
    )
