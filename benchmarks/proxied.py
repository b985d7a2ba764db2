"""Two app processes behind nginx with TLS and sign-in, from the files in ``deploy/``."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from benchmarks import serve, wire
from deploy import check
from tests.serving import free_port

SECRET = "b" * 64
SECRETS = """[auth]
redirect_uri = "{home}/oauth2callback"
cookie_secret = "{secret}"
client_id = "p"
client_secret = "p"
server_metadata_url = "https://127.0.0.1:9/.well-known/openid-configuration"
[access]
roles_claim = "roles"
"""
Headers = Callable[[int], dict[str, str]]


@contextlib.contextmanager
def site(store: Path) -> Iterator[tuple[str, Headers, Callable[[], float]]]:
    """Serve a store; give the address, a person's cookies by number, and the memory of both processes."""
    with tempfile.TemporaryDirectory(prefix="bench-nginx-") as name, contextlib.ExitStack() as running:
        folder, port, apps = Path(name), free_port(), (free_port(), free_port())
        folder.chmod(0o755)
        check.configure(folder, port, apps)
        _roomy(folder / "nginx.conf")
        home = f"https://127.0.0.1:{port}"
        (folder / "secrets.toml").write_text(SECRETS.format(home=home, secret=SECRET), encoding="utf-8")
        environment = {**os.environ, "PILOTS_STORE": str(store), "PILOTS_SECRETS": str(folder / "secrets.toml")}
        commands = [[sys.executable, "-m", "ui.server", "--port", str(app)] for app in apps]
        servers = [running.enter_context(check.process(one, folder, environment)) for one in commands]
        running.enter_context(check.process(["nginx", "-c", str(folder / "nginx.conf")], folder, environment))
        check.wait(lambda: all(check.answers(f"http://127.0.0.1:{app}/health") for app in apps))
        check.wait(lambda: check.answers(f"{home}/health"))
        yield home, lambda number: _cookies(home, number), lambda: _memory(servers)


def _roomy(configuration: Path) -> None:
    """Debian's own nginx.conf allows 768 connections a worker; the bare one that the check writes allows 512."""
    text = configuration.read_text(encoding="utf-8")
    configuration.write_text(text.replace("events {}", "events { worker_connections 4096; }"), encoding="utf-8")


def _memory(servers: list[subprocess.Popen[bytes]]) -> float:
    return sum(serve.resident(one.pid) for one in servers)


def _cookies(home: str, number: int) -> dict[str, str]:
    claims = {"origin": home, "is_logged_in": True, "provider": "default", "sub": f"u{number}", "roles": ["viewer"],
              "exp": time.time() + 7200, "iat": time.time()}  # fmt: skip
    user = create_signed_value(SECRET, "_streamlit_user", json.dumps(claims)).decode()
    return {"Cookie": f"_streamlit_xsrf={wire.xsrf(number)}; _streamlit_user={user}"}
