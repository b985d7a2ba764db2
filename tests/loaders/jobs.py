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


def hold(megabytes: int) -> int:
    """Hold that much for a moment, then return the number of the process."""
    held = b"1" * (megabytes << 20)
    return os.getpid() if held else 0


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


def forge(_mark: str) -> None:
    """Answer with a class of which the host must make nothing."""
    _answer(b"\x00\x00\x00\x01" + (32).to_bytes(8, "big") + b'{"class": ["Popen", "touch ran"]}')


def forge_size(_mark: str) -> None:
    """Announce more than any host can hold."""
    sandbox._host[0].write((1 << 60).to_bytes(8, "big"))
    sandbox._host[0].flush()


def forge_refusal(_mark: str) -> None:
    """Send as a refusal what is none."""
    sandbox._send(sandbox._host[0], ("refused", 5))


def forge_pickle(mark: str) -> None:
    """Answer as a pickle that would leave a mark."""
    _answer(b"cposix\nsystem\n(S'touch " + mark.encode() + b"'\ntR.")


def _answer(content: bytes) -> None:
    sandbox._host[0].write(len(content).to_bytes(8, "big") + content)
    sandbox._host[0].flush()
