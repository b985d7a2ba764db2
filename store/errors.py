"""What can go wrong in the store, in words that an official can act on."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pandas as pd
import sqlalchemy.exc

from tidy.language import _, listed
from tidy.problems import Problem

if TYPE_CHECKING:
    from store.base import Release


class StoreError(Exception):
    """The base of everything the store raises on purpose; its text is for the user."""


class NotFound(StoreError):
    """A release, draft, view or user that is asked for does not exist."""


class WrongUse(StoreError):
    """A call that makes no sense as it stands: a release withdrawn twice, a missing reason."""


class StoreBusy(StoreError):
    """Somebody else has been writing for longer than the store waits."""


class StoreReadOnly(StoreError):
    """The folder or the database cannot be written; reading goes on."""


class StoreFull(StoreError):
    """The disk is full; nothing was half published."""


class StoreDamaged(StoreError):
    """A file or the catalogue is not what it was when it was written."""


class RefusedFigures(StoreError):
    """Figures that break the schema; ``problems`` lists all of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        lines = "\n".join(str(problem) for problem in problems)
        super().__init__(_("数据有误，未发布（{n} 处）").format(n=len(problems)) + "\n" + lines)
        self.problems = list(problems)


class ChangedUnderneath(StoreError):
    """Others have published since the caller compared; nothing of the caller's is lost or published.

    ``releases`` are those that came in between; ``overlap`` holds the caller's figures (key
    columns and both values) that they have touched, empty when publishing again is safe.
    """

    def __init__(self, releases: Sequence[Release], overlap: pd.DataFrame) -> None:
        names = listed(f"#{release.id} {release.by}" for release in releases)
        text = _("您比较之后已有新的发布（{names}），其中 {n} 个数与您的重叠 → 请重新比较后再发布，草稿未丢失")
        super().__init__(text.format(names=names, n=len(overlap)))
        self.releases = list(releases)
        self.overlap = overlap


class DraftChanged(StoreError):
    """Somebody saved the draft after the caller read it."""


_FULL = ("disk is full", "disk full", "no space left")
_READ_ONLY = ("readonly", "read-only", "permission denied", "unable to open database")
_BUSY = ("is locked", "lock timeout", "too many connections", "deadlock")
_DAMAGED = ("malformed", "not a database", "corrupt", "invalid page", "could not read block", "disk i/o error")


def translate(error: BaseException) -> StoreError | None:
    """Return the store's own words for a driver's or system's ``error``; ``None`` for a stranger."""
    text = str(error).lower()
    code = getattr(error, "errno", None)
    if code in (errno.ENOSPC, errno.EDQUOT) or any(word in text for word in _FULL):
        return StoreFull(_("磁盘已满，本次操作未生效 → 请清理磁盘后重试；已发布的数据不受影响"))
    if code in (errno.EROFS, errno.EACCES, errno.EPERM) or any(word in text for word in _READ_ONLY):
        return StoreReadOnly(_("数据目录不可写，本次操作未生效 → 请检查目录权限；查询不受影响"))
    if any(word in text for word in _BUSY):
        return StoreBusy(_("数据库正忙，本次操作未生效 → 请稍后重试"))
    if any(word in text for word in _DAMAGED):
        return StoreDamaged(_("目录数据库已损坏 → 请运行 python -m store verify 查看，并用 restore 从备份恢复"))
    if code in (errno.ENOTDIR, errno.EEXIST, errno.ENAMETOOLONG, errno.ELOOP):
        return StoreError(
            _("无法建立数据目录：{why} → 请检查 PILOTS_STORE").format(why=getattr(error, "strerror", text))
        )
    if isinstance(error, sqlalchemy.exc.OperationalError):
        return StoreError(_("无法连接数据库：{why} → 请检查 PILOTS_STORE").format(why=error.orig))
    return None


@contextmanager
def clearly() -> Iterator[None]:
    """Turn drivers' and system errors inside the block into :class:`StoreError` with advice."""
    try:
        yield
    except (sqlalchemy.exc.DBAPIError, sqlite3.Error, OSError) as error:
        ours = translate(error)
        if ours is None:
            raise
        raise ours from error
