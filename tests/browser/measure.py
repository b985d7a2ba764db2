"""The memory of a served app, all its processes together, looked at while something goes on."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path

LOOK = 0.2  # seconds between two looks


def tree(pid: int) -> Iterator[int]:
    """Yield a process and those it has started, and theirs."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in task.read_text().split():
                yield from tree(int(child))


def megabytes(pid: int) -> float:
    """Return the memory of a process and its children; what they share counts once."""
    found = 0.0
    for one in tree(pid):
        with contextlib.suppress(OSError):
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
            found += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
    return found


@contextlib.contextmanager
def most(pid: int) -> Iterator[list[float]]:
    """Keep in a list of one the most memory that a process and its children took inside the block."""
    peak, over = [megabytes(pid)], threading.Event()

    def look() -> None:
        while not over.wait(LOOK):
            peak[0] = max(peak[0], megabytes(pid))

    watch = threading.Thread(target=look, daemon=True)
    watch.start()
    try:
        yield peak
    finally:
        over.set()
        watch.join()
