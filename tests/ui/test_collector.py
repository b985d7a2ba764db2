"""Full collections are kept short, and still find what is garbage."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from ui import collector


class Ring:
    """Refers to itself: only a collection frees it."""

    def __init__(self) -> None:
        self.own: Any = self


@pytest.fixture
def clock() -> Iterator[list[float]]:
    """The collector at work, with a clock that the test sets."""
    now = [0.0]
    end: Callable[[], None] = collector.shorten(lambda: now[0])
    yield now
    end()
    assert gc.get_freeze_count() == 0


def ring() -> tuple[Ring, weakref.ref[Ring]]:
    one = Ring()
    return one, weakref.ref(one)


def test_what_lasts_is_set_aside_and_later_garbage_is_still_found(clock: list[float]) -> None:
    gc.collect()
    assert gc.get_freeze_count() > 1000
    one, seen = ring()
    del one
    gc.collect()
    assert seen() is None


@pytest.mark.parametrize("set_aside", [gc.collect, collector.set_aside])
def test_garbage_among_what_was_set_aside_is_found_after_a_while(
    clock: list[float], set_aside: Callable[[], object]
) -> None:
    one, seen = ring()
    set_aside()
    del one
    gc.collect()
    assert seen() is not None, "set aside"
    clock[0] = collector.AGAIN + 1
    gc.collect()
    gc.collect()
    assert seen() is None
