"""From claims to a person: expiry, roles, cities, switched off."""

from __future__ import annotations

import math

import pytest

from store import User
from ui.access.claims import Ended, person
from ui.access.person import ROLES, Person
from ui.access.refused import Forbidden
from ui.access.rules import Rules

GOOD = {"sub": "li", "name": "李明", "roles": ["analyst"], "exp": 2000.0, "iat": 1000.0}
BY_CLAIM = Rules(roles_claim="roles")


def test_a_person_with_roles_of_a_claim() -> None:
    assert person(GOOD, BY_CLAIM, None, 1500) == Person("李明（li）", ("analyst",), (), "li")


@pytest.mark.parametrize("exp", [None, 0, -1, 1400.0, "2000", True, math.nan, math.inf, [2000]])
def test_a_token_without_a_future_end_is_over(exp: object) -> None:
    with pytest.raises(Ended):
        person(GOOD | {"exp": exp}, BY_CLAIM, None, 1500)


def test_the_office_sets_the_hours() -> None:
    rules = Rules(roles_claim="roles", session_hours=1)
    assert person(GOOD, rules, None, 1000 + 3599).id == "li"
    with pytest.raises(Ended):
        person(GOOD, rules, None, 1000 + 3601)


def test_roles_of_the_table_and_nobody_unknown() -> None:
    table = User("li", "李主任", ("reviewer", "emperor"), ("嘉兴市",), True)
    assert person(GOOD, Rules(), table, 1500) == Person("李主任（li）", ("reviewer",), ("嘉兴市",), "li")
    with pytest.raises(Forbidden, match="li"):
        person(GOOD, Rules(), None, 1500)
    assert person(GOOD, Rules(everyone=("viewer",)), None, 1500).roles == ("viewer",)
    assert person(GOOD, Rules(administrators=("li",)), None, 1500).roles == ("admin",)


def test_switched_off_wins_over_every_claim() -> None:
    with pytest.raises(Forbidden, match="停用"):
        person(GOOD, BY_CLAIM, User("li", "", ("admin",), (), False), 1500)


def test_names_of_the_office_and_claims_inside_claims() -> None:
    rules = Rules(roles_claim="realm_access.roles", role_names={"union-admins": "admin"})
    said = GOOD | {"realm_access": {"roles": ["union-admins", "offline_access"]}}
    assert person(said, rules, None, 1500).roles == ("admin",)


@pytest.mark.parametrize("roles", [None, 7, {"admin": True}, [["admin"]], "", [None], "ADMIN", "admin,analyst"])
def test_odd_claims_give_no_role(roles: object) -> None:
    with pytest.raises(Forbidden):
        person(GOOD | {"roles": roles}, BY_CLAIM, None, 1500)


def test_a_city_claim_that_names_none_is_no_right_for_all() -> None:
    rules = Rules(roles_claim="roles", cities_claim="cities")
    assert person(GOOD | {"cities": ["嘉兴市"]}, rules, None, 1500).covers(["嘉兴市"])
    nowhere = person(GOOD, rules, None, 1500)
    assert not nowhere.covers(["嘉兴市"])
    assert not nowhere.covers([""])


def test_two_accounts_never_share_a_name() -> None:
    one, two = (person(GOOD | {"sub": sub}, BY_CLAIM, None, 1500) for sub in ("li", "li2"))
    assert one.name != two.name


@pytest.mark.parametrize("sub", [None, "", "  ", 7, ["li"]])
def test_no_account_no_entry(sub: object) -> None:
    with pytest.raises(Forbidden):
        person(GOOD | {"sub": sub}, BY_CLAIM, None, 1500)


@pytest.mark.parametrize("role", ROLES)
def test_only_administrators_administrate_and_they_do_not_publish(role: str) -> None:
    assert Person("x", (role,)).may("admin") == (role == "admin")
    assert Person("x", (role,)).may("viewer")
    assert Person("x", (role,)).may("analyst") == (role in ("analyst", "reviewer"))
