"""Structured logs: one line an event, as text or JSON, never with a person's name or an uploaded text."""

from __future__ import annotations

import json
import logging
import os

# What may stand in a log beside the message; anything else given as ``extra`` is dropped.
FIELDS = ("release", "kind", "rows", "trouble", "milliseconds", "exit")


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger, event and the allowed fields."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as a JSON line."""
        line = {"time": self.formatTime(record), "level": record.levelname, "logger": record.name,
                "event": record.getMessage()}  # fmt: skip
        line |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        return json.dumps(line, ensure_ascii=False)


class TextLines(logging.Formatter):
    """The same facts for people: ``level event field=value``."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as a text line."""
        facts = " ".join(f"{name}={getattr(record, name)}" for name in FIELDS if hasattr(record, name))
        return f"{self.formatTime(record)} {record.levelname} {record.name} {record.getMessage()} {facts}".rstrip()


def set_up(level: int = logging.INFO) -> None:
    """Send the program's logs to standard error; ``PILOTS_LOG=json`` makes them JSON lines."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if os.environ.get("PILOTS_LOG") == "json" else TextLines())
    ours = logging.getLogger("pilots")
    ours.handlers, ours.propagate = [handler], False
    ours.setLevel(level)
