"""A spreadsheet read with a vocabulary: its sheets, tables and every figure, ready for the checks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import pandas as pd

from loaders import sandbox
from loaders.grid import Sheet
from loaders.layout import Label, Table
from loaders.read.cells import columns_of, frame
from loaders.read.context import Context, context, said_beside
from loaders.read.facts import Facts
from loaders.read.gather import Headings
from loaders.vocabulary import Vocabulary
from loaders.vocabulary.headings import is_aside

Strangeness = Literal["reporter", "ambiguous_reporter", "indicator", "heading", "scope"]
MOST_STRANGERS = 400


@dataclass(frozen=True, slots=True)
class Stranger:
    """A heading cell that the vocabulary does not know, and what it should have named."""

    sheet: str
    label: Label
    kind: Strangeness


@dataclass(slots=True)
class Reading:
    """Everything that was understood of one file; the checks look at nothing else.

    ``cells`` has one row a figure (columns: :data:`loaders.read.cells.COLUMNS`); ``previous`` are
    published observations to compare with, ``today`` decides what lies in the future; a ``form`` of ours
    may have empty sheets; ``grids`` are kept by the first check that needs them.
    """

    file: str
    sheets: list[Sheet]
    tables: list[Table]
    contexts: list[Context]
    headings: list[Headings]
    cells: pd.DataFrame
    vocabulary: Vocabulary
    strangers: list[Stranger] = field(default_factory=list)
    previous: pd.DataFrame | None = None
    form: bool = False
    grids: list[Any] | None = None
    today: dt.date = field(default_factory=dt.date.today)

    def sheet(self, name: str) -> Sheet:
        """Return a sheet by name."""
        return next(sheet for sheet in self.sheets if sheet.name == name)


def understand(
    file: str, sheets: list[Sheet], tables: list[Table], vocabulary: Vocabulary, *, base: Context | None = None
) -> Reading:
    """Return the reading of ``tables``; ``base`` overrules what the titles say (a person's decision)."""
    by_name = {sheet.name: sheet for sheet in sheets}
    contexts = _contexts(file, by_name, tables, vocabulary, base)
    parts, strangers, headings = [], [], []
    for number, (table, about) in enumerate(zip(tables, contexts, strict=True)):
        sandbox.alive()
        made, facts, own = columns_of(by_name[table.sheet], table, number, about, vocabulary)
        parts.append(made)
        headings.append(own)
        strangers += _strangers(table, about, facts, made["reporter_id"].says(""))
    return Reading(file, sheets, tables, contexts, headings, frame(parts), vocabulary, strangers)


def _contexts(
    file: str, sheets: dict[str, Sheet], tables: list[Table], vocabulary: Vocabulary, base: Context | None
) -> list[Context]:
    found: list[Context] = []
    for number, table in enumerate(tables):
        lines = [*table.titles, *said_beside(sheets[table.sheet], table)]
        made = context(lines, table.sheet, file, vocabulary)
        if number and tables[number - 1].sheet == table.sheet:
            made = _inherited(made, found[-1])
        found.append(_overruled(made, base) if base else made)
    return found


def _inherited(made: Context, above: Context) -> Context:
    """A further table of a sheet shares what the lines over the first one said."""
    return replace(
        made,
        reporter=made.reporter or above.reporter,
        city=made.city or above.city,
        period=made.period or above.period,
        units=made.units or above.units,
    )


def _overruled(made: Context, base: Context) -> Context:
    return _inherited(replace(base, stranger=None if base.reporter else made.stranger), made)


def _asked(facts: list[tuple[Facts, bool]]) -> list[tuple[Facts, bool]]:
    """Of a form's questions keep those whose figures are lost, without those that ask who, when and where."""
    return [(one, loses) for one, loses in facts if loses and not all(is_aside(label.text) for label in one.unknown)]


def _strangers(table: Table, about: Context, facts: list[tuple[Facts, bool]], nobody: bool) -> list[Stranger]:
    """Return the headings nobody understood, each once; the line over the table where figures are ``nobody``'s."""
    found: dict[Label, Strangeness] = {}
    if about.stranger is not None and nobody:
        found[about.stranger] = "reporter"
    nothing_known = not any(one.what.indicators for one, _loses in facts)
    for one, loses in facts if not table.pairs else _asked(facts):
        if one.stranger is not None:
            found.setdefault(one.stranger, "reporter")
        for label in one.unknown:
            found.setdefault(label, ("heading" if nothing_known else "indicator") if loses else "scope")
        if len(found) >= MOST_STRANGERS:
            break
    return [Stranger(table.sheet, label, kind) for label, kind in found.items()]
