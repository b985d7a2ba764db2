"""The program as a server: ``python -m ui.server [--address A] [--port N]``; PILOTS_SECRETS names secrets.toml.

Streamlit's own server with a door in front (ui/door.py). ``streamlit run dashboard.py`` works without
it on one's own computer; sign-in should be served by it. The port opens before pandas and the store are
imported: a browser loads Streamlit's own scripts meanwhile.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import Any

import streamlit
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from streamlit import config
from streamlit.runtime.pages_manager import PagesManager

from tidy.language import _
from tidy.logs import set_up
from ui import collector, elsewhere, sending, settled
from ui.access import rules
from ui.door import Door

ROOT = Path(__file__).resolve().parent.parent


def health(_request: Request) -> Response:
    """Answer whether this process can serve figures: 200 or 503, nothing about the data."""
    from store import StoreError
    from ui.access import gate

    try:
        gate.raw_store().load_id()
    except StoreError:
        return JSONResponse({"status": "store"}, 503)
    return JSONResponse({"status": "ok"})


@asynccontextmanager
async def _begin(_app: Any) -> AsyncIterator[None]:
    # A folder named pages makes Streamlit skip the entry script, and with it the gate, for links to a page.
    PagesManager.uses_pages_directory = False
    set_up()
    if why := rules.danger():
        raise SystemExit(why)
    Thread(target=_load, daemon=True, name="load").start()
    yield


def _load() -> None:
    """Import what pages need while the first reader's browser still loads Streamlit's own scripts."""
    from ui import cached, frame, topic  # noqa: F401

    with suppress(Exception):  # whoever meets it at a page is told
        cached.unguarded()
    collector.set_aside()


app = streamlit.App(
    ROOT / "dashboard.py", lifespan=_begin, routes=[Route("/health", health)], middleware=[Middleware(Door)]
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until stopped; 2 when the configuration would leave the program open."""
    parser = argparse.ArgumentParser(prog="python -m ui.server", description=_("启动服务"))
    parser.add_argument("--address", default=config.get_option("server.address") or "127.0.0.1")
    parser.add_argument("--port", type=int, default=config.get_option("server.port"))
    wanted = parser.parse_args(arguments)
    secrets = {"secrets.files": [os.environ["PILOTS_SECRETS"]]} if os.environ.get("PILOTS_SECRETS") else {}
    for name, value in secrets.items():
        config.set_option(name, value)
    if why := rules.danger(wanted.address):
        print(why, file=sys.stderr)
        return 2
    collector.shorten()
    settled.remember()
    sending.at_once()
    sending.bundle()
    elsewhere.allow()
    app.run(config={"server.address": wanted.address, "server.port": wanted.port, **secrets})
    return 0


if __name__ == "__main__":
    sys.exit(main())
