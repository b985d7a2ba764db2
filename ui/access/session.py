"""The session of an HTTP request, read from the cookies that Streamlit signs: for ui/door.py."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any

from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from ui.access import claims, gate, rules
from ui.access.person import NOBODY, READER, Person
from ui.access.refused import Forbidden


def of(cookies: Mapping[str, str]) -> Person:
    """Return whose session the cookies prove; ``NOBODY`` for a forged, ended or missing one."""
    mode, office = rules.mode(), rules.rules()
    if mode != "signin":
        return READER if mode == "read_only" else Person("")
    said = _claims(cookies)
    if not said:
        return READER if office.public else NOBODY
    if gate.signed_out(said):
        return NOBODY
    id = claims.account(said, office)
    try:
        return claims.person(said, office, gate.raw_store().user(id) if id else None, time.time())
    except Forbidden:
        return NOBODY


def _claims(cookies: Mapping[str, str]) -> dict[str, Any]:
    """What the signed cookie says, empty when its signature does not hold or it was made for another address."""

    def one(name: str) -> bytes | None:
        value = cookies.get(name)
        return decode_signed_value(get_cookie_secret(), name, value.encode("latin-1")) if value else None

    found = get_cookie_with_chunks(one, USER_COOKIE_NAME)
    said: dict[str, Any] = json.loads(found) if found else {}
    return said if said.get("origin") == rules.home() else {}
