"""Try every hostile file: ``python -m benchmarks.attacks [--write] [NAME…]``.

Each is read as an upload is read. Prints what its uploader is told, the seconds, the memory that the server took more, and
the most that the reading processes held; 1 when one takes over 20 s or 1 GB. ``--write`` makes docs/attacks.md anew.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import resource
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.serve import resident
from loaders import room, sandbox
from tests.browser.measure import tree
from tests.security import attack_table
from tests.security.attack_files import ATTACKS

SECONDS, MEGABYTES = 20.0, 1024.0
SLOW, CROWDED = "超时", 300.0  # what is said of a slow file; seconds that one gets where others take the processor
LOOK = 0.01  # seconds between two looks at the memory


@dataclass
class Measured:
    """One attack: what was said, seconds by the clock and of processor, most memory of the server and of its readers."""

    said: str
    seconds: float
    processor: float
    server: float
    readers: float

    @property
    def good(self) -> bool:
        """Tell whether it kept to the limits; on a crowded machine by the time of the processor."""
        crowded = self.processor < self.seconds / 2
        return (self.processor if crowded else self.seconds) <= SECONDS and max(self.server, self.readers) <= MEGABYTES


class Watch:
    """Looks at the memory of the processes below this one, in a thread of its own, from the start to the end of a block."""

    def __enter__(self) -> Watch:
        self.most, self.over = 0.0, threading.Event()
        for pid in tree(os.getpid()):
            with contextlib.suppress(OSError):
                Path(f"/proc/{pid}/clear_refs").write_text("5")  # the peak counts from now on
        self.before, self.used = resident(os.getpid()), used()
        self.thread = threading.Thread(target=self._look, daemon=True)
        self.thread.start()
        return self

    def _look(self) -> None:
        while not self.over.wait(LOOK):
            self.most = max(self.most, sum(resident(pid, "VmHWM") for pid in _below()))

    def __exit__(self, *_what: object) -> None:
        self.processor = used() - self.used
        self.server = max(0.0, resident(os.getpid(), "VmHWM") - self.before)
        self.over.set()
        self.thread.join()


def used() -> float:
    """Return the processor seconds of this process and of those below it, ended or not."""
    here = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    total = sum(one.ru_utime + one.ru_stime for one in here)
    for pid in _below():
        with contextlib.suppress(OSError):
            said = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
            total += (int(said[11]) + int(said[12])) / os.sysconf("SC_CLK_TCK")
    return total


def _below() -> list[int]:
    """The processes below this one."""
    return list(tree(os.getpid()))[1:]


def tried(name: str) -> Measured:
    """Make an attack's file, read it, and return what came of it; where the machine was too crowded, with more time."""
    file, make, _said = ATTACKS[name]
    content, usual = make(), room.TOTAL
    found = _read(content, file)
    if SLOW in found.said and found.processor < found.seconds / 2:
        room.TOTAL = CROWDED
        patient = _read(content, file)
        room.TOTAL = usual
        return patient if patient.processor <= usual else found
    return found


def _read(content: bytes, file: str) -> Measured:
    with Watch() as watch:
        began = time.monotonic()
        said = attack_table.told(content, file)
        seconds = time.monotonic() - began
    return Measured(said, seconds, watch.processor, watch.server, watch.most)


def main() -> int:
    """Try the attacks that are named, or all; 1 when one passes a limit."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.attacks")
    parser.add_argument("names", nargs="*", default=list(ATTACKS))
    parser.add_argument("--write", action="store_true")
    wanted = parser.parse_args()
    sandbox.warm()
    found = {}
    for name in wanted.names:
        found[name] = one = tried(name)
        print(
            f"{'ok  ' if one.good else 'OVER'} {one.seconds:6.1f} s {one.processor:6.1f} s of processor {one.server:6.0f} MB"
            f" {one.readers:6.0f} MB  {name}: {one.said}",
            flush=True,
        )
    most = [max(getattr(one, what) for one in found.values()) for what in ("seconds", "processor", "server", "readers")]
    print(
        f"{len(found)} attacks; at most {most[0]:.1f} s ({most[1]:.1f} s of processor),"
        f" {most[2]:.0f} MB in the server, {most[3]:.0f} MB in its readers"
    )
    if wanted.write:
        attack_table.write(
            {name: (one.said, one.seconds, one.processor, one.server, one.readers) for name, one in found.items()}
        )
    return 0 if all(one.good for one in found.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
