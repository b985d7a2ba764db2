"""Streamlit's chart script: served so that a figure is drawn once, and unharmed where its version is not known."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import PlainTextResponse

from ui import front
from ui.server import Door


@pytest.fixture(autouse=True)
def _fresh() -> Any:
    front.chart_script.cache_clear()
    yield
    front.chart_script.cache_clear()


def get(path: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body of the door's answer; behind it everything answers "behind"."""
    sent: list[dict[str, Any]] = []

    async def ask() -> None:
        async def receive() -> dict[str, Any]:
            return {"type": "http.request"}

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {"type": "http", "method": method, "path": path, "headers": [(b"host", b"127.0.0.1:1")]}
        await Door(PlainTextResponse("behind"))(scope, receive, send)

    asyncio.run(ask())
    headers = {name.decode().lower(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(one.get("body", b"") for one in sent[1:])


def test_the_installed_version_is_known_and_waits_for_the_width() -> None:
    script = front.chart_script()
    own = (front.FILES / Path(front.chart_path()).name).read_bytes()
    assert script is not None, (
        "Streamlit's chart has changed: see how often it draws a figure, and mend or drop ui/front"
    )
    assert len(script) == len(own) + len(front.WAITS) - len(front.BEGINS)


def test_the_door_hands_it_out_as_streamlit_does() -> None:
    status, headers, body = get(front.chart_path())
    assert (status, body) == (200, front.chart_script())
    assert headers["content-type"].startswith("text/javascript")
    assert "immutable" in headers["cache-control"]
    assert "content-security-policy" in headers


@pytest.mark.parametrize(("path", "method"), [("/", "GET"), ("/static/js/other.js", "GET"), ("", "POST")])
def test_everything_else_goes_its_way(path: str, method: str) -> None:
    assert front.chart_script() not in get(path or front.chart_path(), method)


def test_another_version_is_served_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "PlotlyChart.other.js").write_text("export {}")
    monkeypatch.setattr(front, "FILES", tmp_path)
    assert front.chart_path() == "/static/js/PlotlyChart.other.js"
    assert get(front.chart_path())[2] == b"behind"


def test_a_version_without_the_script_is_served_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "FILES", tmp_path)
    assert front.chart_path() == ""
    assert get("/")[2] == b"behind"
