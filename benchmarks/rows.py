"""What a benchmark hands in: rows; and how two ways are timed fairly: in turn, several rounds, medians."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

Row = dict[str, Any]


def row(name: str, value: float, unit: str, against: str = "", ratio: float | None = None, rounds: int = 1) -> Row:
    """Return one line of the table; ``against`` is the floor or peer of the same run, ``ratio`` value ÷ its value."""
    kept = None if ratio is None else _short(ratio)
    return {"name": name, "value": _short(value), "unit": unit, "against": against, "ratio": kept, "rounds": rounds}


def _short(number: float) -> float:
    return float(f"{number:.4g}")


def quantile(samples: Iterable[float], share: float) -> float:
    """Return the smallest sample that at least ``share`` of the samples do not exceed."""
    ordered = sorted(samples)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else math.nan


def in_turn(ways: Mapping[str, Callable[[], Any]], rounds: int, *, warm: bool = True) -> dict[str, float]:
    """Return median seconds of each way; a round runs all of them, so that a busy moment hits each alike."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for way in ways.values() if warm else ():
        way()
    for _round in range(rounds):
        for name, way in ways.items():
            started = time.perf_counter()
            way()
            taken[name].append(time.perf_counter() - started)
    return {name: statistics.median(samples) for name, samples in taken.items()}


def compared(named: str, seconds: Mapping[str, float], peer: str, unit: str = "ms", rounds: int = 1) -> list[Row]:
    """Return a row a way, each with its ratio to ``peer``."""
    scale = {"s": 1.0, "ms": 1000.0}[unit]
    return [
        row(f"{named}: {way}", taken * scale, unit, "" if way == peer else peer, taken / seconds[peer], rounds)
        for way, taken in seconds.items()
    ]


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """Return e of cost ~ size^e, fitted by least squares on logarithms; 1 is linear, 0 does not grow."""
    x, y = [math.log(size) for size in sizes], [math.log(cost) for cost in costs]
    mean_x, mean_y = statistics.fmean(x), statistics.fmean(y)
    across = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True))
    return across / sum((a - mean_x) ** 2 for a in x)
