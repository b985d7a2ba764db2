"""How long a silent process is waited for, on a machine that may be crowded."""

from __future__ import annotations

import os
import time
from pathlib import Path

RENEWALS = 3


class Patience:
    """How long a worker may be silent. On a crowded machine, one that waits for a processor is given more time."""

    def __init__(self, pid: int, seconds: float) -> None:
        self.pid, self.seconds, self.renewals = pid, seconds, RENEWALS
        self._start()

    def _start(self) -> None:
        self.end = time.monotonic() + self.seconds
        _running, self.used = _processor(self.pid)

    @property
    def left(self) -> float:
        """Seconds that are left, 0 when none are."""
        return max(0.0, self.end - time.monotonic())

    def renewed(self) -> bool:
        """Begin again when the worker wants to run and got less than half of a processor; a hang gets all of it."""
        running, used = _processor(self.pid)
        if not running or used - self.used > self.seconds / 2 or not self.renewals:
            return False
        self.renewals -= 1
        self._start()
        return True


def _processor(pid: int) -> tuple[bool, float]:
    """Tell whether a process runs or waits to, and its processor seconds; no for systems that do not say."""
    try:
        state, *said = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    except OSError:
        return False, 0.0
    return state == "R", (int(said[10]) + int(said[11])) / os.sysconf("SC_CLK_TCK")
