"""Who is at the screen, asked anew at every run: sign-in, refusal, expiry, sign-out."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from tidy.language import _
from ui import pages
from ui.access import claims, guard, rules
from ui.access.person import NOBODY, READER, ROLES, Person
from ui.access.refused import Forbidden

if TYPE_CHECKING:
    from store import Store

KEY, COOKIE = "who_name", "pilots_name"
SIGNED_IN = "_access_signed_in"
SIGNED_OUT = "signed_out"  # kind of the store's memory: sign-ins that were ended before their time
log = logging.getLogger("pilots.access")


def raw_store() -> Store:
    """Return the store without its guard: for asking who somebody is and for writing down refusals."""
    from ui import cached  # cached guards the store with this module

    return cached.unguarded()


def current() -> Person:
    """Return the person of this session as they stand now.

    Raises ``claims.Ended`` when their session is over and :class:`Forbidden` when they have no right here.
    """
    mode = rules.mode()
    if mode == "signin":
        return _signed_in()
    if mode == "read_only":
        return READER
    if mode == "local" and (why := _not_local()):
        raise Forbidden(why)
    return Person(_own_name())


def _signed_in() -> Person:
    office, said = rules.rules(), _said()
    if not said.get("is_logged_in"):
        return READER if office.public else NOBODY
    id = claims.account(said, office)
    return claims.person(said, office, raw_store().user(id) if id else None, time.time())


def _said() -> dict[str, Any]:
    """What the provider said of the person at the screen."""
    return st.user.to_dict() if get_script_run_ctx() else {}


def signed_out(said: Mapping[str, Any]) -> bool:
    """Tell whether somebody has signed out of this sign-in: its cookie may have been copied, or another window be open."""
    return raw_store().recall(SIGNED_OUT, claims.mark(said)) is not None


def _own_name() -> str:
    """The name somebody without sign-in has given, empty when they have not."""
    if not get_script_run_ctx():
        return ""
    return str(st.session_state.get(KEY) or unquote(st.context.cookies.get(COOKIE, "")))


def _not_local() -> str:
    """Why this visit does not come from this computer; a forgotten proxy must not open the program to a network."""
    if not get_script_run_ctx():
        return ""
    headers = st.context.headers
    host = urlsplit(f"//{headers.get('Host', 'localhost')}").hostname or ""
    if not rules.is_local(host) or any(name in headers for name in rules.FORWARDED):
        return _("没有设置登录，只能在本机打开。请联系管理员设置登录。")
    return ""


def enter() -> None:
    """Let the person in or stop the run with what they can do; called at the start of every run and fragment."""
    if why := rules.danger():
        _stop(why)
    try:
        person = current()
        if person.id and signed_out(_said()):
            raise claims.Ended(_("已退出登录，请重新登录。"))
    except claims.Ended as ended:
        _ask(str(ended))
    except Forbidden as forbidden:
        guard.refused(raw_store(), NOBODY, "enter", str(forbidden))
        _stop(str(forbidden), way_out=rules.mode() == "signin")
    else:
        if not person.roles:
            _ask(_("请先登录。"))
        _note_sign_in(person)


def _note_sign_in(person: Person) -> None:
    if person.id and st.session_state.get(SIGNED_IN) != person.id:
        st.session_state[SIGNED_IN] = person.id
        raw_store().log("sign_in", person.name, {"roles": person.roles, "cities": person.cities})


def _ask(why: str) -> None:
    """Show the way to sign in; the address stays, so that the link is followed after signing in."""
    _only_this_page()
    st.title(_("浙江省基层工会改革试点"), anchor=False)
    st.info(why, icon=":material/lock:")
    st.button(_("登录"), type="primary", icon=":material/login:", key="access_sign_in", on_click=st.login)
    st.stop()


def _stop(why: str, *, way_out: bool = False) -> None:
    _only_this_page()
    st.title(_("不能进入"), anchor=False)
    st.error(why, icon=":material/block:")
    if way_out:
        st.button(_("换一个账号登录"), icon=":material/logout:", key="access_sign_out", on_click=st.logout)
    st.stop()


def _only_this_page() -> None:
    """No list of pages before the door, yet all known, lest a link be called unknown; a fragment shows none."""
    context = get_script_run_ctx()
    if context and not context.fragment_ids_this_run:
        st.navigation(pages.listed(), position="hidden")


def require(role: str) -> Person:
    """Return the person when they have ``role``; else say so, write it down and stop the run."""
    enter()
    person = current()
    if person.may(role):
        return person
    guard.refused(raw_store(), person, f"page {_page()}", role)
    words = {"viewer": _("查看"), "analyst": _("填报"), "reviewer": _("审核"), "admin": _("管理")}
    if rules.mode() == "signin" and not person.id:
        _ask(_("这一页要登录后才能使用。"))
    st.info(_("这一页需要“{role}”权限。请联系本单位的管理员。").format(role=words[role]), icon=":material/block:")
    st.stop()


def _page() -> str:
    """The page that runs; what a browser says of its address could be anything."""
    context = get_script_run_ctx()
    known = context.pages_manager.get_pages() if context else {}
    return str(known.get(context.page_script_hash, {}).get("url_pathname", "")) if context else ""


def allowed(role: str, cities: tuple[str, ...] = ()) -> bool:
    """Tell whether the person may act in a role on the figures of these cities; never raises."""
    try:
        person = current()
    except Forbidden:
        return False
    return person.may(role) and person.covers(cities)


def offered() -> frozenset[str]:
    """Return the roles whose pages stand in the menu: those that the person has; all for who has yet to sign in.

    Only politeness: the page itself refuses on the server.
    """
    try:
        person = current()
    except Forbidden:
        return frozenset()
    unknown = rules.mode() == "signin" and not person.id
    return frozenset(role for role in ROLES if unknown or person.may(role))


def sign_out_button() -> None:
    """Show the button that ends the session here and at the provider."""
    st.button(_("退出登录"), icon=":material/logout:", key="access_leave", on_click=_leave)


def _leave() -> None:
    person = current()
    raw_store().log("sign_out", person.name)
    _end(_said())
    st.logout()


def _end(said: Mapping[str, Any]) -> None:
    """Keep a sign-in among those that are over until it would have ended by itself."""
    store, now = raw_store(), time.time()
    for mark, end in store.recall_all(SIGNED_OUT).items():
        if end < now:
            store.forget(SIGNED_OUT, mark)
    store.remember(SIGNED_OUT, claims.mark(said), claims.ends(said, rules.rules()))
