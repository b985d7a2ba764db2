"""Which indicators a chooser offers first: those an official asks for, not those most often printed."""

from __future__ import annotations

from collections.abc import Iterable

LEADING = (
    "union_members", "organising_rate", "membership_rate", "insurance_enrolment", "union_organisations",
    "insurance_benefit", "consolation_money",
)  # fmt: skip


def first_choice(ids: Iterable[str]) -> list[str]:
    """Return the indicators with the leading ones in front, the others in their order."""
    known = list(ids)
    leading = [one for one in LEADING if one in known]
    return leading + [one for one in known if one not in leading]
