"""What stands above a table says something about all of it: who reports, for when, in which unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from loaders.grid import Sheet
from loaders.layout import Label, Table
from loaders.layout.view import plain_text
from loaders.vocabulary import Unit, Vocabulary
from loaders.vocabulary.headings import context_pair
from loaders.vocabulary.periods import period_in, period_of
from loaders.vocabulary.units import unit
from tidy import periods

LISTED = re.compile(r"[、,，;；/\s]+")
NAME = re.compile(r"[-_ .()（）\d]+")


@dataclass(frozen=True, slots=True)
class Context:
    """Facts about a whole table; empty where nothing says so.  ``where`` is the cell that names the reporter."""

    reporter: str = ""
    city: str = ""
    period: str = ""
    units: tuple[Unit, ...] = ()
    stranger: Label | None = None

    @property
    def year(self) -> int | None:
        """The calendar year of the period, for headings without one."""
        return periods.year_of(self.period)


def pairs(titles: Iterable[Label]) -> Iterator[tuple[str, str, Label]]:
    """Yield (aspect, value, cell) of lines like ``单位：万人``, also where the value has a cell of its own."""
    lines = list(titles)
    for here, following in zip_longest(lines, lines[1:]):
        found = context_pair(here.text)
        if found and not found[1] and following and following.row == here.row:
            if not context_pair(following.text):  # left open: the next cell says something else
                yield found[0], following.text, following
        elif found:
            yield found[0], found[1], here


def said_beside(sheet: Sheet, table: Table) -> list[Label]:
    """Return the answers of a form that say something about all of it, as lines: ``填报单位：杭州市总工会``."""
    answers = [(f, f.rows[0][-1].text) for f in table.figures if f.role == "text"] if table.pairs else []
    lines = [Label(f.row, f.column, f"{asked}：{plain_text(sheet.value(f.row, f.column))}") for f, asked in answers]
    return [line for line in lines if context_pair(line.text)]


def context(titles: list[Label], sheet: str, file: str, vocabulary: Vocabulary) -> Context:
    """Return what the lines above a table say; failing them, the names of its sheet and file."""
    made = Context()
    for aspect, value, label in pairs(titles):
        made = _with(made, aspect, value, label, vocabulary)
    for text in (*(label.text for label in titles), sheet, file):
        made = _completed(made, text, vocabulary)
    return made


def _with(made: Context, aspect: str, value: str, label: Label, vocabulary: Vocabulary) -> Context:
    if aspect == "reporter" and value and not made.reporter:
        found = vocabulary.reporters.find(value)
        return (
            replace(made, reporter=found[0]) if len(found) == 1 else replace(made, stranger=label._replace(text=value))
        )
    if aspect == "city":
        return replace(made, city=vocabulary.city(value) or made.city)
    if aspect == "period":
        return replace(made, period=_period(value, vocabulary) or made.period)
    if aspect == "unit":
        found_units = (unit(part) for part in LISTED.split(value) if part)
        return replace(made, units=tuple(u for u in found_units if u) or made.units)
    return made


def _period(text: str, vocabulary: Vocabulary) -> str:
    return vocabulary.aliases.get("period", {}).get(text) or period_of(text) or period_in(text) or ""


def _completed(made: Context, text: str, vocabulary: Vocabulary) -> Context:
    """Fill what is still open from a title or a name that mentions it."""
    if not made.period:
        made = replace(made, period=_period(text, vocabulary))
    for part in [text, *NAME.split(text)] if not made.reporter and not made.stranger else ():
        found = vocabulary.reporters.find(part) if len(part) > 1 else ()
        if len(found) == 1:
            return replace(made, reporter=found[0])
    return made
