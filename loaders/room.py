"""How long a file may be read, and how much memory its reader may take beyond what its libraries take."""

from __future__ import annotations

import resource
from pathlib import Path
from typing import TypedDict

TOTAL, MORE = 19.0, 2.0  # seconds for a whole file, and for each megabyte beyond the first two
ROOM, MORE_ROOM, MOST_ROOM = 700, 130, 2_200  # megabytes for a whole file, for each one beyond the first two, at most
FREE = 2 << 20
OFFICE = 2_500  # megabytes of addresses of LibreOffice


class Bounds(TypedDict):
    """What a job may take in all: seconds, and megabytes beyond what its libraries take."""

    total: float
    megabytes: int


def bounds(path: Path) -> Bounds:
    """Return what reading a file may take, by its size: little for a small file, however much it unpacks to."""
    try:
        size = path.stat().st_size
    except OSError:  # its reader will say that it cannot be opened
        size = 0
    beyond = max(0, size - FREE) / (1 << 20)
    return {"total": TOTAL + MORE * beyond, "megabytes": min(MOST_ROOM, round(ROOM + MORE_ROOM * beyond))}


def confine(megabytes: int) -> None:
    """Allow this process that much more than it has: libraries reserve addresses that they never fill."""
    _set(_addresses() + (megabytes << 20))


def for_office() -> None:
    """Give a process that is about to become LibreOffice the addresses that it needs to start."""
    _set(OFFICE << 20)


def _set(addresses: int) -> None:
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (addresses, hard))


def peak() -> int:
    """Return the most kilobytes that this program has held; ``ru_maxrss`` counts what its host held before it began."""
    try:
        told = Path("/proc/self/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in told if line.startswith("VmHWM:"))
    except (OSError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _addresses() -> int:
    """The size of this process in addresses; a guess on systems that do not say."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except OSError:
        return MOST_ROOM << 20
