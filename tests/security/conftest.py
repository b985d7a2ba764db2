"""The app behind its door, with or without sign-in, on a free port of 127.0.0.1."""

from __future__ import annotations

import contextlib
import http.client
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.serving import free_port, serving

SECRET = "0123456789abcdef" * 4  # a test's own; the real one stands in the office's secrets.toml
AUTH = """[auth]
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "{secret}"
client_id = "pilots"
client_secret = "pilots-secret"
server_metadata_url = "{provider}/.well-known/openid-configuration"
client_kwargs = {{ prompt = "login", scope = "openid profile" }}
[access]
{access}
"""


@dataclass
class Answer:
    """What the server answered."""

    status: int
    headers: Mapping[str, str]
    text: str
    cookies: list[str] = field(default_factory=list)


@dataclass
class Site:
    """A served app: its port, folder and process."""

    port: int
    folder: Path
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        """Where it is served."""
        return f"http://127.0.0.1:{self.port}"

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
        """Send one request; header names use _ for -."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        connection.close()
        return Answer(answer.status, dict(answer.getheaders()), text, answer.headers.get_all("set-cookie") or [])

    def healthy(self) -> bool:
        """Tell whether the process still serves figures."""
        return self.process.poll() is None and json.loads(self.ask("/health").text) == {"status": "ok"}


@contextlib.contextmanager
def site(folder: Path, auth: str = "", port: int | None = None, **environment: str) -> Iterator[Site]:
    """Serve the app on a store of its own; ``auth`` is the text of secrets.toml. Stops what it started."""
    port = port or free_port()
    folder.mkdir(parents=True, exist_ok=True)
    environment = {"PILOTS_STORE": str(folder / "store"), **environment}
    if auth:
        (folder / "secrets.toml").write_text(auth, encoding="utf-8")
        environment["PILOTS_SECRETS"] = str(folder / "secrets.toml")
    command = [sys.executable, "-m", "ui.server", "--port", str(port)]
    with serving(command, f"http://127.0.0.1:{port}/health", folder / "app.log", **environment) as process:
        yield Site(port, folder, process)


def auth(port: int, provider: str = "http://127.0.0.1:9", access: str = "") -> str:
    """Return a secrets.toml with sign-in."""
    return AUTH.format(port=port, secret=SECRET, provider=provider, access=access)


def session_cookie(port: int, secret: str = SECRET, **claims: Any) -> str:
    """Return the cookie that Streamlit sets after sign-in, signed with ``secret``."""
    from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

    said = {"origin": f"http://127.0.0.1:{port}", "is_logged_in": True, "provider": "default",
            "exp": time.time() + 600, "iat": time.time(), **claims}  # fmt: skip
    value = create_signed_value(secret, "_streamlit_user", json.dumps(said)).decode()
    return f"_streamlit_user={value}"


@pytest.fixture(scope="session")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The one-person program on this computer."""
    with site(tmp_path_factory.mktemp("local")) as made:
        yield made


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A team's server: roles and cities come from claims."""
    port = free_port()
    access = 'roles_claim = "roles"\ncities_claim = "cities"\n'
    with site(tmp_path_factory.mktemp("office"), auth(port, access=access), port) as made:
        yield made
