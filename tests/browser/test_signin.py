"""Signing in at a real OpenID provider (npm oidc-provider) in a real browser: roles, refusal, expiry, sign-out."""

from __future__ import annotations

import contextlib
import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from store import User, open_store
from tests.browser.steps import PATIENCE, settle
from tests.security.conftest import Site, auth, site
from tests.serving import ROOT, free_port

pytestmark = pytest.mark.browser
PROVIDER = ROOT / "tests" / "security" / "provider"
ROLES = {"wu": ["viewer"], "an": ["analyst"], "shen": ["reviewer"], "guan": ["admin"]}


@dataclass
class Office:
    """The app, its provider's list of people and its store."""

    site: Site
    people: Path

    def is_(self, id: str, **said: Any) -> None:
        """Change what the provider says of a person."""
        known = json.loads(self.people.read_text(encoding="utf-8"))
        self.people.write_text(json.dumps(known | {id: {"name": f"测试{id}", **said}}), encoding="utf-8")


@pytest.fixture(scope="module")
def provider_code(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The provider, installed from the registry at its pinned version."""
    if not shutil.which("node") or not shutil.which("npm"):
        pytest.skip("no node: the sign-in test needs Debian's packages nodejs and npm")
    folder = tmp_path_factory.mktemp("provider")
    for name in ("package.json", "provider.mjs"):
        shutil.copy(PROVIDER / name, folder)
    command = ["npm", "install", "--no-audit", "--no-fund", "--silent", "--ignore-scripts"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode:
        pytest.skip("oidc-provider could not be installed: no registry within reach")
    return folder


@pytest.fixture(scope="module")
def office(provider_code: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder, port, own = tmp_path_factory.mktemp("office"), free_port(), free_port()
    people = folder / "people.json"
    people.write_text(json.dumps({id: {"name": f"测试{id}", "roles": roles} for id, roles in ROLES.items()}), "utf-8")
    callback = f"http://127.0.0.1:{own}/oauth2callback"
    with (folder / "provider.log").open("w") as log:
        command = ["node", "provider.mjs", str(port), callback, str(people)]
        process = subprocess.Popen(command, cwd=provider_code, stdout=log, stderr=log)
        try:
            _listening(port)
            access = 'roles_claim = "roles"\n'
            with site(folder, auth(own, f"http://127.0.0.1:{port}", access), own) as made:
                yield Office(made, people)
        finally:
            process.terminate()
            process.wait(60)


def _listening(port: int) -> None:
    for _attempt in range(600):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.2)
    raise RuntimeError("the provider did not start")


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1440, "height": 1200}, locale="zh-CN")
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def sign_in(page: Any, office: Office, id: str, path: str = "/") -> None:
    """Open a page, press 登录, give the name at the provider, come back."""
    page.goto(office.site.url + path)
    page.get_by_role("button", name="登录").click()
    page.locator('input[name="login"]').fill(id)
    page.locator('input[name="password"]').fill("any")
    page.get_by_role("button", name="Sign-in").click()
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(f"{office.site.url}/**")
    settle(page)


def text(page: Any) -> str:
    """What the page says."""
    return str(page.locator('[data-testid="stMain"]').inner_text())


def test_nothing_is_shown_before_sign_in(page: Any, office: Office) -> None:
    page.goto(f"{office.site.url}/insurance")
    page.get_by_role("button", name="登录").wait_for()
    assert "请先登录" in text(page)
    assert page.locator('[data-testid="stSidebarNav"]').count() == 0
    assert "参保" not in text(page)


def test_a_link_survives_signing_in(page: Any, office: Office) -> None:
    sign_in(page, office, "wu", "/insurance?city=嘉兴市&lang=zh")
    assert page.url.startswith(f"{office.site.url}/insurance")
    assert page.locator("h1").inner_text() == "医疗互助"
    assert "嘉兴市" in page.locator('[data-testid="stMultiSelect"]').first.inner_text()


OPENED = {"upload": "上传与草稿", "review": "待发布", "admin": "停用的人不能再进入"}
MAY_OPEN = {"wu": (), "an": ("upload", "review"), "shen": ("upload", "review"), "guan": ("admin",)}


@pytest.mark.parametrize("id", list(ROLES))
def test_each_role_opens_its_pages(page: Any, office: Office, id: str) -> None:
    sign_in(page, office, id)
    for name, word in OPENED.items():
        page.goto(f"{office.site.url}/{name}")
        settle(page)
        assert (word in text(page)) == (name in MAY_OPEN[id]), (id, name, text(page)[:200])
        assert ("权限。请联系" in text(page)) == (name not in MAY_OPEN[id])
    refusals = [entry for entry in open_store(str(office.site.folder / "store")).audit() if entry.action == "refused"]
    assert {name for name in OPENED if name not in MAY_OPEN[id]} <= {
        name for name in OPENED for entry in refusals if f"（{id}）" in entry.who and name in entry.detail
    }


def test_signing_out_ends_it_in_every_window(page: Any, office: Office) -> None:
    sign_in(page, office, "an", "/upload")
    second = page.context.new_page()
    second.goto(f"{office.site.url}/review")
    settle(second)
    copied = page.context.cookies()
    page.get_by_role("button", name="测试an").click()
    page.get_by_role("button", name="退出登录").click()
    yes = page.get_by_role("button", name="Yes, sign me out")  # the provider asks
    yes.click()
    page.get_by_role("button", name="登录").wait_for()
    second.get_by_text("发布历史", exact=True).click()
    second.get_by_text("已退出登录").wait_for()
    page.context.add_cookies(copied)
    page.goto(f"{office.site.url}/upload")
    page.get_by_text("已退出登录").wait_for()
    page.context.clear_cookies()
    second.reload()
    second.get_by_role("button", name="登录").wait_for()
    assert not [cookie for cookie in page.context.cookies() if cookie["name"].startswith("_streamlit_user")]


def test_a_person_switched_off_is_out_at_the_next_step(page: Any, office: Office) -> None:
    sign_in(page, office, "shen", "/review")
    store = open_store(str(office.site.folder / "store"))
    store.save_user(User("shen", "测试shen", ("reviewer",), (), active=False), by="test")
    page.get_by_text("发布历史", exact=True).click()
    page.get_by_text("您的账号已停用").wait_for()
    store.save_user(User("shen", "测试shen", ("reviewer",), (), active=True), by="test")
    page.reload()
    page.get_by_text("待发布").first.wait_for()


def test_a_changed_group_counts_from_the_next_sign_in(page: Any, office: Office) -> None:
    office.is_("huan", roles=["viewer"])
    sign_in(page, office, "huan", "/admin")
    assert "权限。请联系" in text(page)
    office.is_("huan", roles=["admin"])
    page.context.clear_cookies()
    sign_in(page, office, "huan", "/admin")
    assert OPENED["admin"] in text(page)


def test_somebody_without_a_role_is_told_so(page: Any, office: Office) -> None:
    office.is_("wai", roles=[])
    sign_in(page, office, "wai")
    assert "还没有权限" in text(page)
    assert page.locator('[data-testid="stSidebarNav"]').count() == 0


def test_a_session_ends_with_its_token(page: Any, office: Office) -> None:
    office.is_("duan", roles=["analyst"], seconds=1)  # and 10 s by which clocks may differ
    sign_in(page, office, "duan", "/review")
    if "登录已过期" not in text(page):
        assert "待发布" in text(page)
        page.wait_for_timeout(11_500)
        page.get_by_text("发布历史", exact=True).click()
    page.get_by_text("登录已过期").wait_for()
    assert page.locator('[data-testid="stSidebarNav"]').count() == 0
