"""What is kept between runs: worked out once, the least used dropped, nothing of a failure."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from ui import kept


def test_many_who_ask_at_once_wait_for_one_answer() -> None:
    asked: list[int] = []
    ready = threading.Barrier(8)

    @kept.kept(4)
    def work(number: int) -> object:
        asked.append(number)
        return object()

    def ask() -> object:
        ready.wait()
        return work(7)

    with ThreadPoolExecutor(8) as pool:
        answers = {id(one.result()) for one in [pool.submit(ask) for _ in range(8)]}
    assert asked == [7]
    assert len(answers) == 1


def test_the_least_used_is_dropped() -> None:
    asked: list[str] = []

    @kept.kept(2)
    def work(name: str) -> str:
        asked.append(name)
        return name

    for name in ("a", "b", "a", "c", "a", "b"):
        assert work(name) == name
    assert asked == ["a", "b", "c", "b"]


def test_nothing_is_kept_of_a_failure() -> None:
    fails = [True]

    @kept.kept(2)
    def work() -> str:
        if fails.pop() if fails else False:
            raise OSError
        return "read"

    with pytest.raises(OSError):
        work()
    assert work() == "read"


def test_an_object_is_its_own_key_and_what_stands_aside_is_none() -> None:
    asked: list[object] = []

    @kept.kept(4)
    def work(one: kept.Same, make: kept.Aside) -> object:
        asked.append(one.it)
        return make.it()

    first, second = [1], [1]
    assert work(kept.Same(first), kept.Aside(lambda: "first")) == "first"
    assert work(kept.Same(first), kept.Aside(lambda: "not asked")) == "first"
    assert work(kept.Same(second), kept.Aside(lambda: "second")) == "second"
    assert asked == [first, second]


def test_another_store_finds_nothing_kept() -> None:
    asked: list[int] = []

    @kept.kept(2)
    def work() -> None:
        asked.append(1)

    work()
    kept.forget()
    work()
    assert len(asked) == 2
