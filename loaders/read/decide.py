"""From what rows and columns say to what a figure is: indicator, unit, measure, scope, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, get_args

from loaders.read.context import Context
from loaders.read.facts import Facts, Reader, What
from loaders.vocabulary import Unit, Vocabulary, is_partial
from loaders.vocabulary.units import kind_of, unit

State = Literal["stored", "total", "derived", "compared", "unknown", "ambiguous", "missing", "text", "error"]
STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True, slots=True)
class Decision:
    """What the figures of one kind of row in one kind of column are."""

    indicator: str = ""
    unit: Unit | None = None
    unit_source: str = ""
    measure: str = ""
    scope: str = ""
    relative: str = ""
    state: State = "stored"
    candidates: tuple[str, ...] = ()


def decide(row: What, column: What, reader: Reader) -> Decision:
    """Return what figures under these headings are; ``unknown`` or ``ambiguous`` rather than a guess."""
    vocabulary = reader.vocabulary
    measure = column.measure or row.measure
    relative = column.relative or row.relative
    found, scope = _indicators(row, column, reader)
    heading = column.unit or row.unit
    found = _narrowed(found, heading, vocabulary)
    if row.derived or column.derived:
        return Decision(found[0] if found else "", heading, "heading", measure, scope, relative, "derived")
    if len(found) != 1:
        return Decision(
            "",
            heading,
            "heading" if heading else "",
            measure,
            scope,
            relative,
            "ambiguous" if found else "unknown",
            found,
        )
    own_unit, source = _unit(found[0], heading, reader.context, vocabulary)
    measure = measure or str(vocabulary.indicator.at[found[0], "measure"])
    state: State = "compared" if relative in ("before", "year_before") else "stored"
    return Decision(found[0], own_unit, source, measure, scope, relative, state)


def _indicators(row: What, column: What, reader: Reader) -> tuple[tuple[str, ...], str]:
    """Return the indicators both axes name, and the words left over, which narrow the figure (规上企业)."""
    words = row.words + column.words
    both = tuple(id for id in column.indicators if id in row.indicators)
    if row.indicators and column.indicators:
        return both or row.indicators + column.indicators, "".join(words)
    one = row.indicators or column.indicators
    if one:
        return one, "".join(words)
    return reader.joined(words), ""


def _narrowed(found: tuple[str, ...], heading: Unit | None, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Of several indicators keep those that the heading's unit can count."""
    if len(found) < 2 or heading is None:
        return found
    fitting = tuple(id for id in found if kind_of(str(vocabulary.indicator.at[id, "unit"])) == heading.kind)
    return fitting or found


def _unit(indicator: str, heading: Unit | None, context: Context, vocabulary: Vocabulary) -> tuple[Unit | None, str]:
    """Return the unit of a figure: its heading's, the fitting one above the table, or the indicator's own."""
    if heading:
        return heading, "heading"
    own = unit(str(vocabulary.indicator.at[indicator, "unit"]))
    for named in context.units:
        if own and named.kind == own.kind:
            return named, "title"
    return own, "indicator"


def settle(facts: list[Facts], by: Literal["reporter", "indicator"]) -> list[Facts]:
    """Make the words nobody understood strange reporters on the axis that names reporters."""
    if by == "indicator":
        return facts
    return [_settled(f) if f.unknown else f for f in facts]


def _settled(facts: Facts) -> Facts:
    what = replace(facts.what, words=())
    if facts.reporters or facts.total or any(is_partial(label.text) for label in facts.unknown):
        return replace(facts, what=what, scope="".join(facts.what.words))
    return replace(facts, what=what, unknown=(), stranger=facts.unknown[-1])


def names_reporters(rows: list[Facts], columns: list[Facts]) -> tuple[bool, bool]:
    """Tell for each axis whether it is the one that names reporters."""
    votes = [
        (sum(bool(f.reporters or f.stranger) for f in axis), sum(bool(f.what.indicators) for f in axis))
        for axis in (rows, columns)
    ]
    (row_who, row_what), (column_who, column_what) = votes
    rows_name = row_who > row_what or (not row_what and column_what > 0)
    columns_name = column_who > column_what or (not column_what and row_what > 0 and not rows_name)
    return rows_name and not (columns_name and column_who > row_who), columns_name
