"""What a run of a page says leaves in few bundles, in its order, and each at once."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.runtime import Runtime
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import ScriptRunnerEvent
from streamlit.web.server.starlette import starlette_server

from tests.loops import apart
from ui import sending

ELEMENT, STARTED, ENDED = (ScriptRunnerEvent.ENQUEUE_FORWARD_MSG, ScriptRunnerEvent.SCRIPT_STARTED,
                           ScriptRunnerEvent.SCRIPT_STOPPED_WITH_SUCCESS)  # fmt: skip


class Session:
    """What ``bundle`` needs of Streamlit's session; it notes what reaches the server's thread, and how often that woke."""

    def __init__(self) -> None:
        self._event_loop = asyncio.get_running_loop()
        self.told: list[Any] = []
        self.woken = 0

    def _call_soon_on_event_loop(self, call: Callable[[], None]) -> None:
        self.woken += 1
        self._event_loop.call_soon_threadsafe(call)

    def _handle_scriptrunner_event_on_event_loop(self, sender: Any, event: ScriptRunnerEvent, what: Any = None) -> None:
        if what == "broken":
            raise RuntimeError(what)
        self.told.append(what if what is not None else event)


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    for owner, name in ((AppSession, "_on_scriptrunner_event"), (Runtime, "_enqueued_some_message")):
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
    monkeypatch.setattr(starlette_server, "_bind_socket", starlette_server._bind_socket)
    sending.at_once()
    with starlette_server._bind_socket("127.0.0.1", 0, 8) as bound:
        bound.setblocking(True)
        with socket.create_connection(bound.getsockname()), bound.accept()[0] as line:
            assert line.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
