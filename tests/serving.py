"""Servers for tests and benchmarks: a process of its own on a free port of 127.0.0.1, which ends with its block."""

from __future__ import annotations

import contextlib
import os
import random
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PORTS = (15_000, 32_000)  # below those that Linux gives to outgoing connections, one of which could come first


def free_port() -> int:
    """Return a port that nobody listens on just now."""
    while True:
        port = random.SystemRandom().randrange(*PORTS)
        with contextlib.suppress(OSError), socket.socket() as server:
            server.bind(("127.0.0.1", port))
            return port


@contextlib.contextmanager
def serving(
    command: Sequence[str], url: str, log: Path, *, cwd: Path = ROOT, **environment: str
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command until the block ends; it has answered at ``url`` before the block begins."""
    surroundings = {**os.environ, "LANG": "zh_CN.UTF-8", **environment}
    with log.open("ab") as told:
        process = subprocess.Popen(command, cwd=cwd, env=surroundings, stdout=told, stderr=told)
        try:
            await_answer(url, process, log)
            yield process
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def await_answer(url: str, process: subprocess.Popen[bytes], log: Path | None = None, seconds: float = 180) -> None:
    """Wait until an address answers 200; raise with the end of the log when the process or the time ends before."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended before it answered\n{_last(log)}")
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=2):
            return
        time.sleep(0.02)
    raise TimeoutError(f"{url} did not answer\n{_last(log)}")


def _last(log: Path | None) -> str:
    return log.read_text(encoding="utf-8", errors="replace")[-2000:] if log else ""
