"""Where a row of a table stands, for problems."""

from __future__ import annotations

from typing import Any

from tidy.problems import Problem, Severity

FILE = "data/observations.csv"


def fault(row: Any, code: str, message: str, advice: str, text: object = "", severity: Severity = "error") -> Problem:
    """Return a problem located at the line of ``row`` (a named tuple of the table)."""
    line = str(getattr(row, "line", "") or row.Index + 2)
    file = str(getattr(row, "file", "") or FILE)
    return Problem(code, message, advice, file=file, cell=line, text=str(text), severity=severity)
