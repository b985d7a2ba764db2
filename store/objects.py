"""Files kept by their hash: releases' Parquet and the original uploads, written once, never changed.

Local folders get the full ordering (temporary name, fsync, rename, fsync of the folder), so
that a crash leaves a whole file or none; on object storage a single PUT is atomic by itself.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import fsspec

from store.errors import StoreDamaged, clearly
from tidy.language import _

PART = ".part"


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Objects(Protocol):
    """What the store asks of a home for its files."""

    def put(self, content: bytes | Path) -> tuple[str, int]:
        """Keep ``content`` and return its SHA-256 and size; the same content is kept once."""

    def local(self, sha256: str) -> Path:
        """Return a local path with the object's content; raise ``StoreDamaged`` if it is gone."""

    def hashes(self) -> Iterator[tuple[str, float]]:
        """Yield every object's hash with its age in seconds."""

    def remove(self, sha256: str) -> None:
        """Delete an object that nothing refers to."""

    def sweep_parts(self, older_than: float) -> int:
        """Delete what a crashed writer left half written; return how many."""


def open_objects(root: str, cache: Path) -> Objects:
    """Return the home of objects at ``root``: a folder, or any URL that fsspec knows."""
    if "://" in root and not root.startswith("file://"):
        return RemoteObjects(root, cache / "objects")
    return LocalObjects(Path(root.removeprefix("file://")))


def missing(sha256: str) -> StoreDamaged:
    """Return the error for an object that is gone."""
    return StoreDamaged(_("数据文件 {name} 丢失 → 请用 restore 从备份恢复").format(name=sha256[:12]))


class LocalObjects:
    """Objects as files ``ab/abcdef…`` under one folder."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, content: bytes | Path) -> tuple[str, int]:
        """Keep bytes, or take a finished file over; durable when this returns."""
        with clearly():
            self.root.mkdir(parents=True, exist_ok=True)
            part = self.root / f"{uuid.uuid4().hex}{PART}"
            try:
                return self._adopt(self._written(part, content))
            finally:
                part.unlink(missing_ok=True)

    def _written(self, part: Path, content: bytes | Path) -> Path:
        if isinstance(content, Path):
            shutil.move(content, part)
        with part.open("r+b" if part.exists() else "wb") as file:
            if isinstance(content, bytes):
                file.write(content)
            file.flush()
            os.fsync(file.fileno())
        return part

    def _adopt(self, part: Path) -> tuple[str, int]:
        name, size = digest(part), part.stat().st_size
        path = self._path(name)
        path.parent.mkdir(exist_ok=True)
        os.replace(part, path)  # replacing an equal file renews its age, so the sweep spares it
        for folder in (path.parent, self.root):
            sync_folder(folder)
        return name, size

    def _path(self, sha256: str) -> Path:
        return self.root / sha256[:2] / sha256

    def local(self, sha256: str) -> Path:
        """Return the object's own path."""
        path = self._path(sha256)
        if not path.exists():
            raise missing(sha256)
        return path

    def hashes(self) -> Iterator[tuple[str, float]]:
        """Yield every object's hash with its age in seconds."""
        for path in self.root.glob("??/*"):
            yield path.name, time.time() - path.stat().st_mtime

    def remove(self, sha256: str) -> None:
        """Delete an object that nothing refers to."""
        self._path(sha256).unlink(missing_ok=True)

    def sweep_parts(self, older_than: float) -> int:
        """Delete half-written files older than ``older_than`` seconds."""
        stale = [p for p in self.root.glob(f"*{PART}") if time.time() - p.stat().st_mtime > older_than]
        for path in stale:
            path.unlink(missing_ok=True)
        return len(stale)


class RemoteObjects:
    """Objects on a shared file system that fsspec reaches (s3://, oss://, memory://), cached locally."""

    def __init__(self, root: str, cache: Path) -> None:
        self.fs: Any
        self.fs, self.root = fsspec.core.url_to_fs(root)
        self.cache = LocalObjects(cache)

    def put(self, content: bytes | Path) -> tuple[str, int]:
        """Upload under the content's hash, keeping a copy in the local cache."""
        name, size = self.cache.put(content)
        self.fs.makedirs(f"{self.root}/{name[:2]}", exist_ok=True)
        self.fs.put_file(str(self.cache.local(name)), self._key(name))
        return name, size

    def _key(self, sha256: str) -> str:
        return f"{self.root}/{sha256[:2]}/{sha256}"

    def local(self, sha256: str) -> Path:
        """Return the cached copy, fetched first where it is not here yet."""
        try:
            return self.cache.local(sha256)
        except StoreDamaged:
            if not self.fs.exists(self._key(sha256)):
                raise
        part = self.cache.root / f"{uuid.uuid4().hex}{PART}"
        part.parent.mkdir(parents=True, exist_ok=True)
        self.fs.get_file(self._key(sha256), str(part))
        self.cache.put(part)
        return self.cache.local(sha256)

    def hashes(self) -> Iterator[tuple[str, float]]:
        """Yield every remote object's hash; ages are unknown there, so none is old enough to sweep."""
        for key in self.fs.glob(f"{self.root}/??/*"):
            yield str(key).rsplit("/", 1)[-1], 0.0

    def remove(self, sha256: str) -> None:
        """Delete an object that nothing refers to."""
        self.fs.rm_file(self._key(sha256))

    def sweep_parts(self, older_than: float) -> int:
        """Delete what is half written in the cache."""
        return self.cache.sweep_parts(older_than)


def sync_folder(folder: Path) -> None:
    """Make renames inside ``folder`` survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace_file(path: Path, content: bytes) -> None:
    """Write ``path`` in one step: a reader sees the old content or the new, never a mixture."""
    part = path.with_name(f"{uuid.uuid4().hex}{PART}")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
        sync_folder(path.parent)
    finally:
        part.unlink(missing_ok=True)
