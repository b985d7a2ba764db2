"""Full garbage collections, which hold up everybody at once, kept short.

With the program's modules and what is kept of the figures half a million objects live long; looking
through them takes a third of a second, every half minute under load. What a full collection has
found alive is set aside (``gc.freeze``), and only every quarter of an hour looked through again.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

YOUNG = 20_000  # new objects after which the youngest are looked through; 700 of Python's own cost 4 % of a run
AGAIN = 900.0  # seconds after which what was set aside is looked through again


def set_aside() -> None:
    """Set aside all there is, as after the imports, which last: one look at them costs a reader some 70 ms."""
    gc.freeze()


def shorten(clock: Callable[[], float] = time.monotonic) -> Callable[[], None]:
    """Set aside what each full collection finds alive; return what ends that."""
    since, before = clock(), gc.get_threshold()
    gc.set_threshold(YOUNG, *before[1:])

    def collected(phase: str, info: dict[str, int]) -> None:
        nonlocal since
        if phase != "stop" or info["generation"] != 2:
            return
        if clock() - since < AGAIN:
            gc.freeze()
        else:  # the next one is a full one again
            since = clock()
            gc.unfreeze()

    def end() -> None:
        gc.callbacks.remove(collected)
        gc.set_threshold(*before)
        gc.unfreeze()

    gc.callbacks.append(collected)
    return end
