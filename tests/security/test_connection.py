"""What comes over a bare connection, past the pages: forged cookies, pages, widgets and frames."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Mapping

import pytest
from google.protobuf.json_format import MessageToDict
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed
from websockets.frames import CloseCode
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from store import open_store
from tests.security.conftest import Site, session_cookie
from ui.access import claims, gate


def upload(one: Site, cookie: str) -> int:
    """Try to upload; 403 is Streamlit's own check of its token, the next after the door."""
    return one.ask("/_stcore/upload_file/some-session/some-file", "PUT", b"x", Origin=one.url, Cookie=cookie).status


def test_a_copied_cookie_ends_with_its_sign_out(office: Site) -> None:
    said = {"sub": "a", "roles": ["analyst"], "iat": time.time(), "exp": time.time() + 500}
    cookie = session_cookie(office.port, **said)
    assert upload(office, cookie) == 403, "only Streamlit's own check is left"
    open_store(str(office.folder / "store")).remember(gate.SIGNED_OUT, claims.mark(said), said["exp"])
    assert upload(office, cookie) == 401
    assert "重新登录" in shown(office, cookie, "overview")


def shown(one: Site, cookie: str, page: str, widgets: Mapping[str, str] = {}) -> str:
    """Open a page as the front end does, over a bare connection; return all that the server sends for it."""
    asked, said = BackMsg(), []
    asked.rerun_script.page_name = page
    for id, value in widgets.items():
        state = WidgetState(id=id, trigger_value=True) if value == "pressed" else WidgetState(id=id, string_value=value)
        asked.rerun_script.widget_states.widgets.append(state)
    with line_to(one, cookie=cookie) as line:
        line.send(asked.SerializeToString())
        while True:
            message = ForwardMsg()
            message.ParseFromString(line.recv(timeout=60))
            said.append(str(MessageToDict(message)))
            if message.WhichOneof("type") == "script_finished":
                return "".join(said)


@pytest.mark.parametrize("page", ["upload", "review", "admin"])
def test_a_viewer_who_asks_over_a_bare_connection_is_refused_and_logged(office: Site, page: str) -> None:
    forged = {"$$ID-0-admin_backup": "pressed", "$$ID-0-who_input": "管理员", "$$ID-0-review_publish": "pressed"}
    store = open_store(str(office.folder / "store"))
    before = len(store.releases())
    said = shown(office, session_cookie(office.port, sub=f"v-{page}", roles=["viewer"]), page, forged)
    assert "权限。请联系" in said
    assert "fileUploader" not in said
    assert len(store.releases()) == before
    assert (f"v-{page}", f"page {page}") in [
        (entry.who, entry.detail_value("what")) for entry in store.audit() if entry.action == "refused"
    ]


@contextlib.contextmanager
def line_to(one: Site, token: str = "a" * 32, cookie: str = "") -> Iterator[ClientConnection]:
    """Connect as the front end does."""
    with connect(
        one.url.replace("http", "ws") + "/_stcore/stream", origin=Origin(one.url), max_size=None,
        subprotocols=[Subprotocol("streamlit"), Subprotocol(token)],
        additional_headers={"Cookie": f"_streamlit_xsrf={token}; {cookie}"},
    ) as line:  # fmt: skip
        yield line


def test_a_frame_that_would_fill_the_memory_ends_its_connection(local: Site) -> None:
    with line_to(local) as line:
        with contextlib.suppress(ConnectionClosed):
            line.send(bytes(33 << 20))
            line.recv(timeout=30)
        # the server may close before it has read the rest: the reset of the line can overtake its 1009
        assert line.protocol.close_code in (CloseCode.MESSAGE_TOO_BIG, CloseCode.ABNORMAL_CLOSURE)
        with pytest.raises(ConnectionClosed):
            line.send(b"")
    assert local.healthy()


FRAMES = {"empty": b"", "zeros": bytes(100), "ones": b"\xff" * 5_000, "a length that lies": b"\x0a\xff\xff\xff\xff\x0f"}


@pytest.mark.parametrize("name", list(FRAMES))
def test_frames_that_are_none_harm_nobody(local: Site, name: str) -> None:
    with line_to(local) as line:
        line.send(FRAMES[name])
    assert local.healthy()
