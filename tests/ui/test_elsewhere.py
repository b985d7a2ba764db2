"""The second process: answers what this one would, is done without when it cannot, and is started when people wait."""

from __future__ import annotations

import inspect
import pickle
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from charts.draw import draw
from tidy.exhibit import Exhibit
from ui import build, cached, elsewhere, kept, reading, turns
from ui.choice import Choice
from ui.elsewhere import Maker, Question, Unavailable

EVERYTHING = Choice()
ENROLMENT = "insurance_enrolment"


def until(true: Callable[[], object], seconds: float = 60) -> None:
    """Wait until something is true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture(scope="module")
def maker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Maker]:
    """A second process on a store of the shipped figures, which this process has open too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PILOTS_STORE", str(tmp_path_factory.mktemp("elsewhere") / "store"))
        st.cache_resource.clear()
        cached.store()
        started = Maker()
        started.start()
        until(lambda: started.pid)
        yield started
        started.stop()
    st.cache_resource.clear()


@pytest.fixture
def asked(maker: Maker, monkeypatch: pytest.MonkeyPatch) -> Maker:
    """The second process where this one asks for what a page is about to show; nothing is kept yet."""
    kept.forget()
    monkeypatch.setattr(elsewhere, "_maker", maker)
    return maker


def question(*wanted: tuple[Any, ...], load_id: str = "") -> Question:
    """A question in Chinese about what is served now."""
    return Question(load_id or cached.served_id(), "zh", "light", wanted)


def plain(shown: Exhibit) -> list[dict[str, Any]]:
    """The rows of an exhibit, missing limits as texts, for NaN differs from itself."""
    return [dict(row) for row in shown.table.astype(str).to_dict("records")]


@pytest.mark.parametrize(
    "wanted",
    [
        (build.by_city, EVERYTHING, ENROLMENT),
        (build.over_time, Choice(cities=("嘉兴市",)), ENROLMENT),
        (build.dots_by_city, EVERYTHING, "organising_rate"),
        (build.completeness_by_city, EVERYTHING),
    ],
    ids=lambda wanted: wanted[0].__qualname__,
)
def test_the_second_process_makes_and_draws_the_same(maker: Maker, wanted: tuple[Any, ...]) -> None:
    ((made, drawn),) = maker.ask(question(wanted))
    own = wanted[0](*wanted[1:])
    assert plain(made) == plain(own)
    assert made.meta == own.meta
    assert drawn.to_json() == draw(own, "light").to_json()
    assert drawn.layout.to_plotly_json() == draw(own, "light").layout.to_plotly_json()


def test_several_are_answered_in_their_order(maker: Maker) -> None:
    answers = maker.ask(question((reading.sentence, EVERYTHING, ENROLMENT), (build.by_type, EVERYTHING, ENROLMENT)))
    assert answers[0] == (reading.sentence(EVERYTHING, ENROLMENT), None)
    assert isinstance(answers[1][0], Exhibit)


