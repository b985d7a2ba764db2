"""The words that stand around a figure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FigureMeta:
    """Title (time, place, subject), unit, source and note of a figure, already in the reader's language.

    ``unit`` is the base unit as printed (人, 元, %). ``reported`` is how many of the expected
    reporters have reported: ``(18, 83)``; ``None`` where the question does not arise.
    """

    title: str
    subtitle: str = ""
    unit: str = ""
    source: str = ""
    note: str = ""
    reported: tuple[int, int] | None = None
