"""The folder of derived files: what is there, who may build, what may go.

A vintage's file stands alone, or is a layer over the file of an earlier vintage; the note beside it
says which. Nothing here is anybody's only copy.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from store.base import Release, Vintage
from store.errors import clearly
from store.objects import PART, replace_file

FORMAT = 4  # grows when the derived tables change, so that files of an older program are not read
KEPT = 6
LEFTOVER_SECONDS = 3600
# A layer saves rebuilding a large file for a small release; small files are built anew in no time.
LAYER_FROM_ROWS = 200_000
LAYER_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class Note:
    """What stands beside a derived file: its releases, their rows, and the key of the file below a layer."""

    releases: list[list[int | str]]
    rows: int
    below: str = ""


class Occupied(Exception):
    """Somebody else is building and the caller did not want to wait."""


@contextmanager
def turn(folder: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold the right to build in ``folder``: one builder at a time among all processes.

    Raises :class:`Occupied` when another holds it and ``wait`` is False.
    """
    with clearly():
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "build.lock", timeout=-1 if wait else 0)
        try:
            lock.acquire()
        except Timeout:
            raise Occupied from None
    try:
        yield
    finally:
        lock.release()


def path_of(folder: Path, key: str) -> Path:
    """Return where the derived file of a vintage belongs."""
    return folder / f"{key}-{FORMAT}.duckdb"


def files(folder: Path, key: str) -> list[Path]:
    """Return the files that answer for a vintage, a layer after what it lies on; empty when not all are there."""
    note = _read(path_of(folder, key))
    if note is None:
        return []
    below = files(folder, note.below) if note.below else []
    return [] if note.below and not below else [*below, path_of(folder, key)]


def forget(folder: Path, key: str) -> None:
    """Let the files of a vintage, found damaged, be built again."""
    for path in files(folder, key):
        _note_path(path).unlink(missing_ok=True)


def base_for(folder: Path, vintage: Vintage) -> tuple[str, Sequence[Release]] | None:
    """Return the key of a large whole file that lacks only a few newest releases, and these; else None."""
    wanted = named(vintage)
    best: tuple[str, Sequence[Release]] | None = None
    for path in folder.glob(f"*-{FORMAT}.duckdb"):
        note = _read(path)
        if note is None or note.below or note.rows < LAYER_FROM_ROWS or wanted[: len(note.releases)] != note.releases:
            continue
        newer = vintage.releases[len(note.releases) :]
        small = sum(release.rows for release in newer) <= note.rows * LAYER_SHARE
        if small and (best is None or len(newer) < len(best[1])):
            best = path.name.partition("-")[0], newer
    return best


def named(vintage: Vintage) -> list[list[int | str]]:
    """Return a vintage's releases as a note lists them."""
    return [[release.id, release.sha256] for release in vintage.releases]


def finish(part: Path, folder: Path, key: str, note: Note) -> None:
    """Put a built file in place, its note last: what has no note is not there."""
    path = path_of(folder, key)
    part.replace(path)
    replace_file(_note_path(path), json.dumps(asdict(note)).encode())
    _sweep(folder, {key, note.below})


def _note_path(path: Path) -> Path:
    return path.with_suffix(".json")


def _read(path: Path) -> Note | None:
    try:
        return Note(**json.loads(_note_path(path).read_bytes())) if path.exists() else None
    except (OSError, ValueError, TypeError):
        return None


def _sweep(folder: Path, needed: set[str]) -> None:
    """Delete files that were not built lately, and leftovers of crashed builders.

    Safe beside readers: an open file stays readable until its reader closes it.
    """
    paths = sorted(folder.glob("*.duckdb"), key=lambda p: p.stat().st_mtime, reverse=True)
    stale = [path for path in paths[KEPT:] if path.name.partition("-")[0] not in needed]
    stale += [p for p in folder.glob(f"*{PART}*") if time.time() - p.stat().st_mtime > LEFTOVER_SECONDS]
    for path in stale:
        _note_path(path).unlink(missing_ok=True)
        path.unlink(missing_ok=True)
