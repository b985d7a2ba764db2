"""A provider that lies, to see that its tokens are not believed: real keys, real HTTP, one thing wrong."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

KEY, OTHER = RSAKey.generate_key(2048, {"kid": "one"}), RSAKey.generate_key(2048, {"kid": "one"})


class Provider(ThreadingHTTPServer):
    """Answers discovery, keys and tokens; ``lie`` names what is wrong with the next token."""

    lie = ""
    nonce = ""

    @property
    def url(self) -> str:
        """Its issuer."""
        return f"http://127.0.0.1:{self.server_port}"

    def metadata(self) -> dict[str, Any]:
        """The discovery document."""
        return {"issuer": self.url, "authorization_endpoint": f"{self.url}/authorize", "jwks_uri": f"{self.url}/keys",
                "token_endpoint": f"{self.url}/token", "id_token_signing_alg_values_supported": ["RS256"],
                "response_types_supported": ["code"], "subject_types_supported": ["public"]}  # fmt: skip

    def token(self) -> str:
        """An ID token, good but for the lie."""
        now, lie = int(time.time()), self.lie
        claims = {"iss": self.url, "aud": "pilots", "sub": "li", "nonce": self.nonce, "iat": now, "exp": now + 600,
                  "roles": ["admin"]}  # fmt: skip
        claims |= {"nonce": {"nonce": "another"}, "audience": {"aud": "somebody-else"}, "expired": {"exp": now - 9999},
                   "issuer": {"iss": "http://evil.example"}}.get(lie, {})  # fmt: skip
        if lie == "no nonce":
            del claims["nonce"]
        if lie == "public key as secret":
            secret = OctKey.import_key(KEY.as_pem(private=False))
            return jwt.encode({"alg": "HS256", "kid": "one"}, claims, secret, algorithms=["HS256"])
        if lie == "unsigned":
            return jwt.encode({"alg": "none"}, claims, OctKey.import_key("x" * 32), algorithms=["none"])
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, OTHER if lie == "key" else KEY)


class _Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        if self.path.startswith("/keys"):
            self._say({"keys": [KEY.as_dict(private=False)]})
        else:
            self._say(self.server.metadata())

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("content-length", 0)))
        self._say({"access_token": "a", "token_type": "Bearer", "id_token": self.server.token()})

    def _say(self, what: dict[str, Any]) -> None:
        body = json.dumps(what).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        return


@contextmanager
def provider() -> Iterator[Provider]:
    """Serve the liar on a free port."""
    server = Provider(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def nonce_of(location: str) -> str:
    """The nonce of an authorization request."""
    return parse_qs(urlsplit(location).query)["nonce"][0]


def state_of(location: str) -> str:
    """The state of an authorization request."""
    return parse_qs(urlsplit(location).query)["state"][0]
