"""A job may hang, die, swell or fail; its host hears one clear message and works on."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from loaders import annotate, loading, room, sandbox
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


def test_a_job_that_says_it_is_at_work_may_take_longer_than_a_silence() -> None:
    assert sandbox.call(job("beat"), 8, 0.3, seconds=2.0) == "done"


def test_a_job_that_never_ends_is_killed_however_often_it_says_it_is_at_work() -> None:
    with pytest.raises(Refused) as refused:
        sandbox.call(job("beat"), 1_000, 0.3, seconds=30.0, total=1.5)
    assert refused.value.problem.code == "too_slow"


def test_no_file_may_be_silent_or_take_longer_than_twenty_seconds(tmp_path: Path) -> None:
    small, large = tmp_path / "small", tmp_path / "large"
    small.write_bytes(b"x")
    large.write_bytes(bytes(4 << 20))
    assert sandbox.SECONDS < room.bounds(small)["total"] < 20 < room.bounds(large)["total"] < 30
    assert room.bounds(small)["megabytes"] < room.bounds(large)["megabytes"] < room.MOST_ROOM


def test_a_workbook_that_hangs_gives_a_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "表.csv"
    path.write_text("市,会员\n杭州市,5\n")
    monkeypatch.setattr(loading, "READ", job("hang"))
    monkeypatch.setattr(annotate, "WRITE", job("hang"))
    monkeypatch.setattr(room, "TOTAL", 1.0)
    loaded = loading.load(path)
    assert [problem.code for problem in loaded.problems] == ["too_slow"]
    assert loaded.problems[0].file == "表.csv"
    with pytest.raises(Refused) as refused:
        annotate.annotate(path, [])
    assert refused.value.problem.code == "too_slow"


REUSE = """
from loaders import room, sandbox
from loaders.refusal import Refused

first = sandbox.call("tests.loaders.jobs:who")
print(sandbox.call("tests.loaders.jobs:who") == first)
try:
    sandbox.call("tests.loaders.jobs:abort")
except Refused:
    print(sandbox.call("tests.loaders.jobs:who") != first)
"""


def test_a_healthy_worker_is_used_again_and_a_dead_one_is_not() -> None:
    assert _told(REUSE) == ["True", "True"]


LARGE_HOST = """
from loaders import sandbox

held = b"1" * (sandbox.RETIRE_AT + 50 << 20)
first = sandbox.call("tests.loaders.jobs:who")
print(sandbox.call("tests.loaders.jobs:who") == first)
print(sandbox.call("tests.loaders.jobs:hold", sandbox.RETIRE_AT) == first)
print(sandbox.call("tests.loaders.jobs:who") == first)
"""


def test_a_worker_leaves_for_what_it_holds_itself_not_for_what_its_host_holds() -> None:
    assert _told(LARGE_HOST) == ["True", "True", "False"]


def _told(script: str) -> list[str]:
    # In a process of its own: threads of other tests may be using this one's workers.
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert not done.returncode, done.stderr
    return done.stdout.split()


def test_a_stream_that_is_left_early_harms_no_one() -> None:
    assert next(iter(sandbox.stream(job("count"), 1_000_000))) == 0
    assert sandbox.call(job("add"), 1, 2) == 3


def test_files_wait_for_their_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_turns", threading.BoundedSemaphore(1))
    first = iter(sandbox.stream(job("count"), 3))
    next(first)
    done: list[int] = []
    second = threading.Thread(target=lambda: done.append(sandbox.call(job("add"), 1, 2)))
    second.start()
    second.join(0.3)
    assert not done
    assert list(first) == [1, 2]
    second.join(60)
    assert done == [3]
