"""What the report reader hands on: a figure, or a numeral that is refused with its reason."""

from __future__ import annotations

from dataclasses import dataclass

from loaders.figures.reporter import Reporter
from tidy.values import Printed

NOBODY = Reporter()


@dataclass(slots=True)
class Mention:
    """A numeral with what is printed around it: qualifier, scale, unit; not yet judged."""

    start: int
    end: int
    number_start: int
    number_end: int
    number: str
    unit: str = ""
    kind: str = ""
    phrase: str = ""
    after: str = ""
    scaled: bool = False
    plain: bool = False  # digits and their unit, nothing else


@dataclass(slots=True)
class Figure:
    """One reported quantity in its sentence, with what the sentence says of it."""

    start: int
    end: int
    as_printed: str
    printed: Printed
    unit: str
    kind: str
    indicator: str = ""
    group: str = ""
    measure: str = ""
    period: str = ""
    reporter: Reporter = NOBODY
    confidence: float = 0.0


@dataclass(slots=True)
class Refusal:
    """A numeral that is no figure; ``reason`` is a code of ``data/lexicon/reasons.csv``."""

    start: int
    end: int
    as_printed: str
    reason: str
