"""Prove what is in this folder: ``python -m deploy.check`` (make check-deploy). Prints one line a proof; 1 when one fails.

The systemd units and the nginx site go through their own checkers; then two app processes run behind that
nginx with sign-in and PostgreSQL on loopback, 20 sessions work, one process is killed, and every session
goes on at the other while nothing that was published is lost.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from store import open_store
from tests.serving import free_port
from tests.store import postgres

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SECRET = "c" * 64
SESSIONS, ROUNDS = 20, 6
UNITS = ("pilots@.service", "pilots-backup.service", "pilots-backup.timer")


def main() -> int:
    """Run every proof and return the exit status."""
    with tempfile.TemporaryDirectory(prefix="deploy-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        done = [proof(folder) for proof in (systemd, nginx, processes)]
    return 0 if all(done) else 1


def said(good: bool, text: str) -> bool:
    """Print a proof's line and return its outcome."""
    print(f"{'ok  ' if good else 'FAIL'} {text}", flush=True)
    return good


def systemd(folder: Path) -> bool:
    """systemd's own checker accepts the units, with this checkout in the place of /opt/pilots/current."""
    if not shutil.which("systemd-analyze"):
        return said(True, "systemd: not checked, systemd-analyze is not installed")
    for unit in UNITS:
        text = (HERE / unit).read_text(encoding="utf-8").replace("/opt/pilots/current/.venv/bin/python", sys.executable)
        (folder / unit).write_text(text.replace("/opt/pilots/current", str(ROOT)), encoding="utf-8")
    command = ["systemd-analyze", "verify", "--man=no", *(str(folder / unit) for unit in UNITS)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    ours = [line for line in result.stderr.splitlines() if "pilots" in line]
    return said(
        not ours and not result.returncode, f"systemd-analyze verify: {len(UNITS)} units {' '.join(ours)}".strip()
    )


def nginx(folder: Path) -> bool:
    """nginx's own checker accepts the site."""
    configure(folder, 18443, (18501, 18502))
    result = subprocess.run(
        ["nginx", "-t", "-c", str(folder / "nginx.conf")], capture_output=True, text=True, check=False
    )
    return said(result.returncode == 0, "nginx -t" + ("" if result.returncode == 0 else f": {result.stderr}"))


def configure(folder: Path, port: int, apps: tuple[int, int]) -> None:
    """Write the site with free ports, a certificate of its own and everything else as it is."""
    tls = folder / "tls"
    if not tls.exists():
        tls.mkdir()
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                        "-subj", "/CN=127.0.0.1", "-keyout", str(tls / "privkey.pem"), "-out", str(tls / "fullchain.pem")],
                       check=True, capture_output=True)  # fmt: skip
    site = (HERE / "nginx.conf").read_text(encoding="utf-8").replace("/etc/pilots/tls", str(tls))
    site = re.sub(r"listen \[::\]:\d+.*;\n", "", site).replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
    site = site.replace("listen 443 ssl", f"listen 127.0.0.1:{port} ssl").replace("pilots.example", "127.0.0.1")
    site = site.replace(":8501", f":{apps[0]}").replace(":8502", f":{apps[1]}")
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log; events {{}}\nhttp {{ access_log off;\n"
        + "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        + site + "}\n", encoding="utf-8")  # fmt: skip


def processes(folder: Path) -> bool:
    """Two processes behind nginx with PostgreSQL; one is killed under 20 working sessions."""
    port, apps = free_port(), (free_port(), free_port())
    configure(folder, port, apps)
    home = f"https://127.0.0.1:{port}"
    (folder / "secrets.toml").write_text(
        f'[auth]\nredirect_uri = "{home}/oauth2callback"\ncookie_secret = "{SECRET}"\nclient_id = "p"\n'
        'client_secret = "p"\nserver_metadata_url = "https://127.0.0.1:9/.well-known/openid-configuration"\n'
        '[access]\nroles_claim = "roles"\n', encoding="utf-8")  # fmt: skip
    with postgres.server() as socket, contextlib.ExitStack() as running:
        url = f"{postgres.create(socket, 'pilots')}&files={folder}/files"
        environment = {**os.environ, "PILOTS_STORE": url, "PILOTS_SECRETS": str(folder / "secrets.toml")}
        servers = [running.enter_context(process([sys.executable, "-m", "ui.server", "--port", str(app)], folder, environment))
                   for app in apps]  # fmt: skip
        running.enter_context(process(["nginx", "-c", str(folder / "nginx.conf")], folder, environment))
        wait(lambda: all(answers(f"http://127.0.0.1:{app}/health") for app in apps) and answers(f"{home}/health"))
        said(True, "two processes, nginx with TLS and PostgreSQL answer health")
        return under_load(home, url, servers, apps)


def under_load(home: str, url: str, servers: list[subprocess.Popen[bytes]], apps: tuple[int, int]) -> bool:
    """Let sessions work, publish, kill one process, publish again; count what came through."""
    stage = [0]
    results: list[Session] = [Session(home, n, stage) for n in range(SESSIONS)]
    with ThreadPoolExecutor(SESSIONS + 1) as pool:
        jobs = [pool.submit(one.work) for one in results]
        wait(lambda: all(one.runs > 0 for one in results))
        store = open_store(url)
        publish = pool.submit(lambda: [publish_one(store, n) for n in range(ROUNDS)])
        time.sleep(1)
        servers[0].send_signal(signal.SIGKILL)
        before = [one.runs for one in results]
        wait(lambda: all(one.runs > old + 1 for one, old in zip(results, before, strict=True)))
        published = publish.result()
        stage[0] = 1
        for job in jobs:
            job.result()
    moved = sum(one.connections > 1 for one in results)
    kept = {release.id for release in open_store(url).releases()}
    after = sum(one.runs - old for one, old in zip(results, before, strict=True))
    good = said(
        moved > 0,
        f"one of two processes killed: {SESSIONS} sessions go on, {moved} moved; {after} runs since,"
        f" longest pause of a session {max(one.pause for one in results):.0f} s",
    )
    good &= said(
        set(published) <= kept,
        f"{len(published)} releases published meanwhile, none lost; chain faults {len(store.verify())}",
    )
    return good & said(
        answers(f"{home}/health") and not answers(f"http://127.0.0.1:{apps[0]}/health"),
        "nginx serves on from the other",
    )


class Session:
    """A signed-in browser window, as Streamlit's front end speaks: it runs the page again and again."""

    def __init__(self, home: str, number: int, stage: list[int]) -> None:
        self.home, self.stage = home, stage
        self.runs = self.connections = 0
        self.last = self.pause = 0.0  # moment of the last finished run, longest time between two
        self.token = f"{number + 1:032x}"  # Streamlit takes hexadecimal tokens only
        claims = {"origin": home, "is_logged_in": True, "provider": "default", "sub": f"u{number}", "roles": ["viewer"],
                  "exp": time.time() + 900, "iat": time.time()}  # fmt: skip
        user = create_signed_value(SECRET, "_streamlit_user", json.dumps(claims)).decode()
        self.cookies = f"_streamlit_xsrf={self.token}; _streamlit_user={user}"

    def work(self) -> None:
        """Connect, run, and connect again when the process behind is gone."""
        trust = ssl.create_default_context()
        trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
        while not self.stage[0]:
            try:
                with connect(self.home.replace("https", "wss") + "/_stcore/stream", ssl=trust, origin=Origin(self.home),
                             additional_headers={"Cookie": self.cookies}, subprotocols=[Subprotocol("streamlit"), Subprotocol(self.token)],
                             max_size=None, open_timeout=30) as line:  # fmt: skip
                    self.connections += 1
                    self._run(line)
            except (OSError, WebSocketException, TimeoutError):
                time.sleep(0.5)

    def _run(self, line) -> None:  # type: ignore[no-untyped-def]
        while not self.stage[0]:
            asked = BackMsg()
            asked.rerun_script.page_name = "coverage"
            line.send(asked.SerializeToString())
            while True:
                message = ForwardMsg()
                message.ParseFromString(line.recv(timeout=60))
                if message.WhichOneof("type") == "script_finished":
                    break
            self._note()
            time.sleep(1)

    def _note(self) -> None:
        now = time.monotonic()
        self.pause = max(self.pause, now - (self.last or now))
        self.last, self.runs = now, self.runs + 1


def publish_one(store, number: int) -> int:  # type: ignore[no-untyped-def]
    """Publish one figure and return the release's number."""
    row = store.observations().head(1)
    figure = row.assign(observation_id=f"check-{number}", value=float(number), low=float(number), high=float(number),
                        as_printed=f"{number}{row['unit'].iloc[0]}", qualifier="exact")  # fmt: skip
    return int(store.publish(pd.DataFrame(figure), by="check", note="deploy/check.py").id)


@contextlib.contextmanager
def process(command: list[str], folder: Path, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command and stop exactly that."""
    with (folder / f"{Path(command[0]).name}-{threading.get_ident()}.log").open("ab") as log:
        started = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            yield started
        finally:
            started.terminate()
            started.wait(30)


def answers(url: str) -> bool:
    """Tell whether a health address says ok."""
    trust = ssl.create_default_context()
    trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
    try:
        with urllib.request.urlopen(url, timeout=5, context=trust) as answer:
            return bool(json.loads(answer.read()) == {"status": "ok"})
    except (OSError, ValueError):
        return False


def wait(true: Callable[[], bool], seconds: float = 120) -> None:
    """Wait until something holds; raise ``TimeoutError``."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise TimeoutError("what was waited for did not come")
        time.sleep(0.3)


if __name__ == "__main__":
    sys.exit(main())
