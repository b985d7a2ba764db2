"""One shape for everything that is wrong with an input, located at its cell or line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong where, and what to do about it, in the reader's language.

    ``cell`` is an A1 address, a line number or a character span; ``text`` the raw text found
    there; ``code`` a stable name such as ``unknown_indicator`` for tests and filters.
    """

    code: str
    message: str
    advice: str = ""
    file: str = ""
    sheet: str = ""
    cell: str = ""
    text: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        where = "!".join(part for part in (self.file, self.sheet, self.cell) if part)
        what = f"{self.message} → {self.advice}" if self.advice else self.message
        return f"{where}: {what}" if where else what

    def as_row(self) -> dict[str, str]:
        """Return the problem as a flat row for tables and CSV."""
        return {key: str(value) for key, value in asdict(self).items()}


def worst(problems: Sequence[Problem]) -> Severity | None:
    """Return the gravest severity among ``problems``; ``None`` when there are none."""
    return next((s for s in SEVERITIES if any(p.severity == s for p in problems)), None)


class DataProblems(Exception):
    """Raised where work cannot go on because of faults in the data; carries all of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = list(problems)
