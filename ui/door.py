"""The door in front of Streamlit: refuses what Streamlit leaves open, and puts headers on what comes back.

Uploads and media without a session, connections without an Origin, foreign host names, missing security headers.
"""

from __future__ import annotations

import base64
import hashlib
import logging
import re
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import streamlit
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config, runtime

from exports import engine
from tidy.language import _
from ui import front
from ui.access import rules
from ui.access.person import Person

UPLOADS, MEDIA, METRICS = "/_stcore/upload_file/", "/media/", "/_stcore/metrics"
SESSION_BYTES = 300 << 20  # what one session may have uploaded and not yet given back
ALL_BYTES = 1 << 30  # the same for all sessions of this process
SESSION_FILES = 500
BACK = "pilots_back"  # where somebody was when they went to sign in
BACK_SECONDS = 600
READS = ("GET", "HEAD", "OPTIONS")
log = logging.getLogger("pilots.server")


def policy() -> str:
    """Return the Content-Security-Policy under which Streamlit still works.

    Streamlit writes styles into the page and starts workers from blobs; scripts come from this
    server only, beside the few inline ones of its index page and plotly's, which the stage puts into
    the page; these are named by their hashes.
    """
    index = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    inline = re.findall(r"<script>(.*?)</script>", index, re.DOTALL)
    digests = [hashlib.sha256(one.encode()).digest() for one in (*inline, engine.script())]
    hashes = [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
    return "; ".join((
        "default-src 'self'", f"script-src 'self' blob: 'wasm-unsafe-eval' {' '.join(hashes)}",
        "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob:", "font-src 'self' data:",
        "media-src 'self' data: blob:", "worker-src 'self' blob:", "connect-src 'self' data: blob:",
        "frame-src 'self' blob:", "object-src 'none'", "base-uri 'self'", "form-action 'self'", "frame-ancestors 'none'",
    ))  # fmt: skip


def headers() -> dict[str, str]:
    """Return the headers that every answer carries."""
    found = {
        "Content-Security-Policy": policy(), "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    }  # fmt: skip
    if rules.home().startswith("https://"):
        found["Strict-Transport-Security"] = "max-age=31536000"
    return found


class Door:
    """ASGI middleware: refuses what must not reach Streamlit and puts the headers on what comes back."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = [(name.lower().encode(), value.encode()) for name, value in headers().items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request or connection."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        given = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        refused = refusal(scope, given)
        if refused:
            await _refuse(scope, receive, self._dressed(send, scope, given), *refused)
            return
        own = front.answers().get(_path(scope)) if scope.get("method") in ("GET", "HEAD") else None
        await (own or self.app)(scope, receive, self._dressed(send, scope, given))

    def _dressed(self, send: Send, scope: Scope, given: Mapping[str, str]) -> Send:
        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*_cookies_and_way_back(message, scope, given), *self.headers]
            await send(message)

        return dressed


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, why: str) -> None:
    log.warning("refused at the door", extra={"kind": str(status)})
    if scope["type"] == "websocket":  # closed before it is accepted: the other side sees 403
        await send({"type": "websocket.close", "code": 1008, "reason": "refused"})
    else:
        await PlainTextResponse(why, status)(scope, receive, send)


def refusal(scope: Scope, given: Mapping[str, str]) -> tuple[int, str] | None:
    """Return status and reason where a request must not be served, ``None`` where it may."""
    path, method = _path(scope), scope.get("method", "WEBSOCKET")
    if path in ("/health", "/_stcore/health"):
        return None
    if not _known_host(given):
        return 403, _("不接受这个地址的访问。")
    if method not in READS and not _same_origin(given):
        return 403, _("只接受来自本站页面的请求。")
    if path == METRICS and rules.mode() != "local":
        return 404, ""
    if path.startswith(UPLOADS):
        return _upload_refusal(_person(given), path, given) if method not in READS else None
    if path.startswith(MEDIA) and not _person(given).may("viewer"):
        return 401, _("请先登录。")
    return None


def _path(scope: Scope) -> str:
    """The path below server.baseUrlPath."""
    base = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return str(scope["path"]).removeprefix(f"/{base}") if base else str(scope["path"])


def _known_host(given: Mapping[str, str]) -> bool:
    """Without sign-in only this computer is served, and no proxy; with sign-in only the office's own names."""
    try:
        host = urlsplit(f"//{given.get('host', '')}").hostname or ""
    except ValueError:
        return False
    mode = rules.mode()
    if mode == "local":
        return rules.is_local(host) and not any(name.lower() in given for name in rules.FORWARDED)
    if mode == "signin":
        return host in {urlsplit(rules.home()).hostname, *rules.rules().hosts}
    return not rules.rules().hosts or host in rules.rules().hosts


def _same_origin(given: Mapping[str, str]) -> bool:
    """A browser always says where a connection or a change comes from; who says nothing is none."""
    origin = given.get("origin", "")
    return bool(origin) and (urlsplit(origin).netloc == given.get("host") or origin == rules.home())


def _person(given: Mapping[str, str]) -> Person:
    try:
        cookies = {name: one.value for name, one in SimpleCookie(given.get("cookie", "")).items()}
    except CookieError:
        cookies = {}
    from ui.access import session  # reads the store: not imported before the port is open

    return session.of(cookies)


def _upload_refusal(person: Person, path: str, given: Mapping[str, str]) -> tuple[int, str] | None:
    if not person.roles:
        return 401, _("请先登录。")
    if not person.may("analyst"):
        return 403, _("您没有做这件事的权限。请联系本单位的管理员。")
    if not runtime.exists():
        return None
    kept = runtime.get_instance().uploaded_file_mgr.file_storage  # type: ignore[attr-defined]
    sizes = {id: sum(len(one.data) for one in list(files.values())) for id, files in list(kept.items())}
    own, coming = path.removeprefix(UPLOADS).split("/")[0], _length(given)
    full = sizes.get(own, 0) + coming > SESSION_BYTES or len(kept.get(own, ())) >= SESSION_FILES
    if full or sum(sizes.values()) + coming > ALL_BYTES:
        return 413, _("上传的文件太多，请先处理已上传的，或分几次上传。")
    return None


def _length(given: Mapping[str, str]) -> int:
    said = given.get("content-length", "")
    return int(said) if said.isdecimal() else 0


def _cookies_and_way_back(message: Message, scope: Scope, given: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """Keep cookies to TLS where the office uses it; bring people back to the link they came with."""
    found = list(message["headers"])
    if scope["path"].endswith("/auth/login") and (link := _own_link(given.get("referer", ""), given)):
        found.append(
            (b"set-cookie", f"{BACK}={quote(link)}; Path=/; HttpOnly; SameSite=Lax; Max-Age={BACK_SECONDS}".encode())
        )
    if scope["path"].endswith("/oauth2callback"):
        signed_in = any(
            n == b"set-cookie" and v.startswith(b"_streamlit_user=") and b"Max-Age=0" not in v for n, v in found
        )
        back = _way_back(given) if signed_in else ""
        found = [(n, back.encode() if n == b"location" and back else v) for n, v in found]
        found.append((b"set-cookie", f"{BACK}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0".encode()))
    if rules.home().startswith("https://"):
        found = [(n, v + b"; Secure" if n == b"set-cookie" and b"secure" not in v.lower() else v) for n, v in found]
    return found


def _own_link(link: str, given: Mapping[str, str]) -> str:
    """Path and query of a link into this program, empty for any other."""
    parts = urlsplit(link)
    if parts.netloc != given.get("host") or not re.fullmatch(r"/[\w-]*", parts.path):
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _way_back(given: Mapping[str, str]) -> str:
    cookie = SimpleCookie(given.get("cookie", "")).get(BACK)
    link = unquote(cookie.value) if cookie else ""
    safe = re.fullmatch(r"/[\w-]*(\?[\w%&=+.~*:,-]*)?", link, re.ASCII)
    return link if safe else ""
