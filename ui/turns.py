"""Runs of the reading pages take turns: they share one interpreter, and twenty at once are slower than one by one.

Measured at a million figures with 50 people who act every five seconds, on two cores: p95 265 ms in turns
against 434 ms all at once, 50 against 62 ms of processor a run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Semaphore, local

PATIENCE = 5.0  # seconds after which a run goes on beside one that takes long
LONG = frozenset({"upload", "review", "admin", "present"})  # pages that read files, publish and fetch whole shows
_turns = Semaphore(1)
_own = local()  # whether this thread holds the turn
_hooks: list[Callable[[], None]] = []


@contextmanager
def turn(page: str) -> Iterator[None]:
    """Hold the turn while a page runs; pages that may take ``LONG`` neither wait for it nor keep others waiting."""
    if page not in LONG:
        _take()
    try:
        yield
    finally:
        _give()


@contextmanager
def away() -> Iterator[None]:
    """Let others have the turn, if this thread holds it, while it only waits; whoever waits must not hold it."""
    held = _give()
    try:
        yield
    finally:
        if held:
            _take()


def when_waiting(call: Callable[[], None]) -> None:
    """Have ``call`` called whenever somebody has to wait for a turn."""
    _hooks.append(call)


def taking() -> bool:
    """Tell whether this thread runs a page that takes turns."""
    return getattr(_own, "mine", None) is not None


def _take() -> None:
    _own.mine = _turns.acquire(blocking=False)
    if not _own.mine:
        for call in _hooks:
            call()
        _own.mine = _turns.acquire(timeout=PATIENCE)


def _give() -> bool:
    """Give the turn back where this thread holds it, and tell whether it was on a page that takes turns."""
    held, _own.mine = getattr(_own, "mine", None), None
    if held:
        _turns.release()
    return held is not None
