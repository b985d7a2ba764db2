"""The amounts of many cells at once: plain numbers as arrays, everything else cell by cell."""

from __future__ import annotations

from typing import Any

import numpy as np

from loaders.grid import Sheet
from loaders.grid.model import Value
from loaders.layout.view import plain_text
from loaders.numbers import Shown, digits, shown
from loaders.read.amounts import NoAmount, amount
from loaders.read.decide import Decision
from loaders.read.gather import Codes, Gathered, Objects, objects, spread

NUMBERS = (float, int)
READ = ("value", "low", "high", "unit", "qualifier", "as_printed")
PERCENT = Shown("", "%", 100.0)
NOTHING = (np.nan, np.nan, np.nan, "", "", "", "")


def amount_columns(
    sheet: Sheet,
    cells: Gathered,
    decisions: list[Decision],
    codes: Codes,
    shares: dict[str, bool],
    states: Objects,
    sources: Objects,
) -> dict[str, Any]:
    """Return the columns text, value, low, high, unit, qualifier, as_printed, number_format and typed.

    ``states`` and ``sources`` are corrected in place where a cell holds no figure or prints its own unit.
    """
    typed = np.fromiter((type(v) in NUMBERS for v in cells.values), bool, len(cells.values))
    numbers = np.fromiter((v if t else np.nan for v, t in zip(cells.values, typed, strict=True)), float, len(typed))
    formats = [*(style.number_format for style in sheet.styles), "General"]
    plain = np.array([shown(one).plain for one in formats])[cells.styles]
    whole = np.array([d.unit is None or d.unit.factor == 1.0 for d in decisions])[codes]
    fast = typed & plain & whole & np.isfinite(numbers)
    texts = objects(_texts(cells.values, numbers, fast))
    out: dict[str, Any] = {"text": texts, "as_printed": texts if fast.all() else texts.copy()}
    out |= {"value": numbers, "low": numbers.copy(), "high": numbers.copy()}
    out["unit"] = spread(decisions, codes, lambda d: d.unit.base if d.unit else "")
    out["qualifier"] = np.full(len(typed), "exact", dtype=object)
    out["number_format"], out["typed"] = objects(formats)[cells.styles], typed
    percent = typed & np.array([shown(one) == PERCENT for one in formats])[cells.styles] & (numbers >= 0)
    _percentages(np.flatnonzero(percent & np.isfinite(numbers)), out, sources)
    _slowly(cells, decisions, codes, shares, np.flatnonzero(~fast & ~percent), out, states, sources)
    return out


def _percentages(places: np.ndarray[Any, Any], out: dict[str, Any], sources: Objects) -> None:
    """Read plain numbers that only their format shows as percentages."""
    printed = [digits(100 * v) for v in out["value"][places].tolist()]
    shares = np.array([float(text) for text in printed])
    for name in ("value", "low", "high"):
        out[name][places] = shares
    out["as_printed"][places] = objects([f"{text}%" for text in printed])
    out["unit"][places], sources[places] = "%", "format"


def _texts(values: list[Value], numbers: np.ndarray[Any, Any], fast: np.ndarray[Any, Any]) -> list[str]:
    """Print every value; ``.15g`` says of most numbers what :func:`digits` says."""
    size = np.abs(numbers)
    usual = (fast & ((size >= 1e-4) & (size < 1e15) | (size == 0))).tolist()
    return [
        f"{v:.15g}" if u else v if type(v) is str else digits(v) if f else plain_text(v)  # type: ignore[arg-type]
        for v, u, f in zip(values, usual, fast.tolist(), strict=True)
    ]


def _slowly(
    cells: Gathered, decisions: list[Decision], codes: Codes, shares: dict[str, bool],
    places: np.ndarray[Any, Any], out: dict[str, Any], states: Objects, sources: Objects,
) -> None:  # fmt: skip
    """Read one by one what is no plain number; the same again is read once."""
    ways = [(d.unit, shares.get(d.indicator, False) or not d.indicator) for d in decisions]
    known: dict[tuple[object, ...], str | tuple[Any, ...]] = {}
    looks, roles = out["number_format"], cells.roles
    columns = [out[name] for name in READ]
    for n, code in zip(places.tolist(), codes[places].tolist(), strict=True):
        value = cells.values[n]
        asked = (type(value), value, looks[n], roles[n], code)
        read = known.get(asked)
        if read is None:
            read = known[asked] = _read(value, looks[n], roles[n], *ways[code])
        if isinstance(read, str):
            states[n], read = read, NOTHING
        for column, said in zip(columns, read, strict=False):
            column[n] = said
        sources[n] = read[-1] or sources[n]


def _read(value: Any, look: str, role: str, unit: Any, share: bool) -> str | tuple[Any, ...]:
    """Return (value, low, high, unit, qualifier, as_printed, unit source), or the state of a cell without a figure."""
    if role in ("missing", "error"):
        return role
    try:
        found = amount(value, look, unit, share=share)
    except NoAmount:
        return "text"
    p = found.printed
    return p.value, _open(p.low), _open(p.high), p.unit, p.qualifier, found.as_printed, found.source


def _open(bound: float | None) -> float:
    return np.nan if bound is None else bound
