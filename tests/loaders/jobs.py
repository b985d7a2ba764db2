"""Jobs that a reading process may be given: good ones, and each way of going wrong."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

from loaders import sandbox
from loaders.refusal import Refused


def add(left: int, right: int) -> int:
    """Return a sum."""
    return left + right


def who() -> int:
    """Return the number of the process that works."""
    return os.getpid()


def count(to: int) -> Iterator[int]:
    """Yield numbers."""
    yield from range(to)


def sleep() -> None:
    """Hang."""
    time.sleep(60)


def abort() -> None:
    """Die as native code dies."""
    os.abort()


def swell() -> int:
    """Ask for more memory than there is."""
    return len(bytearray(8 << 30))


def refuse() -> None:
    """Refuse with words."""
    raise Refused("password", "文件设有打开密码", "请去掉密码")


def chatter() -> str:
    """Print where only frames may be written."""
    print("noise")
    return "done"


def fail() -> None:
    """Fail as nobody foresaw."""
    raise KeyError("?")


def beat(times: int, pause: float) -> str:
    """Work for long, saying so."""
    for _again in range(times):
        time.sleep(pause)
        sandbox.alive()
    return "done"


def hang(*_anything: object) -> None:
    """Say once that work goes on, then hang."""
    sandbox.alive()
    time.sleep(60)
