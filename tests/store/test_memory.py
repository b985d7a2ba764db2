"""Layouts, settings, aliases, people and saved views outlive the process that kept them."""

from __future__ import annotations

import pytest

from store import NotFound, Store, User
from tests.store.conftest import Opener


def test_remembering(opened: Opener) -> None:
    opened().remember("layout", "abc", {"roles": ["标题", None], "n": 1.5}, by="甲")
    store = opened()
    store.remember("layout", "xyz", [])
    assert store.recall("layout", "abc") == {"roles": ["标题", None], "n": 1.5}
    assert store.recall_all("layout") == {"abc": {"roles": ["标题", None], "n": 1.5}, "xyz": []}
    assert store.recall("layout", "other", default="无") == "无"
    store.remember("layout", "abc", False)
    assert store.recall("layout", "abc", default=True) is False
    store.forget("layout", "abc")
    store.forget("layout", "abc")
    assert store.recall("layout", "abc") is None


def test_aliases(store: Store) -> None:
    store.save_alias("reporter", "新能源镇", "r1", by="甲")
    store.save_alias("reporter", "新能源镇", "r2", by="甲")
    store.save_alias("indicator", "参会人数", "members")
    assert store.aliases("reporter") == {"新能源镇": "r2"}
    store.delete_alias("reporter", "新能源镇")
    assert store.aliases("reporter") == {}


def test_people(store: Store) -> None:
    store.save_user(User("u1", "甲", ("analyst", "reviewer"), ("嘉兴市",), True), by="admin")
    store.save_user(User("u1", "甲", ("viewer",), (), False), by="admin")
    assert store.user("u1") == User("u1", "甲", ("viewer",), (), False)
    assert store.users() == [store.user("u1")]
    assert store.user("stranger") is None


def test_views(store: Store) -> None:
    store.save_view("我的表", "table", "city=嘉兴市", owner="甲")
    view = store.save_view("我的表", "table", "city=湖州市&year=2017", owner="甲")
    store.save_view("我的表", "table", "", owner="乙")
    assert store.views("甲") == [view]
    assert len(store.views()) == 2
    store.delete_view(view.id)
    assert store.views("甲") == []
    with pytest.raises(NotFound):
        store.delete_view(view.id)
