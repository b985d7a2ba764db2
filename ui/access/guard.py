"""The store behind a guard: every call is checked on the server against who makes it, wherever the call stands.

Pages, fragments, callbacks and forged clicks all reach the store through :func:`ui.cached.store`,
so a right that is missing here is missing everywhere; hiding a button is only politeness.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from typing import Any, cast

import pandas as pd

from store import Draft, NotFound, Store, StoreError
from tidy.language import _, listed
from ui.access import acts
from ui.access.person import Person
from ui.access.refused import Forbidden

QUIET = 60.0  # seconds in which the same refusal of the same person is logged once
DRAFT_CALLS = ("draft", "draft_content", "delete_draft", "reviews", "review", "save_draft", "publish")
log = logging.getLogger("pilots.access")
_said: dict[tuple[str, str], float] = {}


def guarded(store: Store, person: Callable[[], Person]) -> Store:
    """Return ``store`` as the person may use it; ``person`` is asked anew at each call."""
    return cast(Store, _Guarded(store, person))


class _Guarded:
    """Looks like the store; what the table of rights does not name is refused."""

    __slots__ = ("_person", "_store")

    def __init__(self, store: Store, person: Callable[[], Person]) -> None:
        self._store, self._person = store, person

    def __getattr__(self, call: str) -> Callable[..., Any]:
        if call.startswith("_") or not hasattr(self._store, call):
            raise AttributeError(call)

        def checked(*args: Any, **given: Any) -> Any:
            role = acts.needed(call, args, given)
            if role == "viewer" and call not in DRAFT_CALLS:  # figures: the gate has let the person in
                return getattr(self._store, call)(*args, **given)
            person = self._person()
            try:
                _check(self._store, person, call, role, args, given)
            except Forbidden as refusal:
                refused(self._store, person, call, str(refusal))
                raise
            result = getattr(self._store, call)(*args, **given)
            return [one for one in result if seen(self._store, person, one)] if call == "drafts" else result

        return checked


def _check(store: Store, person: Person, call: str, role: str | None, args: tuple[Any, ...], given: Any) -> None:
    """Raise :class:`Forbidden` unless the person may make this call in this name about these cities."""
    if role is None or not person.may(role):
        raise Forbidden(_("您没有做这件事的权限。请联系本单位的管理员。"))
    name = acts.author(call, args, given)
    if person.id and name is not None and name != person.name:
        raise Forbidden(_("不能以别人的名义操作。"))
    if not all(_visible(store, person, id) for id in _draft_ids(call, args, given)):
        raise Forbidden(_("这份草稿属于别的城市或别人，您不能打开或修改。"))
    if call in ("publish", "undo") and person.cities:
        _check_cities(store, person, call, args, given)


def _draft_ids(call: str, args: tuple[Any, ...], given: Any) -> list[str]:
    if call not in DRAFT_CALLS:
        return []
    if call == "publish":
        return [str(id) for id in given.get("drafts", ())]
    name = {"save_draft": "id", "review": "draft_id", "reviews": "draft_id"}.get(call, "id")
    found = given.get(name) or (args[0] if args and call != "save_draft" else "")
    return [str(found)] if found else []


def _visible(store: Store, person: Person, id: str) -> bool:
    try:
        return seen(store, person, store.draft(id))
    except NotFound:
        return True  # the store says so better


def seen(store: Store, person: Person, draft: Draft) -> bool:
    """Tell whether a person limited to cities may work on a draft: their own, or one about their cities only."""
    if not person.cities or draft.owner == person.name:
        return True
    if members := draft.state.get("members"):
        return all(_visible(store, person, str(id)) for id in members)
    reporters = draft.state.get("summary", {}).get("reporters", [])
    return bool(reporters) and person.covers(_cities(store, reporters))


def _check_cities(store: Store, person: Person, call: str, args: tuple[Any, ...], given: Any) -> None:
    """Row-level rights: nothing of another city is published, replaced or withdrawn."""
    if call == "undo":
        touched = _released(store, [int(args[0] if args else given["release_id"])])
    else:
        if given.get("indicators") is not None:
            raise Forbidden(_("指标口径只能由不限城市的人修改。"))
        tables = [
            args[0] if args else given.get("observations"),
            given.get("withdrawn_figures"),
            given.get("reporters"),
        ]
        touched = {str(id) for table in tables if table is not None for id in table["reporter_id"]}
        withdrawn = given.get("withdraws") or ()
        touched |= _released(store, [withdrawn] if isinstance(withdrawn, int) else withdrawn)
    added = given.get("reporters")
    cities = _cities(store, touched, added) | set(_by_reporter(added).values())
    if not person.covers(cities):
        others = listed(sorted(city or _("全省") for city in cities - set(person.cities)))
        raise Forbidden(
            _("您只能发布{own}的数，这一批里有{others}的数。").format(own=listed(person.cities), others=others)
        )


def _cities(store: Store, reporters: Iterable[str], added: pd.DataFrame | None = None) -> set[str]:
    """The cities of reporters; one that nobody knows belongs to the whole province."""
    known = _by_reporter(added) | _by_reporter(store.reporters())
    return {known.get(id, "") for id in reporters}


def _by_reporter(table: pd.DataFrame | None) -> dict[str, str]:
    return {} if table is None else dict(zip(table["reporter_id"], table["city"].fillna("").astype(str), strict=True))


def _released(store: Store, numbers: Iterable[int]) -> set[str]:
    """Reporters of the figures that a release added, changed or took away."""
    found: set[str] = set()
    for number in numbers:
        changed = store.diff(number - 1, number) if number > 1 else pd.DataFrame()
        found |= set(changed["reporter_id"].astype(str)) if len(changed) else set()
    return found


def refused(store: Store, person: Person, what: str, why: str) -> None:
    """Write a refusal into the audit log; the same one of the same person once a minute."""
    now, key = time.monotonic(), (person.name, what)
    if now - _said.get(key, -QUIET) < QUIET:
        return
    if len(_said) > 10_000:
        _said.clear()
    _said[key] = now
    log.warning("refused", extra={"kind": what})
    try:
        store.log("refused", person.name or "—", {"what": what, "why": why})
    except StoreError:
        log.error("a refusal could not be logged", extra={"kind": what})
