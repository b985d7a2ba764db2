"""What a run of a page says leaves in few bundles, in its order, and each at once."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import ScriptRunnerEvent
from streamlit.runtime.session_manager import SessionClientDisconnectedError
from streamlit.web.server.starlette import starlette_server

from tests.loops import apart
from ui import sending

ELEMENT, STARTED, ENDED = (ScriptRunnerEvent.ENQUEUE_FORWARD_MSG, ScriptRunnerEvent.SCRIPT_STARTED,
                           ScriptRunnerEvent.SCRIPT_STOPPED_WITH_SUCCESS)  # fmt: skip


class Session:
    """What ``bundle`` needs of Streamlit's session; it notes what reaches the server's thread, and how often that woke."""

    id = "somebody"

    def __init__(self) -> None:
        self._event_loop = asyncio.get_running_loop()
        self.told: list[Any] = []
        self.woken = 0
        self.waiting: list[Any] = []
        self._browser_queue = SimpleNamespace(flush=self._flush)

    def _flush(self) -> list[Any]:
        waiting, self.waiting = self.waiting, []
        return waiting

    def flush_browser_queue(self) -> list[Any]:
        return AppSession.flush_browser_queue(self)  # type: ignore[arg-type]

    def on_flushed_messages_sent(self) -> None:
        self.told.append("sent")

    def _call_soon_on_event_loop(self, call: Callable[[], None]) -> None:
        self.woken += 1
        self._event_loop.call_soon_threadsafe(call)

    def _handle_scriptrunner_event_on_event_loop(self, sender: Any, event: ScriptRunnerEvent, what: Any = None) -> None:
        if what == "broken":
            raise RuntimeError(what)
        self.told.append(what if what is not None else event)


class Server:
    """What ``bundle`` needs of Streamlit's runtime: who is connected, and what was sent to whom."""

    def __init__(self) -> None:
        self.connected: Any = None
        self.sent: list[Any] = []
        self.lost: list[Any] = []
        self.woken = asyncio.Event()
        self._session_mgr = SimpleNamespace(get_active_session_info=lambda _id: self.connected)

    def connect(self, session: Session) -> None:
        self.connected = SimpleNamespace(session=session, client="browser")

    def _send_message(self, _to: Any, message: Any) -> None:
        if message == "gone":
            raise SessionClientDisconnectedError
        self.sent.append(message)

    def disconnect_session(self, session_id: str, *, client: Any) -> None:
        self.lost.append((session_id, client))

    def _get_async_objs(self) -> Any:
        return SimpleNamespace(need_send_data=self.woken, eventloop=asyncio.get_running_loop())


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Server:
    found = Server()
    monkeypatch.setattr(Runtime, "instance", lambda: found)
    return found


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch, server: Server) -> Callable[..., None]:
    for owner, name in (
        (AppSession, "_on_scriptrunner_event"),
        (AppSession, "flush_browser_queue"),
        (Runtime, "_enqueued_some_message"),
    ):
        monkeypatch.setattr(owner, name, getattr(owner, name))  # put back afterwards
    sending.bundle()
    return AppSession._on_scriptrunner_event


def test_a_run_wakes_the_server_a_few_times_and_everything_arrives_in_order(said: Callable[..., None]) -> None:
    async def run() -> Session:
        session = Session()

        def page() -> None:
            said(session, None, STARTED)
            for n in range(200):
                said(session, None, ELEMENT, n)
            said(session, None, ENDED)

        await asyncio.to_thread(page)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return session

    session = apart(run())
    assert session.told == [STARTED, *range(200), ENDED]
    assert session.woken < 20, "once a bundle, not for every element"


def test_elements_of_a_run_that_goes_on_do_not_wait_for_its_end(said: Callable[..., None]) -> None:
    async def run() -> list[Any]:
        session = Session()
        said(session, None, ELEMENT, "heading")
        while not session.told:
            await asyncio.sleep(0.001)
        said(session, None, ELEMENT, "chart")
        while len(session.told) < 2:
            await asyncio.sleep(0.001)
        return session.told

    assert apart(asyncio.wait_for(run(), 20)) == ["heading", "chart"]


def test_what_the_session_says_itself_comes_after_the_run_that_it_ends(said: Callable[..., None]) -> None:
    """Streamlit tells a fault after it has ended the run and begun an empty one, which forgets what was told before."""

    async def run() -> list[Any]:
        session = Session()
        for event in (ENDED, STARTED, ENDED):
            said(session, None, event)
        session._call_soon_on_event_loop(lambda: session.told.append("fault"))
        for _turn in range(5):
            await asyncio.sleep(0)
        return session.told

    assert apart(run()) == [ENDED, STARTED, ENDED, "fault"]


