"""Every test starts in Chinese, whatever the machine or another test speaks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tidy.language import using


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    """Speak Chinese for one test."""
    with using("zh"):
        yield
