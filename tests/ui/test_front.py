"""Streamlit's chart script: served so that a figure is drawn once, and unharmed where its version is not known."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.responses import PlainTextResponse

from tests.loops import apart
from ui import front
from ui.door import Door


@pytest.fixture(autouse=True)
def _fresh() -> Any:
    front.answers.cache_clear()
    yield
    front.answers.cache_clear()


def get(path: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body of the door's answer; behind it everything answers "behind"."""
    door = httpx.ASGITransport(Door(PlainTextResponse("behind")))

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=door, base_url="http://127.0.0.1") as client:
            return await client.request(method, path)

    answer = apart(ask())
    return answer.status_code, dict(answer.headers), answer.content


def own(path: str) -> bytes:
    """Streamlit's own file."""
    return (front.FILES / path.removeprefix("/")).read_bytes()


@pytest.mark.parametrize(("path", "changes"), [(front.chart_path(), front.CHART), (front.page_path(), front.PAGE)])
def test_the_installed_version_is_known_and_changed_where_it_should_be(
    path: str, changes: tuple[tuple[str, str], ...]
) -> None:
    known = front.answers()
    assert known, "Streamlit's scripts have changed: see how often it draws a figure, and mend or drop ui/front"
    script = bytes(known[path].body).replace(f".js?{version()}".encode(), b".js")
    for place, instead in changes:
        assert own(path).count(place.encode()) == 1
        assert script.count(instead.encode()) == 1
        script = script.replace(instead.encode(), place.encode())
    assert script == own(path)


def version() -> str:
    """What the chart script is called with: its content's hash."""
    return sha256(bytes(front.answers()[front.chart_path()].body)).hexdigest()[:8]


def test_the_page_asks_for_this_chart_script_and_no_other() -> None:
    """A browser may have kept Streamlit's own under its name, or an older program's."""
    page = bytes(front.answers()[front.page_path()].body).decode()
    asked = re.findall(re.escape(Path(front.chart_path()).name) + r"[^\"`]*", page)
    assert asked == [f"{Path(front.chart_path()).name}?{version()}"] * 2


@pytest.mark.parametrize("path", [front.chart_path(), front.page_path()])
def test_the_door_hands_a_script_out_as_streamlit_does(path: str) -> None:
    status, headers, body = get(path)
    assert (status, body) == (200, front.answers()[path].body)
    assert headers["content-type"].startswith("text/javascript")
    assert "immutable" in headers["cache-control"]
    assert "content-security-policy" in headers


@pytest.mark.parametrize("path", ["/", "/overview", "/coverage"])
def test_a_page_asks_for_the_chart_script_at_once(path: str) -> None:
    status, headers, body = get(path)
    added = f'<script type="module" crossorigin src=".{front.chart_path()}?{version()}"></script>'.encode()
    assert status == 200
    assert body.count(added) == 1
    assert body.replace(added, b"") == own("/index.html")
    assert headers["content-type"].startswith("text/html")
    assert headers["cache-control"] == "no-cache"
    assert "content-security-policy" in headers


@pytest.mark.parametrize(
    ("path", "method"), [("/static/js/other.js", "GET"), ("/nothing", "GET"), ("/", "POST"), ("", "POST")]
)
def test_everything_else_goes_its_way(path: str, method: str) -> None:
    ours = {bytes(one.body) for one in front.answers().values()}
    assert get(path or front.chart_path(), method)[2] not in ours


def test_another_version_is_served_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "static" / "js" / "PlotlyChart.other.js"
    script.parent.mkdir(parents=True)
    script.write_text("export {}")
    monkeypatch.setattr(front, "FILES", tmp_path)
    assert front.chart_path() == "/static/js/PlotlyChart.other.js"
    assert get(front.chart_path())[2] == get("/")[2] == b"behind"


def test_a_version_without_the_script_is_served_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "FILES", tmp_path)
    assert front.chart_path() == ""
    assert get("/")[2] == b"behind"
