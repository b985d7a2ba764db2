"""From what a provider says of a person to a :class:`Person`: expiry, roles, cities, switched off or not."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from typing import Any

from store import User
from tidy.language import _
from ui.access.person import ROLES, Person
from ui.access.refused import Forbidden
from ui.access.rules import Rules

TOKEN = ("iss", "sub", "aud", "iat", "exp", "nonce", "sid", "jti")  # claims that tell one ID token from the next
SKEW = 10.0  # seconds by which the provider's clock may differ from ours


class Ended(Forbidden):
    """Raised when the session is over and the person has to sign in again."""


def person(claims: Mapping[str, Any], rules: Rules, user: User | None, now: float) -> Person:
    """Return the person whom the ID token's ``claims`` describe.

    ``user`` is their line in the store's people table, ``None`` for none: it can switch off anybody
    and gives roles and cities where no claim is named. Raises :class:`Ended` for a session that is
    over and :class:`Forbidden` for somebody without any right here.
    """
    if now > ends(claims, rules):
        raise Ended(_("登录已过期，请重新登录。"))
    id = account(claims, rules)
    if not id:
        raise Forbidden(_("登录服务没有说明您的账号（{claim}），请联系管理员。").format(claim=rules.id_claim))
    if user is not None and not user.active:
        raise Forbidden(_("您的账号已停用，请联系本单位的管理员。"))
    roles = _roles(claims, rules, user, id)
    if not roles:
        raise Forbidden(_("您的账号“{id}”还没有权限，请联系本单位的管理员。").format(id=id))
    return Person(_named(claims, rules, user, id), roles, _cities(claims, rules, user), id)


def account(claims: Mapping[str, Any], rules: Rules) -> str:
    """Return what tells this account from all others, empty where the provider does not say."""
    found = _at(claims, rules.id_claim)
    return found.strip() if isinstance(found, str) else ""


def ends(claims: Mapping[str, Any], rules: Rules) -> float:
    """Return the moment when the session ends: hours after sign-in where the office says so, else ``exp``.

    A token that states no end has ended: Streamlit's own cookie would let it live for 30 days.
    """
    if rules.session_hours:
        return _moment(claims.get("iat")) + rules.session_hours * 3600
    return _moment(claims.get("exp")) + SKEW


def mark(claims: Mapping[str, Any]) -> str:
    """Return what tells this sign-in from every other, for the list of those that were signed out."""
    said = json.dumps([claims.get(name) for name in TOKEN], sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()


def _moment(value: Any) -> float:
    number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return float(value) if number else 0.0


def _roles(claims: Mapping[str, Any], rules: Rules, user: User | None, id: str) -> tuple[str, ...]:
    if rules.roles_claim:
        said = _texts(_at(claims, rules.roles_claim))
        given = {rules.role_names.get(name, name) for name in said}
    else:
        given = set(user.roles) if user else set()
    given |= set(rules.everyone) | ({"admin"} if id in rules.administrators else set())
    return tuple(role for role in ROLES if role in given)


def _cities(claims: Mapping[str, Any], rules: Rules, user: User | None) -> tuple[str, ...]:
    """Cities of the claim; else of the people table. A claim that names none is no right for all."""
    if rules.cities_claim:
        return _texts(_at(claims, rules.cities_claim)) or ("-",)
    return user.cities if user else ()


def _named(claims: Mapping[str, Any], rules: Rules, user: User | None, id: str) -> str:
    """A name with the account behind it: names can be changed at the provider and be shared, accounts cannot."""
    said = (user.name if user else "") or _at(claims, rules.name_claim)
    name = " ".join(said.split())[:40] if isinstance(said, str) else ""
    return f"{name}（{id}）" if name and name != id else id


def _at(claims: Mapping[str, Any], path: str) -> Any:
    """A claim by its name or, with dots, inside others (realm_access.roles)."""
    found: Any = claims
    for name in [path] if path in claims else path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _texts(value: Any) -> tuple[str, ...]:
    many = [value] if isinstance(value, str) else value
    return tuple(one for one in many if isinstance(one, str)) if isinstance(many, list | tuple) else ()
