"""The amounts of many cells at once: plain numbers as arrays, everything else cell by cell."""

from __future__ import annotations

from typing import Any

import numpy as np

from loaders.grid import Sheet
from loaders.layout.view import plain_text
from loaders.read.amounts import NoAmount, amount, digits
from loaders.read.decide import Decision
from loaders.read.gather import Codes, Gathered, Objects, spread
from loaders.read.number_format import shown

TEXTS = ("text", "unit", "qualifier", "as_printed")


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
    typed = np.fromiter((type(v) in (float, int) for v in cells.values), bool, len(cells.values))
    numbers = np.fromiter((v if t else np.nan for v, t in zip(cells.values, typed, strict=True)), float, len(typed))
    plain = np.array([*(shown(style.number_format).plain for style in sheet.styles), True])[cells.styles]
    whole = np.array([d.unit is None or d.unit.factor == 1.0 for d in decisions])[codes]
    fast = typed & plain & whole & np.isfinite(numbers)
    texts = [digits(v) if f else plain_text(v) for v, f in zip(cells.values, fast, strict=True)]  # type: ignore[arg-type]
    out: dict[str, Any] = {name: _objects(texts) for name in ("text", "as_printed")}
    out |= {"value": numbers, "low": numbers.copy(), "high": numbers.copy()}
    out["unit"] = spread(decisions, codes, lambda d: d.unit.base if d.unit else "")
    out["qualifier"] = np.full(len(typed), "exact", dtype=object)
    formats = np.array([*(style.number_format for style in sheet.styles), "General"], dtype=object)
    out["number_format"], out["typed"] = formats[cells.styles], typed
    ways = [(d.unit, shares.get(d.indicator, False) or not d.indicator) for d in decisions]
    for n in np.flatnonzero(~fast):
        read = _read(cells.values[n], out["number_format"][n], cells.roles[n], *ways[codes[n]])
        if isinstance(read, str):
            states[n], read = read, (np.nan, np.nan, np.nan, "", "", "", "")
        out["value"][n], out["low"][n], out["high"][n] = read[:3]
        out["unit"][n], out["qualifier"][n], out["as_printed"][n] = read[3:6]
        sources[n] = read[6] or sources[n]
    return out


def _objects(items: list[str]) -> Objects:
    made = np.empty(len(items), dtype=object)
    made[:] = items
    return made


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
