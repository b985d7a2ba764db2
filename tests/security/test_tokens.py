"""Answers of a provider that lies: no session comes of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.security import evil
from tests.security.conftest import SECRET, Site, auth, site
from tests.serving import free_port


@pytest.fixture(scope="module")
def liar() -> Iterator[evil.Provider]:
    with evil.provider() as made:
        yield made


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, liar: evil.Provider) -> Iterator[Site]:
    port = free_port()
    with site(tmp_path_factory.mktemp("tokens"), auth(port, liar.url, 'roles_claim = "roles"'), port) as made:
        yield made


def begin(office: Site) -> tuple[str, str]:
    """Start signing in as Streamlit's page does; return where it sends and the cookie of the attempt."""
    from joserfc import jwt
    from joserfc.jwk import OctKey

    expires = int((datetime.now(UTC) + timedelta(minutes=2)).timestamp())
    ticket = jwt.encode({"alg": "HS256"}, {"provider": "default", "exp": expires}, OctKey.import_key(SECRET))
    answer = office.ask(f"/auth/login?provider={ticket}")
    assert answer.status == 302, answer.text
    return answer.headers["location"], "; ".join(cookie.partition(";")[0] for cookie in answer.cookies)


def come_back(
    office: Site, liar: evil.Provider, lie: str, state: str | None = None, *, cookie: str | None = None
) -> bool:
    """Come back from the provider; tell whether a session was opened."""
    location, attempt = begin(office)
    liar.lie, liar.nonce = lie, evil.nonce_of(location)
    path = f"/oauth2callback?code=c&state={evil.state_of(location) if state is None else state}"
    answer = office.ask(path, Cookie=attempt if cookie is None else cookie)
    assert answer.status == 302
    assert answer.headers["location"] == "/"
    return any(one.startswith("_streamlit_user=") and "Max-Age=0" not in one for one in answer.cookies)


def test_an_honest_answer_signs_in(office: Site, liar: evil.Provider) -> None:
    assert come_back(office, liar, "")


@pytest.mark.parametrize(
    "lie", ["nonce", "no nonce", "audience", "issuer", "expired", "key", "unsigned", "public key as secret"]
)
def test_a_lie_signs_nobody_in(office: Site, liar: evil.Provider, lie: str) -> None:
    assert not come_back(office, liar, lie)
    assert office.healthy()


@pytest.mark.parametrize("state", ["", "wrong", "%00", "../../etc/passwd"])
def test_a_wrong_state_signs_nobody_in(office: Site, liar: evil.Provider, state: str) -> None:
    assert not come_back(office, liar, "", state)


def test_somebody_elses_answer_signs_nobody_in(office: Site, liar: evil.Provider) -> None:
    assert not come_back(office, liar, "", cookie="")


def test_an_answer_that_was_used_signs_nobody_in_again(office: Site, liar: evil.Provider) -> None:
    location, attempt = begin(office)
    liar.lie, liar.nonce = "", evil.nonce_of(location)
    path = f"/oauth2callback?code=c&state={evil.state_of(location)}"
    first = office.ask(path, Cookie=attempt)
    assert any(one.startswith("_streamlit_user=") and "Max-Age=0" not in one for one in first.cookies)
    after = "; ".join(one.partition(";")[0] for one in first.cookies if "Max-Age=0" not in one)
    again = office.ask(path, Cookie=after)
    assert not any(one.startswith("_streamlit_user=") and "Max-Age=0" not in one for one in again.cookies)
