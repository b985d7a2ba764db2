"""Streamlit's chart script: served so that a figure is drawn once, and unharmed where its version is not known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
from anyio.from_thread import start_blocking_portal
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
    door = httpx.ASGITransport(Door(PlainTextResponse("behind")))

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=door, base_url="http://127.0.0.1") as client:
            return await client.request(method, path)

    with start_blocking_portal() as portal:  # another thread: a browser test's loop may run in this one
        answer = portal.call(ask)
    return answer.status_code, dict(answer.headers), answer.content


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
