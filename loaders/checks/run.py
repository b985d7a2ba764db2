"""Which checks there are, and all of them at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from loaders import sandbox
from loaders.checks import (
    changed_history,
    doubtful_layout,
    duplicate_keys,
    format_units,
    formula_errors,
    future_periods,
    hidden_data,
    jumps,
    merged_data,
    negative_counts,
    no_figures,
    no_period,
    not_numbers,
    number_as_text,
    parts,
    rates,
    shares,
    totals,
    uncached_formulas,
    unit_mismatch,
    unknown_names,
)
from loaders.grid import parse_a1
from loaders.read.workbook import Reading
from tidy.problems import SEVERITIES, Problem

Check = Callable[[Reading], list[Problem]]
ALL: tuple[Check, ...] = (
    no_figures.check, doubtful_layout.check, no_period.check, unknown_names.check, not_numbers.check,
    number_as_text.check, formula_errors.check, uncached_formulas.check, unit_mismatch.check, format_units.check,
    shares.check, negative_counts.check, future_periods.check, duplicate_keys.check, totals.check, parts.check,
    rates.check, jumps.check, changed_history.check, hidden_data.check, merged_data.check,
)  # fmt: skip


def check(reading: Reading) -> list[Problem]:
    """Return every problem of ``reading``: the gravest first, then by sheet, row and column."""
    order = {sheet.name: number for number, sheet in enumerate(reading.sheets)}
    found = dict.fromkeys(problem for one in _signalled() for problem in one(reading))
    return sorted(found, key=lambda p: (SEVERITIES.index(p.severity), order.get(p.sheet, -1), _place(p.cell)))


def _signalled() -> Iterator[Check]:
    """Say before each check that work goes on."""
    for one in ALL:
        sandbox.alive()
        yield one


def _place(cell: str) -> tuple[int, int]:
    first = cell.partition(":")[0]
    return parse_a1(first) if first else (-1, -1)
