"""What a run of a page says leaves in few bundles, each in one piece and at once.

Streamlit wakes the server's other thread for every element of a page, some fifty times a run, and each
time the run waits for its turn at the interpreter. It writes each to the socket by itself, looks for other
work in between, and rests 5 ms before it sends what came meanwhile. And its sockets wait, before they send
more, until the browser has said that it received what came before, which browsers do after 40 ms.
"""

from __future__ import annotations

import asyncio
import socket
from functools import partial
from threading import Lock, local
from typing import Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import ScriptRunnerEvent
from streamlit.runtime.session_manager import SessionClientDisconnectedError
from streamlit.web.server.starlette import starlette_server
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

WAIT = 0.06  # seconds for which an element of a page may wait for the next ones: most runs end before, and are drawn in one go
MOST = 400  # messages given to a connection in one turn: Streamlit takes one with 500 waiting for lost
LARGE = 1 << 18  # bytes that are written without waiting for the end of the turn
WAITING, REST = "_pilots_waiting", "_pilots_rest"
_lock, _own = Lock(), local()
_take = AppSession.flush_browser_queue


def at_once() -> None:
    """Let the server's sockets send without waiting for an answer to what was sent before, and a turn's messages in one piece."""
    bind = starlette_server._bind_socket

    def prompt(*arguments: Any, **named: Any) -> socket.socket:
        bound = bind(*arguments, **named)
        bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # what it accepts inherits this
        return bound

    starlette_server._bind_socket = prompt
    starlette_server._get_websocket_protocol = lambda: Connection  # type: ignore[assignment,return-value]


class Connection(WebSocketsSansIOProtocol):
    """A browser's connection that writes what it is given in one turn of the loop together."""

    def connection_made(self, transport: Any) -> None:
        """Begin with a transport that gathers."""
        super().connection_made(Gathering(transport, self.loop))  # type: ignore[arg-type]


class Gathering:
    """A transport that writes once a turn of the loop; whatever else is asked of it, it is the one it was given."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        """Gather for ``transport``."""
        self._transport, self._loop = transport, loop
        self._parts: list[bytes] = []
        self._size = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        """Write with what else is written before the turn ends."""
        if not self._parts:
            self._loop.call_soon(self._flush)
        self._parts.append(data)
        self._size += len(data)
        if self._size > LARGE:
            self._flush()

    def close(self) -> None:
        """Write what is gathered, then close."""
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        parts, self._parts, self._size = self._parts, [], 0
        if parts:
            self._transport.write(b"".join(parts))


def bundle() -> None:
    """Hand over the elements of a page together with those that follow soon, and at once when the run ends."""
    AppSession._on_scriptrunner_event = _said  # type: ignore[method-assign]
    AppSession.flush_browser_queue = _send  # type: ignore[method-assign]
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
    _own.handing_over = True  # nobody need be woken to send it
    for handle in told:
        _do(self, handle)
    _own.handing_over = False
    if _connected(self):
        self.flush_browser_queue()
        self.on_flushed_messages_sent()


def _do(self: AppSession, handle: partial[None]) -> None:
    try:
        handle()
    except Exception as error:
        self._event_loop.call_exception_handler({"message": "a page's element was lost", "exception": error})


def _wake(self: Runtime) -> None:
    wanted = self._get_async_objs()
    if not (getattr(_own, "handing_over", False) or wanted.need_send_data.is_set()):
        wanted.eventloop.call_soon_threadsafe(wanted.need_send_data.set)


def _connected(session: AppSession) -> Any:
    """Return what the runtime knows of the session while a browser is connected to it, ``None`` else."""
    found = Runtime.instance()._session_mgr.get_active_session_info(session.id)
    return found if found and found.session is session else None


def _send(self: AppSession) -> list[ForwardMsg]:
    """Give the browser's connection all that waits in one turn, and the runtime nothing to send; without one, as Streamlit."""
    found, runtime = _connected(self), Runtime.instance()
    if not found:
        return _take(self)
    waiting = self.__dict__.pop(REST, []) + _take(self)
    try:
        for message in waiting[:MOST]:
            runtime._send_message(found, message)
    except SessionClientDisconnectedError:
        runtime.disconnect_session(self.id, client=found.client)
    else:
        if len(waiting) > MOST:
            self.__dict__[REST] = waiting[MOST:]
            _wake(runtime)
    return []
