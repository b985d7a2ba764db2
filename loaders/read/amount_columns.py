"""The amounts of many cells at once: plain numbers as arrays, everything else once for each kind of cell."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from loaders.grid import Sheet
from loaders.grid.model import Value
from loaders.layout.view import plain_text
from loaders.numbers import Shown, digits, shown
from loaders.read.amounts import NoAmount, amount
from loaders.read.decide import STATES, Decision
from loaders.read.gather import NUMBER, WORDS, Codes, Flags, Gathered, Numbers, Objects, first_of_each, objects, spread

FIGURE = ("value", "low", "high")
PRINTED = ("unit", "qualifier", "as_printed")
PERCENT = Shown("", "%", 100.0)
NOTHING = (np.nan, np.nan, np.nan, "", "", "", "")


def amount_columns(
    sheet: Sheet,
    cells: Gathered,
    decisions: list[Decision],
    codes: Codes,
    shares: dict[str, bool],
    states: Codes,
    sources: Objects,
) -> dict[str, Any]:
    """Return the columns text, value, low, high, unit, qualifier, as_printed, number_format and typed.

    ``states`` and ``sources`` are corrected in place where a cell holds no figure or prints its own unit.
    """
    typed, numbers = cells.sorts == NUMBER, cells.numbers
    formats = [*(style.number_format for style in sheet.styles), "General"]
    whole = np.array([d.unit is None or d.unit.factor == 1.0 for d in decisions] or [True])
    finite = typed & np.isfinite(numbers)
    fast = finite & np.array([shown(one).plain for one in formats])[cells.styles] & whole[codes]
    percent = finite & np.array([shown(one) == PERCENT for one in formats])[cells.styles] & (numbers >= 0)
    texts = _texts(cells, fast)
    out: dict[str, Any] = {"text": texts, "as_printed": texts if fast.all() else texts.copy()}
    out |= {"value": numbers.copy(), "low": numbers.copy(), "high": numbers.copy()}
    out["unit"] = spread(decisions, codes, lambda d: d.unit.base if d.unit else "")
    out["qualifier"] = np.full(len(typed), "exact", dtype=object)
    out["number_format"], out["typed"] = objects(formats)[cells.styles], typed
    _percentages(np.flatnonzero(percent), out, sources)
    _others(cells, decisions, codes, shares, np.flatnonzero(~fast & ~percent), out, states, sources)
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


def _percentages(places: Codes, out: dict[str, Any], sources: Objects) -> None:
    """Read plain numbers that only their format shows as percentages."""
    which, numbers = pd.factorize(out["value"][places])
    printed = [digits(100 * v) for v in numbers.tolist()]
    shares: Numbers = np.array([float(text) for text in printed], dtype=np.float64)[which]
    for name in FIGURE:
        out[name][places] = shares
    out["as_printed"][places] = objects([f"{text}%" for text in printed])[which]
    out["unit"][places], sources[places] = "%", "format"


def _others(
    cells: Gathered, decisions: list[Decision], codes: Codes, shares: dict[str, bool],
    places: Codes, out: dict[str, Any], states: Codes, sources: Objects,
) -> None:  # fmt: skip
    """Read what is no plain number: the same value in the same look under the same decision once."""
    if not len(places):
        return
    firsts, which = _kinds(cells, codes, places)
    found = [_read_at(cells, decisions[code], shares, n, out["number_format"][n])
             for n, code in zip(places[firsts].tolist(), codes[places[firsts]].tolist(), strict=True)]  # fmt: skip
    ends = np.array([STATES.index(one) if isinstance(one, str) else -1 for one in found])[which]
    states[places] = np.where(ends < 0, states[places], ends)
    read = list(zip(*(NOTHING if isinstance(one, str) else one for one in found), strict=True))
    for name, said in zip(FIGURE, read, strict=False):
        out[name][places] = np.array(said, dtype=np.float64)[which]
    for name, said in zip(PRINTED, read[len(FIGURE) :], strict=False):
        out[name][places] = objects(said)[which]
    own = objects(read[-1])[which]
    sources[places] = np.where(own != "", own, sources[places])


def _kinds(cells: Gathered, codes: Codes, places: Codes) -> tuple[Codes, Codes]:
    """Return where each kind of cell among ``places`` first comes, and the number of each cell's kind."""
    values, _distinct = pd.factorize(cells.values[places], use_na_sentinel=False)
    about = (cells.sorts, cells.styles, cells.roles, codes)
    return first_of_each(values, *(one[places] for one in about))


def _read_at(
    cells: Gathered, decision: Decision, shares: dict[str, bool], n: int, look: str
) -> str | tuple[Any, ...]:  # fmt: skip
    """Return (value, low, high, unit, qualifier, as_printed, unit source), or the state of a cell without a figure."""
    role: str = cells.role_names[cells.roles[n]]
    if role in ("missing", "error"):
        return role
    return _read(cells.values[n], look, decision, shares.get(decision.indicator, False) or not decision.indicator)


def _read(value: Value, look: str, decision: Decision, share: bool) -> str | tuple[Any, ...]:
    try:
        found = amount(value, look, decision.unit, share=share)
    except NoAmount:
        return "text"
    p = found.printed
    return p.value, _open(p.low), _open(p.high), p.unit, p.qualifier, found.as_printed, found.source


def _open(bound: float | None) -> float:
    return np.nan if bound is None else bound