def test_an_element_that_cannot_be_handed_over_keeps_no_other_back(said: Callable[..., None]) -> None:
    async def run() -> tuple[list[Any], list[str]]:
        session, faults = Session(), []
        asyncio.get_running_loop().set_exception_handler(lambda _loop, found: faults.append(str(found["exception"])))
        for what in ("heading", "broken", "chart"):
            said(session, None, ELEMENT, what)
        said(session, None, ENDED)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return session.told, faults

    assert apart(run()) == (["heading", "chart", ENDED], ["broken"])


def test_what_is_written_does_not_wait_for_the_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_bind_socket", "_get_websocket_protocol"):
        monkeypatch.setattr(starlette_server, name, getattr(starlette_server, name))
    sending.at_once()
    with starlette_server._bind_socket("127.0.0.1", 0, 8) as bound:
        bound.setblocking(True)
        with socket.create_connection(bound.getsockname()), bound.accept()[0] as line:
            assert line.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_all_that_a_run_has_said_is_sent_in_one_turn(said: Callable[..., None], server: Server) -> None:
    async def run() -> list[Any]:
        session = Session()
        server.connect(session)
        session._handle_scriptrunner_event_on_event_loop = lambda *_told: session.waiting.append(len(session.waiting))  # type: ignore[method-assign]
        for event in (STARTED, *[ELEMENT] * 30, ENDED):
            said(session, None, event)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return session.told

    assert apart(run()) == ["sent", "sent"], "for the begin of the run and for its end"
    assert server.sent == list(range(32))


def test_a_connection_is_given_no_more_at_a_time_than_it_takes(said: Callable[..., None], server: Server) -> None:
    async def run() -> list[bool]:
        session = Session()
        server.connect(session)
        session.waiting = list(range(1000))
        woken = []
        while len(server.sent) < 1000:
            assert session.flush_browser_queue() == []
            session.waiting.append("later")
            await asyncio.sleep(0)
            woken.append(server.woken.is_set())
            server.woken.clear()
        return woken

    assert apart(run()) == [True, True, False]
    assert server.sent == [*range(1000), "later", "later"]


def test_who_is_gone_is_sent_nothing_more(said: Callable[..., None], server: Server) -> None:
    async def run() -> None:
        session = Session()
        server.connect(session)
        session.waiting = ["heading", "gone", "chart"]
        assert session.flush_browser_queue() == []

    apart(run())
    assert server.sent == ["heading"]
    assert server.lost == [("somebody", "browser")]


def test_what_is_said_while_nobody_is_connected_waits_for_who_comes_back(
    said: Callable[..., None], server: Server
) -> None:
    async def run() -> list[Any]:
        session = Session()
        session.waiting = ["heading"]
        said(session, None, ENDED)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        server.connect(session)
        session.flush_browser_queue()
        return session.told

    assert apart(run()) == [ENDED]
    assert server.sent == ["heading"]


class Wire:
    """A transport that notes what is done with it."""

    def __init__(self) -> None:
        self.done: list[Any] = []

    def write(self, data: bytes) -> None:
        self.done.append(data)

    def close(self) -> None:
        self.done.append("closed")

    def is_closing(self) -> bool:
        return "closed" in self.done


def test_what_one_turn_writes_is_written_in_one_piece() -> None:
    async def run() -> list[Any]:
        wire = Wire()
        line = sending.Gathering(wire, asyncio.get_running_loop())  # type: ignore[arg-type]
        for part in (b"a", b"b", b"c"):
            line.write(part)
        await asyncio.sleep(0)
        line.write(b"x" * sending.LARGE)
        line.write(b"y")
        assert wire.done == [b"abc", b"x" * sending.LARGE + b"y"], "much is not gathered"
        line.write(b"d")
        assert not line.is_closing()
        line.close()
        await asyncio.sleep(0)
        return wire.done[2:]

    assert apart(run()) == [b"d", "closed"]


def test_connections_gather(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_bind_socket", "_get_websocket_protocol"):
        monkeypatch.setattr(starlette_server, name, getattr(starlette_server, name))
    sending.at_once()
    assert starlette_server._get_uvicorn_config_kwargs()["ws"] is sending.Connection
