"""Many people at once: each acts every five seconds, and how long each waits is kept."""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from websockets.exceptions import WebSocketException

from benchmarks import http, wire
from benchmarks.rows import quantile
from tests.loops import apart

EVERY = 5.0
PATIENCE = 60.0  # seconds after which an answer that has not come is a fault
FILTERS = ("filter_city", "filter_year", "filter_type")


@dataclass
class Waits:
    """What people waited, in seconds, by what they did; what went wrong; the memory seen meanwhile, and beside it at the end."""

    clicks: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    by_page: dict[str, list[float]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    memory: list[tuple[float, float]] = field(default_factory=list)
    beside: float = 0.0

    def p(self, share: float) -> float:
        """Return a quantile of all waits in ms."""
        return quantile(self.clicks + self.pages, share) * 1000


def together(rounds: Sequence[Waits]) -> Waits:
    """Return what people waited in several rounds; ``beside`` at the end of the one with most."""
    whole = Waits(beside=max((one.beside for one in rounds), default=0.0))
    for one in rounds:
        whole.clicks += one.clicks
        whole.pages += one.pages
        whole.faults += one.faults
        whole.memory += one.memory
        for page, waits in one.by_page.items():
            whole.by_page.setdefault(page, []).extend(waits)
    return whole


Person = Callable[[int, "Clock", Waits], Coroutine[Any, Any, None]]


@dataclass(frozen=True)
class Clock:
    """When people come, from when their waits count, when they leave."""

    start: float
    counts: float
    end: float

    @property
    def running(self) -> bool:
        """True until everybody leaves."""
        return time.monotonic() < self.end

    @property
    def counting(self) -> bool:
        """True once everybody has come and settled."""
        return time.monotonic() >= self.counts


def under(people: int, person: Person, seconds: float, *, coming: float, memory: Callable[[], float]) -> Waits:
    """Let ``people`` come over ``coming`` seconds, then measure for ``seconds``; a round before is warm-up."""
    now = time.monotonic()
    clock, waits = Clock(now, now + coming + 2 * EVERY, now + coming + 2 * EVERY + seconds), Waits()

    async def everybody() -> None:
        watch = asyncio.create_task(_watch(memory, clock, waits))
        await asyncio.gather(*(_comes(person, n, n * coming / people, clock, waits) for n in range(people)))
        await watch

    apart(everybody())
    return waits


async def _watch(memory: Callable[[], float], clock: Clock, waits: Waits) -> None:
    while clock.running:
        waits.memory.append((time.monotonic() - clock.start, memory()))
        await asyncio.sleep(1)


async def _comes(person: Person, number: int, after: float, clock: Clock, waits: Waits) -> None:
    await asyncio.sleep(after)
    try:
        await person(number, clock, waits)
    except (OSError, WebSocketException, TimeoutError) as error:
        waits.faults.append(f"person {number}: {type(error).__name__}: {error}")


async def acts(number: int, clock: Clock) -> Any:
    """Yield every five seconds, at a moment of the person's own, until everybody leaves."""
    turn = time.monotonic() + random.Random(number).uniform(0, EVERY)
    while turn < clock.end:
        await asyncio.sleep(max(0.0, turn - time.monotonic()))
        yield
        turn = max(turn + EVERY, time.monotonic())


def reader(home: str, headers: Callable[[int], Mapping[str, str]] = lambda _number: {}) -> Person:
    """A person before a browser window: changes a filter, and every fourth time goes to another page."""

    async def read(number: int, clock: Clock, waits: Waits) -> None:
        dice = random.Random(number)
        turn = dice.randrange(1000)
        async with wire.window(home, number, headers(number)) as window:
            await window.open()
            async for _now in acts(number, clock):
                turn += 1
                counting, moves = clock.counting, turn % 4 == 0
                page = wire.PAGES[turn // 4 % len(wire.PAGES)]
                async with asyncio.timeout(PATIENCE):
                    run = await (window.open(page) if moves else _filter(window, dice))
                if counting:
                    (waits.pages if moves else waits.clicks).append(run.seconds)
                    waits.by_page.setdefault(window.page, []).append(run.seconds)
                waits.faults += run.faults

    return read


def warmed(home: str, number: int = 0, headers: Mapping[str, str] | None = None) -> None:
    """Let one visitor see every page, so that nobody measured is the first since the server started."""

    async def visit() -> None:
        async with wire.window(home, number, headers) as window:
            await window.open()
            for page in wire.PAGES:
                await window.open(page)

    apart(visit())


async def _filter(window: wire.Window, dice: random.Random) -> wire.Run:
    key = dice.choice(FILTERS)
    values = [] if dice.random() < 0.25 else [dice.choice(window.options[key])]
    return await window.choose(key, values)


def asker(url: str, path: str, headers: dict[str, str], bodies: list[Any]) -> Person:
    """A program that asks a peer's API as often as a person changes a filter."""

    async def ask(number: int, clock: Clock, waits: Waits) -> None:
        dice, connection = random.Random(number), http.Connection(url, headers)
        async for _now in acts(number, clock):
            started, counting = time.perf_counter(), clock.counting
            async with asyncio.timeout(PATIENCE):
                status, _content = await connection.post(path, dice.choice(bodies))
            if counting:
                waits.clicks.append(time.perf_counter() - started)
            if status != 200:
                waits.faults.append(f"status {status}")
        with contextlib.suppress(AttributeError, TypeError):
            connection.streams[1].close()  # type: ignore[index]

    return ask
