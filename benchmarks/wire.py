"""A browser window without the browser: Streamlit's own messages over a real WebSocket."""

from __future__ import annotations

import ssl
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

FINE, AGAIN = ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_EARLY_FOR_RERUN
PAGES = ("overview", "coverage", "membership", "insurance", "assistance", "pilots", "compare", "builder", "quality",
         "dictionary")  # fmt: skip


@dataclass
class Run:
    """What one run of a page's script sent: seconds from asking to the last message, messages, bytes, faults."""

    seconds: float = 0.0
    messages: int = 0
    bytes: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass
class Window:
    """One session; it remembers its widgets' ids and what is chosen in them, as the front end does."""

    line: ClientConnection
    hashes: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    options: dict[str, list[str]] = field(default_factory=dict)
    chosen: dict[str, list[str]] = field(default_factory=dict)
    page: str = ""

    async def open(self, page: str = "") -> Run:
        """Go to a page by its name in the address."""
        self.page = page
        return await self._run()

    async def choose(self, key: str, values: list[str]) -> Run:
        """Choose values in the multiselect with this key."""
        self.chosen[key] = values
        return await self._run()

    async def _run(self) -> Run:
        asked = BackMsg()
        asked.rerun_script.page_script_hash = self.hashes.get(self.page, "")
        if self.page not in self.hashes:  # the first page, by the address alone
            asked.rerun_script.page_name = self.page
        for key, values in self.chosen.items():
            state = WidgetState(id=self.ids[key])
            state.string_array_value.data.extend(values)
            asked.rerun_script.widget_states.widgets.append(state)
        done, started = Run(), time.perf_counter()
        await self.line.send(asked.SerializeToString())
        while not await self._receive(done):
            pass
        done.seconds = time.perf_counter() - started
        return done

    async def _receive(self, run: Run) -> bool:
        """Take one message; True when the script has finished."""
        raw = await self.line.recv(decode=False)
        run.messages += 1
        run.bytes += len(raw)
        message = ForwardMsg()
        message.ParseFromString(raw)
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self.hashes = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._element(message, run)
        elif kind == "script_finished" and message.script_finished not in (FINE, AGAIN):
            run.faults.append(f"script finished with status {message.script_finished}")
        return kind == "script_finished" and message.script_finished != AGAIN

    def _element(self, message: ForwardMsg, run: Run) -> None:
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "multiselect":
            key = element.multiselect.id.split("-", 2)[2]
            self.ids[key], self.options[key] = element.multiselect.id, list(element.multiselect.options)
        elif kind == "exception":
            run.faults.append(element.exception.message)
        elif kind == "alert" and element.alert.format == Alert.ERROR:
            run.faults.append(element.alert.body)


def xsrf(number: int) -> str:
    """Return the token that a window and its cookie share: Streamlit reads hexadecimal only."""
    return f"{number + 1:032x}"


@asynccontextmanager
async def window(home: str, number: int, headers: Mapping[str, str] | None = None) -> AsyncIterator[Window]:
    """Connect to the app at ``home`` (http or https) as one more browser window."""
    token = xsrf(number)
    trust = None
    if home.startswith("https"):
        trust = ssl.create_default_context()
        trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
    async with connect(
        home.replace("http", "ws", 1) + "/_stcore/stream", origin=Origin(home), ssl=trust, max_size=None, compression=None,
        subprotocols=[Subprotocol("streamlit"), Subprotocol(token)], additional_headers=dict(headers or {}),
        open_timeout=60, ping_interval=None,
    ) as line:  # fmt: skip
        yield Window(line)
