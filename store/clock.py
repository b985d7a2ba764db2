"""Time as the store writes it: UTC texts that sort, and dates as people in Zhejiang mean them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

HOME = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def text(moment: datetime) -> str:
    """Write a moment as UTC ISO 8601 with microseconds, so that texts sort as moments do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def read(written: str) -> datetime:
    """Read what :func:`text` wrote."""
    return datetime.fromisoformat(written)


def moment(when: date | datetime | str) -> datetime:
    """Return the moment a date means: a bare date is the end of that day in China.

    Raises ``ValueError`` for a text that is no ISO 8601 date or time.
    """
    if isinstance(when, str):
        when = date.fromisoformat(when) if len(when) == 10 else datetime.fromisoformat(when)
    if not isinstance(when, datetime):
        return datetime.combine(when, time.max, HOME).astimezone(UTC)
    return (when if when.tzinfo else when.replace(tzinfo=HOME)).astimezone(UTC)
