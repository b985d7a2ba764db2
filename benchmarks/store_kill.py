"""kill -9 at random moments of publish, undo and backup: nothing acknowledged is lost, nothing is half there.

``python -m benchmarks.store_kill 200`` prints the result; the worker and the checker are processes
of their own, forked from a parent that only holds the imported modules.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.rows import Row, row
from benchmarks.store_samples import CLEAN, REPORTERS, figures, write_data
from store import Release, Store, backup, open_store

LONGEST_SECONDS = 0.5


def run(kills: int = 200, seed: int = 0) -> list[Row]:
    """Kill a working process ``kills`` times; return how many kills left the store as it must be."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = write_data(folder / "data")
        dice = random.Random(seed)
        faults = [fault for n in range(kills) for fault in _one(folder, data, dice, n)]
    for fault in faults:
        print(fault, file=sys.stderr)
    good = kills - len(faults)
    return [row("store: kill -9 survived", good, "kills", f"{kills} kills", good / kills, kills)]


def _one(folder: Path, data: Path, dice: random.Random, n: int) -> list[str]:
    """Let a process work, kill it at a random moment, and return what a new process finds wrong."""
    ready = CLEAN.Event()
    worker = CLEAN.Process(target=_work, args=(folder, data, dice.randrange(10**9), n, ready))
    worker.start()
    ready.wait(60)
    time.sleep(dice.uniform(0, LONGEST_SECONDS))
    os.kill(worker.pid or 0, signal.SIGKILL)
    worker.join()
    found = CLEAN.Queue()
    checker = CLEAN.Process(target=_check, args=(folder, data, found))
    checker.start()
    faults: list[str] = found.get(timeout=120)
    checker.join()
    return [f"kill {n}: {fault}" for fault in faults]


def _work(folder: Path, data: Path, seed: int, n: int, ready: Any) -> None:
    """Publish, undo and back up without end; note each act before it begins and after it is done."""
    dice = random.Random(seed)
    store = open_store(str(folder / "store"), data=data)
    with (folder / "acts").open("a") as acts:
        ready.set()
        for turn in range(10**6):
            name, kind = f"{n}.{turn}", dice.choices(["publish", "undo", "backup"], [60, 25, 15])[0]
            _note(acts, f"begin {kind} {name}")
            _act(store, dice, kind, name, folder)
            _note(acts, f"done {kind} {name}")


def _note(acts: Any, line: str) -> None:
    acts.write(line + "\n")
    acts.flush()
    os.fsync(acts.fileno())


def _act(store: Store, dice: random.Random, kind: str, name: str, folder: Path) -> None:
    standing = [release.id for release in store.releases() if release.in_force and release.kind == "publish"]
    if kind == "backup":
        store.backup(folder / "backup.zip")
    elif kind == "undo" and standing:
        store.undo(dice.choice(standing), by="harness", why=name)
    else:
        cells = [(dice.randrange(REPORTERS), 2018, dice.randrange(1, 1000))]
        store.publish(figures(name, cells), by="harness", note=name, files=[("original", name.encode())])


def _check(folder: Path, data: Path, found: Any) -> None:
    """Open the store as the next process would and put what is wrong on ``found``."""
    try:
        store = open_store(str(folder / "store"), data=data)
        found.put([*map(str, store.verify()), *_lost(store, folder), *_wrong_figures(store), *_bad_backup(folder)])
    except Exception as error:  # the harness reports whatever stops a process from opening the store
        found.put([f"{type(error).__name__}: {error}"])


def _lost(store: Store, folder: Path) -> list[str]:
    """Acknowledged acts that are gone, and acts that nobody began."""
    lines = [line.split() for line in (folder / "acts").read_text().splitlines()]
    done = {name for word, kind, name in lines if word == "done" and kind != "backup"}
    begun = {name for word, _kind, name in lines if word == "begin"}
    there = [release.note for release in store.releases() if release.kind != "shipped"]
    faults = [f"twice: {name}" for name in {n for n in there if there.count(n) > 1}]
    faults += [f"never begun: {name}" for name in set(there) - begun]
    return faults + [f"lost: {name}" for name in done - set(there)]


def _wrong_figures(store: Store) -> list[str]:
    """Compare what the store believes with a replay of its releases by hand."""
    table = store.observations(columns=["reporter_id", "period", "value", "release_id"])
    believed = {(row.reporter_id, row.period): (row.value, row.release_id) for row in table.itertuples()}
    replayed: dict[tuple[str, str], tuple[float, int]] = {}
    for release in store.releases():
        if release.in_force and release.sha256:
            replayed |= _cells(store, release)
    return [] if believed == replayed else [f"figures differ: {set(believed.items()) ^ set(replayed.items())}"]


def _cells(store: Store, release: Release) -> dict[tuple[str, str], tuple[float, int]]:
    import pyarrow.parquet as pq

    rows = pq.read_table(store.objects.local(release.sha256)).to_pylist()
    return {(row["reporter_id"], row["period"]): (row["value"], release.id) for row in rows}


def _bad_backup(folder: Path) -> list[str]:
    path = folder / "backup.zip"
    if path.exists():
        backup.check(path)
    return []


if __name__ == "__main__":
    for line in run(int(sys.argv[1]) if len(sys.argv) > 1 else 200):
        print(line)
