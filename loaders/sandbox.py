"""Runs a reader in a process of its own that can be killed: uploads may hang, crash or swell.

A worker is a Python process that waits for jobs, so that a second job costs no start; it dies with
its host (its standard input closes), after a job that grew large, and when it is silent too long.
A job is a function named ``package.module:function`` that returns or yields what :mod:`loaders.wire` knows; a long one
says :func:`alive` now and then, so that work is told from a hang.
"""

from __future__ import annotations

import atexit
import ctypes
import importlib
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from loaders import wire
from loaders.patience import Patience
from loaders.refusal import Refused
from loaders.room import ROOM, confine, peak
from tidy.language import _, current, using

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 15.0  # the longest silence of a worker
RETIRE_AT = 400  # megabytes after which a worker is not used again
IDLE = 2  # workers kept waiting
AT_ONCE = 4  # workers at work: more files than that wait, lest their memory add up
NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000  # linux/sched.h: CLONE_NEWUSER, CLONE_NEWNET

BEAT = 0.25  # seconds between signs of life

_idle: list[_Worker] = []
_lock = threading.Lock()
_turns = threading.BoundedSemaphore(AT_ONCE)


class _Worker:
    """The host's end of one worker process."""

    def __init__(self) -> None:
        paths = [str(ROOT), *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(paths),
            "PYTHONIOENCODING": "utf-8",
            "RUST_BACKTRACE": "0",
            "ARROW_DEFAULT_MEMORY_POOL": "system",  # the other pools reserve a gigabyte before they hold anything
            "OPENBLAS_NUM_THREADS": "1",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "loaders.sandbox"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd=ROOT,
        )
        assert self.process.stdin
        assert self.process.stdout
        self.to, self.back = self.process.stdin, self.process.stdout

    def run(self, job: tuple[Any, ...], seconds: float, total: float) -> Iterator[tuple[str, Any]]:
        """Send a job and yield its frames; ``Refused`` when the worker dies, falls silent or never ends."""
        end = time.monotonic() + total
        try:
            _send(self.to, job)
        except OSError:
            raise _died() from None
        while True:
            kind, payload = self._frame(Patience(self.process.pid, min(seconds, end - time.monotonic())))
            if kind != "alive":
                yield kind, payload
            if kind in ("done", "refused", "fault"):
                return

    def _frame(self, patience: Patience) -> tuple[str, Any]:
        size = int.from_bytes(self._exactly(8, patience), "big")
        if size > wire.MOST:
            raise _died()
        try:
            kind, payload = wire.unpack(self._exactly(size, patience))
            if (kind == "refused") != isinstance(payload, Refused):
                raise wire.NotOurs(kind)
        except ValueError:
            raise _died() from None
        return kind, payload

    def _exactly(self, size: int, patience: Patience) -> bytes:
        pieces, left = [], size
        while left:
            ready, _w, _x = select.select([self.back], [], [], patience.left)
            if not ready and patience.renewed():
                continue
            if not ready:
                raise Refused(
                    "too_slow", _("文件读取超时"), _("请删去多余的工作表、公式和空行，或另存为 xlsx 后再上传")
                )
            piece = os.read(self.back.fileno(), min(left, 1 << 20))
            if not piece:
                raise _died()
            pieces.append(piece)
            left -= len(piece)
        return b"".join(pieces)

    def end(self) -> None:
        """Kill the process and close its pipes."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.to, self.back):
            try:
                pipe.close()
            except OSError:
                continue


def _died() -> Refused:
    return Refused("reader_died", _("文件已损坏或过大，读取程序中止"), _("请用表格软件打开后另存为 xlsx 再上传"))


def stream(
    job: str, *args: Any, seconds: float = SECONDS, total: float = float("inf"), megabytes: int = ROOM
) -> Iterator[Any]:
    """Yield what a generator function named ``module:function`` yields, run in a worker.

    Raises ``Refused`` with a clear message when the job refuses the file, fails in an unforeseen way, dies,
    takes more memory than allowed (``megabytes`` beyond its libraries), is silent for longer than ``seconds`` or at work
    for longer than ``total``. Asked for inside a worker, the job is done there: nothing is left to protect.
    """
    if _host:
        yield from _here(job, args)
        return
    with _turns:
        yield from _from_worker(_take(), (job, args, megabytes, current()), seconds, total)


def _from_worker(worker: _Worker, message: tuple[Any, ...], seconds: float, total: float) -> Iterator[Any]:
    healthy = False
    try:
        for kind, payload in worker.run(message, seconds, total):
            if kind == "item":
                yield payload
            elif kind == "refused":
                healthy = True
                raise payload
            elif kind == "fault":
                raise Refused(
                    "unreadable",
                    _("文件无法读取（{why}）").format(why=payload),
                    _("请用表格软件打开后另存为 xlsx 再上传"),
                )
            else:
                healthy = bool(payload)
    finally:
        _give_back(worker, healthy)


def _here(job: str, args: tuple[Any, ...]) -> Iterator[Any]:
    """Do a job in this process, which is a worker already, and say after each piece that work goes on."""
    module, _colon, name = job.partition(":")
    result = getattr(importlib.import_module(module), name)(*args)
    for piece in result if isinstance(result, Iterator) else (result,):
        alive()
        yield piece


def call(job: str, *args: Any, seconds: float = SECONDS, total: float = float("inf"), megabytes: int = ROOM) -> Any:
    """Return what a function named ``module:function`` returns, run in a worker; see :func:`stream`."""
    results = list(stream(job, *args, seconds=seconds, total=total, megabytes=megabytes))
    return results[-1] if results else None


def warm() -> None:
    """Start a worker and let it load the readers, so that the first upload does not wait."""
    call("loaders.sandbox:ready")


def ready() -> bool:
    """Load what reading a workbook needs."""
    importlib.import_module("loaders.cells")
    return True


def _take() -> _Worker:
    with _lock:
        while _idle:
            worker = _idle.pop()
            if worker.process.poll() is None:
                return worker
            worker.end()
    return _Worker()


def _give_back(worker: _Worker, healthy: bool) -> None:
    with _lock:
        if healthy and len(_idle) < IDLE:
            _idle.append(worker)
            return
    worker.end()


@atexit.register
def _end_all() -> None:
    with _lock:
        while _idle:
            _idle.pop().end()


def _send(pipe: IO[bytes], message: object) -> None:
    data = wire.pack(message)
    pipe.write(len(data).to_bytes(8, "big") + data)
    pipe.flush()


_host: list[IO[bytes]] = []  # in a worker: the pipe to its host
_beat = [0.0]


def alive() -> None:
    """Tell the host, from inside a job, that work goes on; does nothing outside a worker."""
    if _host and time.monotonic() - _beat[0] > BEAT:
        _beat[0] = time.monotonic()
        _send(_host[0], ("alive", None))


def serve() -> None:
    """Be a worker: take jobs from standard input until it closes."""
    source, out = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    sys.modules["loaders.sandbox"] = sys.modules[__name__]  # jobs import it by its name
    _host.append(out)
    os.dup2(2, 1)  # whatever a library prints must not mix with the frames
    _leave_network()
    while head := source.read(8):
        job, args, megabytes, language = wire.unpack(source.read(int.from_bytes(head, "big")))
        with using(language):
            _send(out, _work(out, job, args, megabytes))


def _leave_network() -> None:
    """Go where there is no network, before a file is seen; systems that do not let us are left as they are."""
    if sys.platform == "linux":
        alone = NEW_NETWORK if os.geteuid() == 0 else NEW_NETWORK | NEW_USER
        ctypes.CDLL(None).unshare(alone)


def _work(out: IO[bytes], job: str, args: tuple[Any, ...], megabytes: int) -> tuple[str, Any]:
    """Do one job; panics of native libraries are no ``Exception``, hence the wide net."""
    module, _colon, name = job.partition(":")
    try:
        work = getattr(importlib.import_module(module), name)
        confine(megabytes)
        result = work(*args)
        if isinstance(result, Iterator):
            for piece in result:
                _send(out, ("item", piece))
        else:
            _send(out, ("item", result))
    except Refused as refused:
        return "refused", refused
    except MemoryError:
        return "refused", Refused("too_large", _("文件过大，超出内存限制"), _("请拆分后再上传"))
    except BaseException as error:
        return "fault", type(error).__name__
    return "done", peak() < RETIRE_AT << 10


if __name__ == "__main__":
    serve()
