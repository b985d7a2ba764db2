"""Simulated people on the real pages, over the real WebSocket, beside Superset's API under the same load.

    python -m benchmarks.users 60 50 100        seconds, then numbers of people
    BENCH_SECONDS=30 make bench ONLY=users

Everybody acts every five seconds: three changes of a filter, then another page. The driver shares the
machine's cores with the server; Superset only returns the data of one group-by, its cache off. The numbers
of people that are compared with it are measured in turn with it, each time by a server that was just started.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from statistics import fmean, median

from benchmarks import load, serve, synthetic
from benchmarks.load import Waits
from benchmarks.peers import superset
from benchmarks.rows import Row, quantile, row
from tidy.schema import PILOT_TYPES, read_table

FIGURES = 1_000_000
PEOPLE = (1, 20, 50, 100)
SUPERSET = (50, 100)
ROUNDS = 3
KNEE = 2000.0  # ms of p95 from which people give up
STEPS = (100, 130, 160, 200, 250)


def seconds() -> float:
    """Return how long each number of people is measured in all its rounds (BENCH_SECONDS, default two minutes)."""
    return float(os.environ.get("BENCH_SECONDS", "120"))


def run(people: Sequence[int] = (), figures: int = FIGURES) -> list[Row]:
    """Measure each number of people, the large ones in turn with Superset's API."""
    people = people or [int(n) for n in os.environ.get("BENCH_PEOPLE", "").split()] or PEOPLE
    rows = [line for n in people if n not in SUPERSET for line in _rows(f"{n} sessions", _app(n, figures, seconds()))]
    with ExitStack() as open_ones:
        asked = [n for n in people if n in SUPERSET]
        api = _api(open_ones, figures) if asked else None
        return rows + [line for n in asked for line in _beside(n, figures, api)]


def shipped() -> list[Row]:
    """50 and 100 people on the figures that come with the program."""
    return [line for n in SUPERSET for line in _rows(f"{n} sessions, shipped figures", _app(n, 0, seconds()))]


def _app(people: int, figures: int, lasting: float) -> Waits:
    with synthetic.copy_of(figures) as store, serve.app(store) as server:
        load.warmed(server.url)
        waits = load.under(people, load.reader(server.url), lasting, coming=_coming(people), memory=server.megabytes)
        waits.beside = server.beside()
    _say(people, waits)
    return waits


def _coming(people: int) -> float:
    return 4 + people * 0.25


def _say(people: int, waits: Waits) -> None:
    slow = {page: round(quantile(found, 0.95) * 1000) for page, found in sorted(waits.by_page.items())}
    print(f"{people}: p50 {waits.p(0.5):.0f} p95 {waits.p(0.95):.0f} ms, {len(waits.faults)} faults, p95 by page {slow}",
          *waits.faults[:3], file=sys.stderr, sep="\n  ")  # fmt: skip


def _rows(name: str, waits: Waits) -> list[Row]:
    count = len(waits.clicks) + len(waits.pages)
    return [
        row(f"{name}: p50", waits.p(0.5), "ms", rounds=count),
        row(f"{name}: p95", waits.p(0.95), "ms", rounds=count),
        row(f"{name}: p95 of filter changes", quantile(waits.clicks, 0.95) * 1000, "ms", rounds=len(waits.clicks)),
        row(f"{name}: p95 of page changes", quantile(waits.pages, 0.95) * 1000, "ms", rounds=len(waits.pages)),
        row(f"{name}: errors", len(waits.faults), "", rounds=count),
        row(f"{name}: memory", max((size for _at, size in waits.memory), default=0.0), "MB"),
        *([row(f"{name}: memory of the second process", waits.beside, "MB")] if waits.beside else []),
    ]


def _api(open_ones: ExitStack, figures: int) -> superset.Api | None:
    """Superset's API until all is measured, ``None`` where it cannot be installed."""
    try:
        return open_ones.enter_context(superset.served(figures))
    except (superset.Unavailable, OSError, TimeoutError, RuntimeError) as error:
        print(f"Superset: {error}", file=sys.stderr)
        return None


