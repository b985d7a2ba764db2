"""What a page has to work out, worked out by a second process, so that those who wait for a page have a core of their own.

One interpreter uses one core. Streamlit's own part of a run has to stay in the server; exhibits and their
drawings need no more than the store, and half of a run is theirs. The second process (``ui/maker.py``) is
started when people begin to wait for each other, and is done without when it is gone.
"""

from __future__ import annotations

import logging
import os
import pickle
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Thread
from typing import IO, Any

from ui import turns

ROOT = Path(__file__).resolve().parent.parent
Answers = list[tuple[Any, Any]] | None  # None: the server had better make it itself
READY = b"ready"
REST = 30.0  # seconds before another process is started after one that ended by itself
log = logging.getLogger("pilots.ui")


class Unavailable(Exception):
    """Nobody else can work it out just now."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be made of the figures ``load_id``, in a language, and drawn for a theme.

    ``wanted`` holds ``(make, choice, *args)`` each; the answer to each is what was made and its drawing, if any.
    """

    load_id: str
    lang: str
    mode: str
    wanted: tuple[tuple[Any, ...], ...]


class Maker:
    """The second process, asked one question at a time; safe to share between threads."""

    def __init__(self, command: tuple[str, ...] = (sys.executable, "-m", "ui.maker")) -> None:
        """Know the command; nothing is started yet."""
        self._command, self._lock = command, Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._ready, self._not_before = False, 0.0

    def start(self) -> None:
        """Start the process unless it runs or ended a moment ago; it is asked from when it says that it is ready."""
        if self._process or time.monotonic() < self._not_before:
            return
        with self._lock:
            if self._process:
                return
            pipe = subprocess.PIPE
            self._process = subprocess.Popen(self._command, stdin=pipe, stdout=pipe, cwd=ROOT)
        Thread(target=self._await, args=(self._process,), daemon=True, name="maker").start()

    def _await(self, process: subprocess.Popen[bytes]) -> None:
        try:
            said = receive(_pipe(process.stdout))
        except (EOFError, OSError):
            said = b""
        with self._lock:
            if said == READY and process is self._process:
                self._ready = True
                log.info("a second process works exhibits out", extra={"kind": str(process.pid)})
            else:
                self._give_up()

    def ask(self, question: Question) -> list[tuple[Any, Any]]:
        """Return what was made; raise :class:`Unavailable` where no process is there or it cannot."""
        with turns.away():
            try:
                asked = pickle.dumps(question, pickle.HIGHEST_PROTOCOL)
            except (pickle.PicklingError, AttributeError, TypeError):
                raise Unavailable from None
            answers: Answers = pickle.loads(self._exchange(asked))
        if answers is None:
            raise Unavailable
        return answers

    def _exchange(self, asked: bytes) -> bytes:
        with self._lock:
            if not (self._ready and self._process):
                raise Unavailable
            try:
                send(_pipe(self._process.stdin), asked)
                return receive(_pipe(self._process.stdout))
            except (EOFError, OSError):
                self._give_up()
                raise Unavailable from None

    def _give_up(self) -> None:
        log.warning("the second process has ended; the server works exhibits out itself")
        self._not_before = time.monotonic() + REST
        self._end()

    def _end(self) -> None:
        process, self._process, self._ready = self._process, None, False
        if process:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):
                    _pipe(pipe).close()
            process.wait()

    def stop(self) -> None:
        """End the process; the next start begins anew."""
        with self._lock:
            self._end()

    @property
    def pid(self) -> int:
        """The number of the process that can be asked, 0 without one."""
        return self._process.pid if self._process and self._ready else 0


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe


def send(pipe: IO[bytes], content: bytes) -> None:
    """Write one message: its length in eight bytes, then itself."""
    pipe.write(len(content).to_bytes(8, "big") + content)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes:
    """Read one message; raise ``EOFError`` when the other side is gone."""
    size = pipe.read(8)
    content = pipe.read(int.from_bytes(size, "big")) if len(size) == 8 else b""
    if not content or len(content) != int.from_bytes(size, "big"):
        raise EOFError
    return content


_maker: Maker | None = None


def allow() -> None:
    """Let this process have a second one when people begin to wait for each other (``PILOTS_MAKER=0`` forbids it)."""
    global _maker
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if os.environ.get("PILOTS_MAKER") != "0" and cores > 1:
        _maker = Maker()
        turns.when_waiting(_maker.start)


def ready() -> bool:
    """Tell whether there is a second process, and this a run that may ask it: one that takes turns, so a short one."""
    return bool(_maker and _maker.pid and turns.taking())


def ask(question: Question) -> list[tuple[Any, Any]]:
    """Return what the second process answers; raise :class:`Unavailable` where it cannot."""
    if _maker is None:
        raise Unavailable
    return _maker.ask(question)
