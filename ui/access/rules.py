"""The office's rules of access, read from ``.streamlit/secrets.toml`` and the environment.

``[auth]`` is Streamlit's own section for the office's provider; ``[access]`` beside it says where
roles come from. Without ``[auth]`` the program is for one person on this computer, unless
PILOTS_OPEN says in words that it is open.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from streamlit import config
from streamlit.runtime.secrets import secrets_singleton

from tidy.language import _, listed

Mode = Literal["local", "signin", "read_only", "open"]
OPEN_WORDS: dict[str, Mode] = {
    "public-read-only": "read_only", "公开只读": "read_only",
    "everyone-may-publish": "open", "人人可发布": "open",
}  # fmt: skip
FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP")  # what a proxy says of whom it asks for
LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Rules:
    """What ``[access]`` may say; the defaults take roles from the people table of the store."""

    id_claim: str = "sub"
    name_claim: str = "name"
    roles_claim: str = ""
    cities_claim: str = ""
    role_names: Mapping[str, str] = field(default_factory=dict)
    administrators: tuple[str, ...] = ()
    everyone: tuple[str, ...] = ()
    session_hours: float = 0.0
    public: bool = False
    hosts: tuple[str, ...] = ()


def rules() -> Rules:
    """Return the rules that hold now; raise ``ValueError`` for a setting that is unknown or of the wrong kind."""
    said, known = dict(_secrets().get("access", {})), {one.name: getattr(Rules(), one.name) for one in fields(Rules)}
    if unknown := set(said) - set(known):
        raise ValueError(_("[access] 里有不认识的设置：{names}").format(names=listed(sorted(unknown))))
    given: dict[str, Any] = {name: _of_kind(name, value, known[name]) for name, value in said.items()}
    return Rules(**given)


def _of_kind(name: str, value: Any, default: Any) -> Any:
    """A value of the default's kind: "no" is no false, and "li" no list, in which an "l" could be found."""
    if isinstance(default, tuple) and isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(value)
    if isinstance(default, float) and isinstance(value, int | float) and not isinstance(value, bool) and value >= 0:
        return float(value)
    if isinstance(default, Mapping) and isinstance(value, Mapping):
        return dict(value)
    if isinstance(default, str | bool) and type(value) is type(default):
        return value
    raise ValueError(_("[access] 的 {name} 写法不对 → 请对照 deploy/secrets.example.toml").format(name=name))


def mode() -> Mode:
    """Return how people come in: ``signin``, ``local`` (this computer only), ``read_only`` or ``open``."""
    if _secrets().get("auth"):
        return "signin"
    return OPEN_WORDS.get(os.environ.get("PILOTS_OPEN", "").strip(), "local")


def home() -> str:
    """Return the origin under which people reach a program with sign-in, empty without sign-in."""
    parts = urlsplit(str(_secrets().get("auth", {}).get("redirect_uri", "")))
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def danger(address: str = "") -> str:
    """Return why the program must not be served at ``address`` (default: as configured), empty when it may."""
    if unreadable():
        return _("secrets.toml 无法读取 → 请改正后重新启动（不会改为免登录）")
    word = os.environ.get("PILOTS_OPEN", "").strip()
    if word and word not in OPEN_WORDS:
        return _("PILOTS_OPEN 只能是：{words}").format(words=listed(OPEN_WORDS))
    try:
        rules()
    except (TypeError, ValueError) as error:
        return str(error)
    if mode() == "signin":
        return _weak_sign_in()
    address = address or str(config.get_option("server.address") or "0.0.0.0")
    if mode() == "local" and not is_local(address):
        return _(
            "没有设置登录，只能在本机（127.0.0.1）使用，不能在 {address} 上开放 → 请在 .streamlit/secrets.toml 设置 [auth] 登录；"
            "确实要不登录开放，请写明 PILOTS_OPEN=公开只读 或 PILOTS_OPEN=人人可发布"
        ).format(address=address)
    return ""


def _weak_sign_in() -> str:
    secret = str(_secrets().get("auth", {}).get("cookie_secret", ""))
    if len(secret) < 32:
        return _("[auth] 的 cookie_secret 少于 32 个字符 → 请用 openssl rand -hex 32 生成")
    if not home().startswith("https://") and not is_local(urlsplit(home()).hostname or ""):
        return _("[auth] 的 redirect_uri 必须以 https:// 开头，本机除外")
    return ""


def unreadable() -> bool:
    """Tell whether there is a file of secrets that cannot be read: never a reason to let everybody in."""
    there = any(Path(path).exists() for path in config.get_option("secrets.files"))
    return there and not secrets_singleton.load_if_toml_exists()


def is_local(name: str) -> bool:
    """Tell whether a host name or address means this computer."""
    bare = name.strip("[]").lower()
    try:
        return bare in LOCAL_NAMES or ip_address(bare).is_loopback
    except ValueError:
        return False


def _secrets() -> Mapping[str, Any]:
    """The secrets, empty where there are none; :func:`danger` sees to a file that cannot be read."""
    if not secrets_singleton.load_if_toml_exists():
        return {}
    return secrets_singleton
