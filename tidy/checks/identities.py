"""Identities that the sources themselves state or imply: totals against parts, rates against counts.

Each row of ``data/identities.csv`` is one identity; its verdict is computed here from the
figures' bounds and is never written down. A side is a sum of atoms joined by `` + `` or
`` - ``; an atom is an observation id, a number, ``count(column=value)`` over the pilots, or
a number times one of these (``1500*003-53679``).
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import pandas as pd

from tidy.intervals import Interval, total

Kind = Literal["sum", "ratio", "equal", "part_of", "difference"]
Status = Literal["holds", "fails", "cannot_tell"]
KINDS: tuple[str, ...] = get_args(Kind)
_COUNT = re.compile(r"count\((\w+)=(.*)\)")
_ATOM = re.compile(r"(?:(\d+(?:\.\d+)?)\*)?(.+)")


@dataclass(frozen=True, slots=True)
class Identity:
    """One identity: ``left`` beside what ``terms`` give by the rule of ``kind``."""

    identity_id: str
    name: str
    name_en: str
    kind: Kind
    left: str
    terms: tuple[str, ...]
    tolerance: float
    note: str

    @property
    def observation_ids(self) -> tuple[str, ...]:
        """The observations that the identity speaks of, left side first."""
        return tuple(atom for side in (self.left, *self.terms) for atom in _observations(side))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the figures say: both sides, the distance between them, and the likeliest wrong cell.

    ``gap`` is 0 where the identity holds and ``None`` where it cannot be told; above 0 the
    terms give too much, below 0 too little. ``likeliest`` is an observation id or empty.
    """

    status: Status
    left: Interval | None = None
    right: Interval | None = None
    gap: float | None = None
    likeliest: str = ""


def load_identities(path: Path) -> list[Identity]:
    """Read the identities of a CSV file; raises ``ValueError`` naming the line of an unknown kind."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_identity(row, line) for line, row in enumerate(csv.DictReader(file), start=2)]


def _identity(row: dict[str, str], line: int) -> Identity:
    if row["kind"] not in KINDS:
        raise ValueError(f"identities.csv:{line}: {row['kind']}")
    terms = tuple(row["terms"].split("|"))
    tolerance = float(row["tolerance"] or 0)
    texts = {key: row[key] for key in ("identity_id", "name", "name_en", "left", "note")}
    return Identity(kind=row["kind"], terms=terms, tolerance=tolerance, **texts)  # type: ignore[arg-type]


def verdict(identity: Identity, observations: pd.DataFrame, reporters: pd.DataFrame) -> Verdict:
    """Return whether the identity holds for every reading, for none, or cannot be told.

    ``observations`` and ``reporters`` are tidy tables; an observation that is absent makes
    the verdict ``cannot_tell``.
    """
    look_up = _look_up(observations, reporters)
    left = _side(identity.left, look_up)
    terms = [_side(term, look_up) for term in identity.terms]
    if left is None or any(term is None for term in terms):
        return Verdict("cannot_tell", left)
    right = _combined(identity.kind, [term for term in terms if term is not None])
    compare = _part if identity.kind == "part_of" else _agree
    status = compare(left, right, identity.tolerance)
    if status != "fails":
        return Verdict(status, left, right, 0.0 if status == "holds" else None)
    gap = _distance(left, right)
    return Verdict("fails", left, right, gap, _likeliest(identity, gap, look_up))


LookUp = Callable[[str], Interval | None]


def _look_up(observations: pd.DataFrame, reporters: pd.DataFrame) -> LookUp:
    columns = (observations[name] for name in ("observation_id", "low", "high"))
    cells = {str(key): Interval.of(low, high) for key, low, high in zip(*columns, strict=True)}
    pilots = reporters[reporters["kind"] == "pilot"]

    def atom(text: str) -> Interval | None:
        counted = _COUNT.fullmatch(text)
        if counted:
            number = float((pilots[counted[1]] == counted[2]).sum())
            return Interval(number, number)
        return cells.get(text, _constant(text))

    return atom


def _constant(text: str) -> Interval | None:
    try:
        return Interval(float(text), float(text))
    except ValueError:
        return None


def _side(text: str, look_up: LookUp) -> Interval | None:
    """The interval of a sum of atoms; ``None`` when one of them is not there."""
    parts = re.split(r" ([+-]) ", text)
    result = _scaled(parts[0], look_up)
    for sign, word in zip(parts[1::2], parts[2::2], strict=True):
        term = _scaled(word, look_up)
        if result is None or term is None:
            return None
        result = result + term if sign == "+" else result - term
    return result


def _scaled(word: str, look_up: LookUp) -> Interval | None:
    factor, atom = _ATOM.fullmatch(word.strip()).groups()  # type: ignore[union-attr]
    found = look_up(atom)
    if found is None or factor is None:
        return found
    k = float(factor)
    return Interval(k * found.low, k * found.high, found.low_open, found.high_open)


def _observations(side: str) -> list[str]:
    atoms = [_ATOM.fullmatch(word.strip())[2] for word in re.split(r" [+-] ", side)]  # type: ignore[index]
    return [atom for atom in atoms if not _COUNT.fullmatch(atom) and _constant(atom) is None]


def _combined(kind: Kind, terms: list[Interval]) -> Interval:
    first, *rest = terms
    if kind == "ratio":
        return first.ratio(rest[0])
    return first - total(rest) if kind == "difference" else total([first, *rest])


def _agree(left: Interval, right: Interval, tolerance: float) -> Status:
    """Equal: the finer side lies within the coarser; partly overlapping sides cannot be told."""
    wide, narrow = sorted((left, right), key=lambda side: side.low - side.high)
    if wide.low - tolerance <= narrow.low and narrow.high <= wide.high + tolerance:
        return "holds"
    apart = left.low > right.high + tolerance or right.low > left.high + tolerance
    return "fails" if apart else "cannot_tell"


def _part(whole: Interval, parts: Interval, tolerance: float) -> Status:
    if parts.high <= whole.low + tolerance:
        return "holds"
    return "fails" if parts.low > whole.high + tolerance else "cannot_tell"


def _distance(left: Interval, right: Interval) -> float:
    gap = right.low - left.high if right.low > left.high else right.high - left.low
    return float(f"{gap:.12g}")


def _likeliest(identity: Identity, gap: float, look_up: LookUp) -> str:
    """The one cell that equals the gap, else the one that a wrong or swapped digit would explain.

    Rates and counts of the project's own judgement accuse no cell.
    """
    if identity.kind == "ratio" or "count(" in "".join(identity.terms):
        return ""
    signs = [(identity.left, 1.0), *((term, -1.0) for term in identity.terms)]
    cells = [(cell, sign) for side, sign in signs for cell in _observations(side)]
    points = [(cell, sign, at.low) for cell, sign in cells if (at := look_up(cell)) and at.is_point]
    slips = [cell for cell, sign, value in points if _slip(value, value + sign * gap)]
    same = [cell for cell, _sign, value in points if math.isclose(value, abs(gap))]
    found = same or slips
    return found[0] if len(found) == 1 else ""


def _slip(printed: float, meant: float) -> bool:
    """True when the two differ by one digit, or by two neighbouring digits swapped, as in typing."""
    one, other = f"{printed:.15g}", f"{meant:.15g}"
    places = [i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    if len(one) != len(other) or len(one) < 2 or len(places) not in (1, 2):
        return False
    first, last = places[0], places[-1]
    swapped = one[first] == other[last] and one[last] == other[first]
    return first == last or (last == first + 1 and swapped)