def _beside(people: int, figures: int, api: superset.Api | None) -> list[Row]:
    """One number of people on the app and on Superset's API, in turn; its recorded figures, said so, where it is not there."""
    ours, theirs = [], []
    for _round in range(ROUNDS):
        ours.append(_app(people, figures, seconds() / ROUNDS))
        theirs += [_superset(people, api)] if api else []
    together = load.together(ours)
    rows = _rows(f"{people} sessions", together)
    if not theirs:
        recorded = superset.RECORDED[people]
        return [*rows, _ratio(people, together.p(0.95), recorded, "recorded beforehand", together.p(0.95) / recorded)]
    peer = load.together(theirs)
    ratio = median(mine.p(0.95) / its.p(0.95) for mine, its in zip(ours, theirs, strict=True))
    rows += [line for line in _rows(f"Superset API, {people} clients", peer) if "changes" not in line["name"]]
    return [*rows, _ratio(people, together.p(0.95), peer.p(0.95), "same run, median of the rounds", ratio)]


def _superset(people: int, api: superset.Api) -> Waits:
    bodies = [
        api.query(indicator, kind)
        for indicator in read_table("indicators")["indicator_id"][:40]
        for kind in PILOT_TYPES[:4]
    ]
    api.sign_in()
    asker = load.asker(api.url, api.path, api.headers, bodies)
    waits = load.under(people, asker, seconds() / ROUNDS, coming=_coming(people), memory=api.megabytes)
    _say(people, waits)
    return waits


def _ratio(people: int, ours: float, theirs: float, how: str, ratio: float) -> Row:
    said = f"Superset API {theirs:.0f} ms, {how}"
    return row(f"{people} sessions: p95 against Superset's API", ours, "ms", said, ratio, ROUNDS)


def knee() -> list[Row]:
    """More and more people on one process until the p95 passes two seconds; the last number below is the knee."""
    rows, held = [], 0
    for people in STEPS:
        waits = _app(people, FIGURES, seconds())
        rows.append(row(f"{people} sessions: p95 on the way to the knee", waits.p(0.95), "ms"))
        if waits.p(0.95) > KNEE or waits.faults:
            break
        held = people
    return [*rows, row("sessions held below 2 s by one process", held, "sessions")]


def behind_nginx(people: int = 250) -> list[Row]:
    """250 people, signed in, on two processes behind the nginx of ``deploy/``: on the shipped figures and on a million."""
    return [line for figures in (0, FIGURES) for line in _proxied(people, figures)]


def _proxied(people: int, figures: int) -> list[Row]:
    from benchmarks.proxied import site

    with synthetic.copy_of(figures) as store, site(store) as (home, headers, memory):
        for number in range(4):  # one of two processes each, by the cookie
            load.warmed(home, number, headers(number))
        waits = load.under(people, load.reader(home, headers), seconds(), coming=_coming(people), memory=memory)
    _say(people, waits)
    said = f"{figures:,} figures" if figures else "shipped figures"
    return _rows(f"{people} sessions, two processes behind nginx, {said}", waits)


def soak(people: int = 20) -> list[Row]:
    """Half an hour (BENCH_SOAK seconds) of 20 people; the slope of memory over its second half."""
    length = float(os.environ.get("BENCH_SOAK", "1800"))
    with synthetic.copy_of(FIGURES) as store, serve.app(store) as server:
        load.warmed(server.url)
        waits = load.under(people, load.reader(server.url), length, coming=10, memory=server.megabytes)
    half = [(at, size) for at, size in waits.memory if at > length / 2]
    first, last = (fmean(size for _at, size in part) for part in (half[: len(half) // 4], half[-len(half) // 4 :]))
    name = f"{people} sessions for {length / 60:.0f} minutes"
    growth = (last - first) / (length * 3 / 8) * 3600
    return [*_rows(name, waits), row(f"{name}: memory at the middle", first, "MB"), row(f"{name}: memory at the end", last, "MB", "at the middle", last / first),
            row(f"{name}: growth in the second half", growth, "MB/h")]  # fmt: skip


if __name__ == "__main__":
    os.environ["BENCH_SECONDS"] = sys.argv[1] if len(sys.argv) > 1 else "30"
    began = time.monotonic()
    for line in run([int(n) for n in sys.argv[2:]] or PEOPLE):
        print(json.dumps(line, ensure_ascii=False))
    print(f"{time.monotonic() - began:.0f} s", file=sys.stderr)
