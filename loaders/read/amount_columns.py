"""The amounts of many cells at once: plain numbers as arrays, everything else once for each kind of cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from loaders.grid import Sheet
from loaders.grid.model import Value
from loaders.layout.view import plain_text
from loaders.numbers import Shown, digits, shown
from loaders.read.amounts import NoAmount, amount
from loaders.read.decide import STATES, Decision
from loaders.read.gather import NUMBER, WORDS, Gathered
from loaders.read.shared import Codes, Flags, Numbers, Objects, Shared, first_of_each, objects, spread

FIGURE = ("value", "low", "high")
PERCENT = Shown("", "%", 100.0)
NOTHING = (np.nan, np.nan, np.nan, "", "", "", "")


def amount_columns(
    sheet: Sheet,
    cells: Gathered,
    decisions: list[Decision],
    codes: Codes,
    shares: dict[str, bool],
    states: Codes,
    sources: Shared,
) -> dict[str, Any]:
    """Return the columns text, value, low, high, unit, qualifier, as_printed, number_format and typed.

    ``states`` and ``sources`` are corrected in place where a cell holds no figure or prints its own unit.
    """
    typed, numbers = cells.sorts == NUMBER, cells.numbers
    formats = [*(style.number_format for style in sheet.styles), "General"]  # the last for a cell without a style
    whole = np.array([d.unit is None or d.unit.factor == 1.0 for d in decisions] or [True])
    finite = typed & np.isfinite(numbers)
    fast = finite & np.array([shown(one).plain for one in formats])[cells.styles] & whole[codes]
    percent = finite & np.array([shown(one) == PERCENT for one in formats])[cells.styles] & (numbers >= 0)
    texts = _texts(cells, fast)
    out: dict[str, Any] = {"text": texts, "as_printed": texts if fast.all() else texts.copy()}
    out |= {"value": numbers.copy(), "low": numbers.copy(), "high": numbers.copy()}
    out["unit"] = spread(decisions, codes, lambda d: d.unit.base if d.unit else "")
    out["qualifier"], out["typed"] = Shared.one("exact", len(typed)), typed
    out["number_format"] = Shared(formats, cells.styles)
    _percentages(np.flatnonzero(percent), out, sources)
    read = _Reading(cells, decisions, codes, shares, formats)
    _others(read, np.flatnonzero(~fast & ~percent), out, states, sources)
    return out


def _texts(cells: Gathered, fast: Flags) -> Objects:
    """Print every value, each number once."""
    texts = cells.values.copy()
    for places, say in ((fast, digits), ((cells.sorts == NUMBER) & ~fast, plain_text)):
        which, numbers = pd.factorize(cells.numbers[places])
        texts[places] = objects([say(one) for one in numbers.tolist()] + [""])[which]
    other = np.flatnonzero((cells.sorts != WORDS) & ((cells.sorts != NUMBER) | ~np.isfinite(cells.numbers)))
    texts[other] = objects([plain_text(value) for value in cells.values[other]])
    return texts


def _percentages(places: Codes, out: dict[str, Any], sources: Shared) -> None:
    """Read plain numbers that only their format shows as percentages."""
    which, numbers = pd.factorize(out["value"][places])
    printed = [digits(100 * v) for v in numbers.tolist()]
    shares: Numbers = np.array([float(text) for text in printed], dtype=np.float64)[which]
    for name in FIGURE:
        out[name][places] = shares
    out["as_printed"][places] = objects([f"{text}%" for text in printed])[which]
    for column, word in ((out["unit"], "%"), (sources, "format")):
        column.put(places, [word], np.zeros(len(places), np.int8))


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is known of the cells whose texts have to be read."""

    cells: Gathered
    decisions: list[Decision]
    codes: Codes
    shares: dict[str, bool]
    formats: list[str]

    def kinds(self, places: Codes) -> tuple[Codes, Codes]:
        """Return where each kind of cell among ``places`` first comes, and the number of each cell's kind."""
        values, _distinct = pd.factorize(self.cells.values[places], use_na_sentinel=False)
        about = (self.cells.sorts, self.cells.styles, self.cells.roles, self.codes)
        return first_of_each(values, *(one[places] for one in about))

    def at(self, n: int) -> str | tuple[Any, ...]:
        """Return (value, low, high, unit, qualifier, as_printed, unit source), or the state of a cell without a figure."""
        cells, decision = self.cells, self.decisions[self.codes[n]]
        role: str = cells.role_names[cells.roles[n]]
        if role in ("missing", "error"):
            return role
        share = self.shares.get(decision.indicator, False) or not decision.indicator
        return _read(cells.values[n], self.formats[cells.styles[n]], decision, share)


def _others(read: _Reading, places: Codes, out: dict[str, Any], states: Codes, sources: Shared) -> None:
    """Read what is no plain number: the same value in the same look under the same decision once."""
    if not len(places):
        return
    firsts, which = read.kinds(places)
    found = [read.at(n) for n in places[firsts].tolist()]
    ends = np.array([STATES.index(one) if isinstance(one, str) else -1 for one in found])[which]
    states[places] = np.where(ends < 0, states[places], ends)
    said = list(zip(*(NOTHING if isinstance(one, str) else one for one in found), strict=True))
    for name, numbers in zip(FIGURE, said, strict=False):
        out[name][places] = np.array(numbers, dtype=np.float64)[which]
    out["as_printed"][places] = objects(said[5])[which]
    out["unit"].put(places, said[3], which)
    out["qualifier"].put(places, said[4], which)
    own = np.array([bool(source) for source in said[6]])[which]
    sources.put(places[own], said[6], which[own])


def _read(value: Value, look: str, decision: Decision, share: bool) -> str | tuple[Any, ...]:
    try:
        found = amount(value, look, decision.unit, share=share)
    except NoAmount:
        return "text"
    p = found.printed
    return p.value, _open(p.low), _open(p.high), p.unit, p.qualifier, found.as_printed, found.source


def _open(bound: float | None) -> float:
    return np.nan if bound is None else bound
