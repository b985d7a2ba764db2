"""The texts that the shipped figures were read from; tests that need them skip where they are absent."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="the source texts (../shared/seeds) are not here")


@cache
def text(source_id: str) -> str:
    """Return one source's text with its line ends as they stand, so that offsets agree."""
    return (SEEDS / f"{source_id}.txt").read_bytes().decode("utf-8")


def span(locator: str) -> tuple[int, int]:
    """Return first and last character of a locator such as ``12345-12352``."""
    start, end = locator.split("-")
    return int(start), int(end)