def test_a_page_finds_what_was_asked_for_ahead(asked: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    told = []
    real = asked.ask
    monkeypatch.setattr(asked, "ask", lambda one: told.append(len(one.wanted)) or real(one))
    wanted = [(make, EVERYTHING, ENROLMENT) for make in (build.by_city, build.by_type)]
    with turns.turn("coverage"):
        cached.ahead(*wanted)
        shown = [cached.exhibit(*one) for one in wanted]
    assert told == [2]
    assert [one.options["made_by"] for one in shown] == [
        ("ui.build.by_city", (ENROLMENT,)),
        ("ui.build.by_type", (ENROLMENT,)),
    ]
    assert [plain(one) for one in shown] == [plain(make(*rest)) for make, *rest in wanted]


@pytest.mark.parametrize("page", ["present", "upload"])
def test_pages_that_may_take_long_keep_nobody_from_it(asked: Maker, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    monkeypatch.setattr(asked, "ask", lambda _question: pytest.fail("asked"))
    with turns.turn(page):
        assert len(cached.exhibit(build.by_city, EVERYTHING, ENROLMENT).table)


@pytest.mark.parametrize(
    "wanted",
    [(lambda _choice: 1, EVERYTHING), (build.by_city, EVERYTHING, "no such indicator")],
    ids=["cannot be sent", "cannot be made"],
)
def test_what_it_cannot_answer_is_made_here(maker: Maker, wanted: tuple[Any, ...]) -> None:
    with pytest.raises(Unavailable):
        maker.ask(question(wanted))
    assert maker.pid


def test_other_figures_than_it_reads_are_not_answered(maker: Maker) -> None:
    with pytest.raises(Unavailable):
        maker.ask(question((build.by_city, EVERYTHING, ENROLMENT), load_id="of tomorrow"))
    assert maker.ask(question((build.pilots_map, EVERYTHING, "city")))


def test_pages_go_on_when_it_has_died(asked: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    mortal = Maker()
    mortal.start()
    until(lambda: mortal.pid)
    monkeypatch.setattr(elsewhere, "_maker", mortal)
    mortal._process.kill()  # type: ignore[union-attr]
    with turns.turn("coverage"):
        assert len(cached.exhibit(build.by_city, EVERYTHING, ENROLMENT).table)
    assert not mortal.pid
    mortal.start()
    assert mortal._process is None, "not started again at once"


def test_one_that_does_not_start_is_done_without() -> None:
    broken = Maker((sys.executable, "-c", "print('no')"))
    broken.start()
    until(lambda: broken._process is None)
    with pytest.raises(Unavailable):
        broken.ask(Question("", "zh", "light", ()))


def test_it_ends_with_the_process_that_started_it(maker: Maker) -> None:
    own = Maker()
    own.start()
    until(lambda: own.pid)
    process = own._process
    assert process
    assert process.stdin
    process.stdin.close()
    assert process.wait(30) == 0
    own.stop()


def test_every_maker_is_known_by_its_name() -> None:
    makers = [one for name, one in vars(build).items() if inspect.isfunction(one) and one.__module__ == build.__name__]
    assert len(makers) > 15
    for make in makers:
        assert pickle.loads(pickle.dumps(make)) is make


def test_it_is_started_when_somebody_has_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[None] = []
    monkeypatch.setattr(turns, "_hooks", [])
    turns.when_waiting(lambda: calls.append(None))

    def follow() -> None:
        with turns.turn("coverage"):
            pass

    with turns.turn("overview"):
        follower = threading.Thread(target=follow)
        assert not calls
        follower.start()
        until(lambda: calls)
    follower.join(30)


def test_nobody_is_kept_waiting_by_one_who_waits_elsewhere() -> None:
    entered = threading.Event()

    def follow() -> None:
        with turns.turn("coverage"):
            entered.set()

    with turns.turn("overview"):
        follower = threading.Thread(target=follow)
        with turns.away():
            follower.start()
            assert entered.wait(30)
        follower.join(30)
        assert not turns._turns.acquire(blocking=False), "the turn was taken back"
    assert turns._turns.acquire(blocking=False)
    turns._turns.release()


def test_a_page_that_takes_no_turns_takes_none_after_waiting() -> None:
    with turns.turn("upload"), turns.away():
        pass
    assert turns._turns.acquire(blocking=False)
    turns._turns.release()


def test_two_names_for_the_same_builder_are_two_exhibits(maker: Maker) -> None:
    """The strip of every reporter, which a spread is worked out from, and the one thinned out for the screen."""
    keys = cached._keys(*((make, EVERYTHING) for make in (build.every_dot_by_city, build.dots_by_city)))
    names = {key[3] for key in keys}
    assert names == {"ui.build.every_dot_by_city", "ui.build.dots_by_city"}


def test_forbidden_by_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PILOTS_MAKER", "0")
    monkeypatch.setattr(elsewhere, "_maker", None)
    elsewhere.allow()
    assert not elsewhere.ready()
