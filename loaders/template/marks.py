"""The hidden signs by which a returned form is recognised, whatever was inserted or sorted."""

from __future__ import annotations

HIDDEN_SHEET = "_form"
DEFINITIONS = "口径"
START = "@form:"  # in the corner of each sheet, followed by the form's id
NAME = "@name"  # over the column of reporters' names
TOTAL = "@total"  # beside the row of totals
SPARE = "@spare"  # beside rows left free for further reporters
NOTE = "@note"
NUMBER = "@number"
NOW, BEFORE, DERIVED = "now", "before", "derived"


def column_key(indicator: str, slot: str) -> str:
    """Return the sign over a column: ``union_members|now``."""
    return f"{indicator}|{slot}"


def read_column_key(text: str) -> tuple[str, str] | None:
    """Return (indicator, slot) of a column's sign; ``None`` for other words."""
    indicator, bar, slot = text.partition("|")
    return (indicator, slot) if bar and slot in (NOW, BEFORE, DERIVED) else None
