"""What the door in front of Streamlit lets through: hosts, origins, sessions, headers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from streamlit import config
from streamlit.runtime.secrets import secrets_singleton

from tests.security.conftest import Site, session_cookie, site
from tests.serving import ROOT
from ui.access import rules

UPLOAD = "/_stcore/upload_file/some-session/some-file"


def upgrade(one: Site, **headers: str) -> int:
    """Ask for a websocket; return the status (101 is a connection)."""
    asked = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13",
             "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}  # fmt: skip
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", one.port, timeout=60)
    connection.request(
        "GET", "/_stcore/stream", headers={**asked, **{k.replace("_", "-"): v for k, v in headers.items()}}
    )
    status = connection.getresponse().status
    connection.close()
    return status


def put(one: Site, cookie: str = "", **headers: str) -> int:
    """Try to upload; 403 by Streamlit itself (XSRF) has another text than the door's refusals."""
    given = {"Origin": one.url, "Cookie": cookie, **headers}
    return one.ask(UPLOAD, "PUT", b"x", **given).status


def test_every_answer_carries_the_headers(local: Site) -> None:
    for path in ("/", "/health", "/_stcore/health", "/nothing/here"):
        headers = {name.lower(): value for name, value in local.ask(path).headers.items()}
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe-eval'" not in headers["content-security-policy"].replace("wasm-unsafe-eval'", "")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8501", "10.0.0.7", "localhost.evil.example", "[::2]", "]"]
)
def test_the_local_program_answers_to_no_other_name(local: Site, host: str) -> None:
    assert local.ask("/", Host=host).status in (400, 403)
    assert local.healthy()


def test_the_local_program_is_not_opened_by_a_forgotten_proxy(local: Site) -> None:
    assert local.ask("/", X_Forwarded_For="10.0.0.7").status == 403


def test_connections_say_where_they_come_from(local: Site) -> None:
    assert upgrade(local, Origin=local.url) == 101
    assert upgrade(local) == 403
    assert upgrade(local, Origin="http://evil.example") == 403
    assert upgrade(local, Origin="null") == 403


def test_no_upload_before_sign_in(office: Site) -> None:
    assert put(office) == 401
    assert put(office, "_streamlit_user=forged.by.hand") == 401
    assert (
        put(office, session_cookie(office.port, secret="another secret of this length....", sub="a", roles=["analyst"]))
        == 401
    )
    assert put(office, session_cookie(office.port, sub="a", roles=["analyst"], exp=1)) == 401
    assert put(office, session_cookie(office.port, sub="a", roles=["analyst"], exp="never")) == 401
    assert put(office, session_cookie(office.port, sub="a", roles=["analyst"], origin="http://127.0.0.1:1")) == 401
    assert put(office, session_cookie(office.port, sub="a", roles=[])) == 401
    assert office.healthy()


def test_a_viewer_uploads_nothing(office: Site) -> None:
    answer = office.ask(
        UPLOAD, "PUT", b"x", Origin=office.url, Cookie=session_cookie(office.port, sub="v", roles=["viewer"])
    )
    assert answer.status == 403
    assert "权限" in answer.text


def test_an_analyst_passes_the_door_and_meets_the_next_check(office: Site) -> None:
    cookie = session_cookie(office.port, sub="a", roles=["analyst"])
    answer = office.ask(UPLOAD, "PUT", b"x", Origin=office.url, Cookie=cookie)
    assert answer.status == 403
    assert "XSRF" in answer.text
    assert put(office, cookie, Origin="http://evil.example") == 403


def test_uploads_are_limited_together(local: Site) -> None:
    answer = local.ask(UPLOAD, "PUT", b"x", Origin=local.url, Content_Length=str(301 << 20))
    assert answer.status == 413


def test_media_need_a_session(office: Site) -> None:
    assert office.ask("/media/anything.csv").status == 401
    assert (
        office.ask("/media/anything.csv", Cookie=session_cookie(office.port, sub="v", roles=["viewer"])).status == 404
    )


def test_counts_of_the_server_are_not_public(office: Site) -> None:
    assert office.ask("/_stcore/metrics").status == 404


@pytest.mark.parametrize(
    "referer", ["http://evil.example/insurance", "//evil.example", "{url}//evil.example/", "javascript:1"]
)
def test_the_way_back_after_sign_in_stays_in_the_house(office: Site, referer: str) -> None:
    answer = office.ask("/auth/login", Referer=referer.format(url=office.url))
    assert not any(cookie.startswith("pilots_back=/") for cookie in answer.cookies)


def test_a_forged_way_back_is_not_followed(office: Site) -> None:
    answer = office.ask("/oauth2callback?state=x&code=y", Cookie="pilots_back=//evil.example")
    assert answer.headers.get("location") == "/"


@pytest.mark.parametrize(
    ("secrets", "environment", "said"),
    [
        ("", {}, "只能在本机"),
        ("", {"PILOTS_OPEN": "yes"}, "PILOTS_OPEN"),
        ("[auth\n", {}, "无法读取"),
        ('[access]\nadministrators = "li"\n', {}, "administrators"),
        ('[access]\npublic = "no"\n', {}, "public"),
        ("[access]\nsession_hours = -1\n", {}, "session_hours"),
        ('[access]\nadmins = ["li"]\n', {}, "admins"),
        ('[auth]\nredirect_uri = "https://a.example/oauth2callback"\ncookie_secret = "short"\n', {}, "cookie_secret"),
        (f'[auth]\nredirect_uri = "http://a.example/oauth2callback"\ncookie_secret = "{"x" * 40}"\n', {}, "https://"),
    ],
)
def test_a_configuration_that_would_leave_it_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, secrets: str, environment: dict[str, str], said: str
) -> None:
    (tmp_path / "secrets.toml").write_text(secrets, encoding="utf-8")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    before = config.get_option("secrets.files")
    config.set_option("secrets.files", [str(tmp_path / "secrets.toml")])
    secrets_singleton._reset()
    try:
        assert said in rules.danger("0.0.0.0")
    finally:
        config.set_option("secrets.files", before)
        secrets_singleton._reset()


def test_it_refuses_to_start_open(tmp_path: Path) -> None:
    surroundings = {**os.environ, "LANG": "zh_CN.UTF-8", "PILOTS_STORE": str(tmp_path / "store")}
    command = [sys.executable, "-m", "ui.server", "--address", "0.0.0.0", "--port", "1"]
    done = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, timeout=180, check=False)
    assert done.returncode == 2
    assert "只能在本机" in done.stderr
    assert "Traceback" not in done.stderr


def test_in_words_it_may_be_open_for_reading(tmp_path: Path) -> None:
    with site(tmp_path, PILOTS_OPEN="公开只读") as one:
        assert one.ask("/", Host="figures.example").status == 200
        assert put(one) == 403
