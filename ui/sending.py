"""What a run of a page says leaves in few bundles, and each at once.

Streamlit wakes the server's other thread for every element of a page, some fifty times a run, and each
time the run waits for its turn at the interpreter. And its sockets wait, before they send more, until
the browser has said that it received what came before, which browsers do after 40 ms.
"""

from __future__ import annotations

import socket
from functools import partial
from threading import Lock
from typing import Any

from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import ScriptRunnerEvent
from streamlit.web.server.starlette import starlette_server

WAIT = 0.03  # seconds for which an element of a page may wait for the next ones
WAITING = "_pilots_waiting"
_lock = Lock()


def at_once() -> None:
    """Let the server's sockets send what is written without waiting for an answer to what was sent before."""
    bind = starlette_server._bind_socket

    def prompt(*arguments: Any, **named: Any) -> socket.socket:
        bound = bind(*arguments, **named)
        bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # what it accepts inherits this
        return bound

    starlette_server._bind_socket = prompt


def bundle() -> None:
    """Hand over the elements of a page together with those that follow soon, and at once when the run ends."""
    AppSession._on_scriptrunner_event = _said  # type: ignore[method-assign]
    Runtime._enqueued_some_message = _wake  # type: ignore[method-assign]


def _said(self: AppSession, sender: Any, event: ScriptRunnerEvent, *more: Any, **named: Any) -> None:
    handle = partial(self._handle_scriptrunner_event_on_event_loop, sender, event, *more, **named)
    with _lock:
        waiting: list[partial[None]] = self.__dict__.setdefault(WAITING, [])
        waiting.append(handle)
        first = len(waiting) == 1
    if event is not ScriptRunnerEvent.ENQUEUE_FORWARD_MSG:
        self._call_soon_on_event_loop(partial(_hand_over, self))
    elif first:
        self._call_soon_on_event_loop(partial(self._event_loop.call_later, WAIT, _hand_over, self))


def _hand_over(self: AppSession) -> None:
    """Do in its order what waits, before anything that the session says later; a fault keeps nothing else from being done."""
    with _lock:
        told, self.__dict__[WAITING] = self.__dict__[WAITING], []
    for handle in told:
        try:
            handle()
        except Exception as error:
            self._event_loop.call_exception_handler({"message": "a page's element was lost", "exception": error})


def _wake(self: Runtime) -> None:
    wanted = self._get_async_objs()
    if not wanted.need_send_data.is_set():
        wanted.eventloop.call_soon_threadsafe(wanted.need_send_data.set)
