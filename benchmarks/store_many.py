"""Four processes publish and four read for a minute: no release lost or doubled, no busy database for a user.

``python -m benchmarks.store_many 60 [URL]`` (default: an embedded store in a temporary folder).
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.rows import Row, row
from benchmarks.store_samples import CLEAN, REPORTERS, figures, write_data
from store import Store, open_store

PUBLISHERS = READERS = 4


def run(seconds: float = 60, url: str | None = None) -> list[Row]:
    """Let them work for ``seconds`` and return counts; ``ratio`` is the share that went as it must."""
    with tempfile.TemporaryDirectory() as name:
        address, data = url or f"{name}/store", write_data(Path(name) / "data")
        published = _together([_publish] * PUBLISHERS + [_read] * READERS, address, data, seconds)
        counted = CLEAN.Queue()
        process = CLEAN.Process(target=_count, args=(address, data, counted))
        process.start()
        there: list[str] = counted.get(timeout=300)
        process.join()
    acknowledged = [name for names, _faults in published for name in names if not name.startswith("read")]
    faults = [fault for _names, seen in published for fault in seen]
    for fault in faults:
        print(fault, file=sys.stderr)
    exact = sorted(acknowledged) == sorted(there)
    reads = sum(len(names) for names, _faults in published) - len(acknowledged)
    return [row("store: releases acknowledged and there, once each", len(acknowledged), "releases", f"{len(there)} there", float(exact)),
            row("store: faults shown to anyone", len(faults), ""), row("store: consistent reads meanwhile", reads, "reads")]  # fmt: skip


def _together(tasks: list[Any], address: str, data: Path, seconds: float) -> list[tuple[list[str], list[str]]]:
    answers, start = CLEAN.Queue(), CLEAN.Barrier(len(tasks))
    processes = [
        CLEAN.Process(target=_safely, args=(task, n, address, data, seconds, start, answers))
        for n, task in enumerate(tasks)
    ]
    for process in processes:
        process.start()
    results = [answers.get(timeout=seconds + 300) for _process in processes]
    for process in processes:
        process.join()
    return results


def _safely(task: Any, n: int, address: str, data: Path, seconds: float, start: Any, answers: Any) -> None:
    """Open the store, wait for the others and run one worker; what it would have shown a user is a fault."""
    done: list[str] = []
    try:
        store = open_store(address, data=data)
        start.wait(300)
        task(n, store, time.monotonic() + seconds, done)
        answers.put((done, []))
    except Exception as error:  # counted and printed by the parent
        answers.put((done, [f"{task.__name__} {n}: {type(error).__name__}: {error}"]))


def _publish(n: int, store: Store, end: float, done: list[str]) -> None:
    while time.monotonic() < end:
        name = f"{n}-{len(done)}"
        cells = [((n * 5 + len(done)) % REPORTERS, 2018 + n, len(done) + 1)]
        store.publish(figures(name, cells), by=f"p{n}", note=name)
        done.append(name)


def _read(n: int, store: Store, end: float, done: list[str]) -> None:
    last = 0
    while time.monotonic() < end:
        known = int(store.load_id().partition("-")[0])
        total = store.aggregate(["indicator_id"])
        rows = len(store.observations(columns=["value"]))
        assert known >= last, "the number of releases went down"
        assert rows >= REPORTERS, "figures went missing"
        assert total["n"].sum() >= REPORTERS, "the cube lost figures"
        done.append(f"read {n}")
        last = known


def _count(address: str, data: Path, counted: Any) -> None:
    store = open_store(address, data=data)
    assert store.verify() == []
    counted.put([release.note for release in store.releases() if release.kind == "publish"])


if __name__ == "__main__":
    for line in run(float(sys.argv[1]) if len(sys.argv) > 1 else 60, *sys.argv[2:]):
        print(line)
