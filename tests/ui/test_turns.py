"""Pages take turns, but nobody waits for a page that takes long, nor for ever."""

from __future__ import annotations

import threading

import pytest

from ui import turns


def held(page: str) -> tuple[threading.Event, threading.Thread]:
    """Hold the turn of a page in another thread until the event is set."""
    began, end = threading.Event(), threading.Event()

    def hold() -> None:
        with turns.turn(page):
            began.set()
            end.wait(30)

    thread = threading.Thread(target=hold)
    thread.start()
    assert began.wait(30)
    return end, thread


def test_a_page_begins_when_the_one_before_has_ended() -> None:
    end, holder = held("overview")
    entered = threading.Event()

    def follow() -> None:
        with turns.turn("coverage"):
            entered.set()

    follower = threading.Thread(target=follow)
    follower.start()
    assert not entered.wait(0.2)
    end.set()
    assert entered.wait(turns.PATIENCE + 10)
    holder.join()
    follower.join()


@pytest.mark.parametrize(("first", "second"), [("upload", "overview"), ("overview", "review")])
def test_pages_that_take_long_are_no_part_of_it(first: str, second: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 3600.0)
    end, holder = held(first)
    with turns.turn(second):
        pass
    end.set()
    holder.join()


def test_nobody_waits_for_ever_and_a_page_that_fails_gives_its_turn_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0.01)
    end, holder = held("overview")
    with pytest.raises(ValueError, match="page"), turns.turn("coverage"):
        raise ValueError("page")
    end.set()
    holder.join()
    monkeypatch.setattr(turns, "PATIENCE", 3600.0)
    for _again in range(2):
        with turns.turn("overview"):
            pass
