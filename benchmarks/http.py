"""Just enough of HTTP over a kept connection, so that the driver of a peer's API costs next to nothing."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from urllib.parse import urlsplit


class Connection:
    """One kept-alive connection to a JSON API."""

    def __init__(self, url: str, headers: dict[str, str] | None = None) -> None:
        self.host = urlsplit(url).netloc
        self.headers = {"Host": self.host, "Content-Type": "application/json", **(headers or {})}
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def post(self, path: str, body: Any) -> tuple[int, bytes]:
        """Send JSON and return status and body; a connection that the server closed is opened anew."""
        try:
            return await self._post(path, json.dumps(body).encode())
        except (ConnectionError, asyncio.IncompleteReadError):
            self.streams = None
            return await self._post(path, json.dumps(body).encode())

    async def _post(self, path: str, body: bytes) -> tuple[int, bytes]:
        if self.streams is None:
            host, _colon, port = self.host.partition(":")
            self.streams = await asyncio.open_connection(host, int(port))
        reader, writer = self.streams
        head = "".join(f"{name}: {value}\r\n" for name, value in self.headers.items())
        writer.write(f"POST {path} HTTP/1.1\r\n{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        await writer.drain()
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower().split("\r\n")
        given = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
        content = await reader.readexactly(int(given["content-length"]))
        if given.get("connection") == "close":
            writer.close()
            self.streams = None
        return int(lines[0].split()[1]), content
