"""A job may hang, die, swell or fail; its host hears one clear message and works on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from loaders import sandbox
from loaders.refusal import Refused

ROOT = Path(__file__).resolve().parent.parent.parent


def job(name: str) -> str:
    return f"tests.loaders.jobs:{name}"


def test_results_come_back() -> None:
    assert sandbox.call(job("add"), 2, 3) == 5
    assert list(sandbox.stream(job("count"), 4)) == [0, 1, 2, 3]
    assert sandbox.call(job("chatter")) == "done"


@pytest.mark.parametrize(
    ("name", "code"),
    [("abort", "reader_died"), ("swell", "too_large"), ("refuse", "password"), ("fail", "unreadable")],
)
def test_each_way_of_going_wrong_has_a_message(name: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        sandbox.call(job(name))
    assert refused.value.problem.code == code
    assert refused.value.problem.advice
    assert sandbox.call(job("add"), 1, 1) == 2, "the host works on"


def test_a_hanging_job_is_killed() -> None:
    with pytest.raises(Refused) as refused:
        sandbox.call(job("sleep"), seconds=0.3)
    assert refused.value.problem.code == "too_slow"


REUSE = """
from loaders import sandbox
from loaders.refusal import Refused

first = sandbox.call("tests.loaders.jobs:who")
print(sandbox.call("tests.loaders.jobs:who") == first)
try:
    sandbox.call("tests.loaders.jobs:abort")
except Refused:
    print(sandbox.call("tests.loaders.jobs:who") != first)
"""


def test_a_healthy_worker_is_used_again_and_a_dead_one_is_not() -> None:
    # In a process of its own: threads of other tests may be using this one's workers.
    done = subprocess.run([sys.executable, "-c", REUSE], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.stdout.split() == ["True", "True"], done.stderr


def test_a_stream_that_is_left_early_harms_no_one() -> None:
    assert next(iter(sandbox.stream(job("count"), 1_000_000))) == 0
    assert sandbox.call(job("add"), 1, 2) == 3
