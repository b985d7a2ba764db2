"""The benchmarks' own arithmetic, their record, and the ratios that hold on a busy machine."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import budget, deck, load, registry, report, serve, wire
from benchmarks.rows import exponent, in_turn, quantile, row
from exports import engine
from tests.loops import apart

ROOT = Path(__file__).resolve().parents[2]


def test_every_benchmark_can_be_called() -> None:
    for name, one in registry.BENCHMARKS.items():
        module = __import__(f"benchmarks.{one.module}", fromlist=[one.call])
        assert callable(getattr(module, one.call)), name


def test_list_names_each_benchmark() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--list"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert [line.split()[0] for line in said.stdout.splitlines()] == list(registry.BENCHMARKS)


def test_quantiles_and_exponents() -> None:
    assert (quantile(range(1, 101), 0.5), quantile(range(1, 101), 0.95), quantile([7.0], 0.95)) == (50, 95, 7)
    assert math.isnan(quantile([], 0.5))
    assert exponent([1, 10, 100], [3, 30, 300]) == pytest.approx(1)
    assert exponent([1, 10, 100], [5, 5, 5]) == pytest.approx(0)


def test_ways_are_run_in_turn() -> None:
    seen: list[str] = []
    taken = in_turn({name: lambda n=name: seen.append(n) for name in "ab"}, 3)
    assert seen == list("abababab")
    assert set(taken) == {"a", "b"}


def test_a_worse_ratio_breaks_the_budget(tmp_path: Path) -> None:
    limits = tmp_path / "budget.toml"
    limits.write_text('[ratio.x]\n"a" = 2\n[goal.x]\n"a" = "≤ 5"\n', encoding="utf-8")
    results = {"x": {"rows": [row("a", 4, "ms", "floor", 2.5), row("b", 1, "ms", "floor", 99)]}}
    assert budget.broken(results, limits) == ["x: a: ratio 2.5 is above the budget of 2"]
    results["x"]["rows"][0]["ratio"] = 1.9
    assert budget.broken(results, limits) == []


def test_goals() -> None:
    measured = row("a", 4, "ms", "floor", 2.5)
    assert [budget.reached(measured, goal) for goal in ("≤ 5", "≤ 3", "≥ 4", "ratio ≤ 2", "ratio ≤ 3")] == [
        True,
        False,
        True,
        False,
        True,
    ]
    assert not budget.reached(row("a", math.nan, "ms"), "≤ 5")


def test_budget_names_benchmarks_that_exist() -> None:
    named = {name for part in budget._read(budget.BUDGET).values() for name in part}
    assert named <= set(registry.BENCHMARKS)


def test_a_partial_run_keeps_the_others(tmp_path: Path) -> None:
    path, page = tmp_path / "results.json", tmp_path / "performance.md"
    report.merge("deck", [row("slides", 1.5, "s", "csv", 3.0)], 2, path, page)
    report.merge("soak", [row("memory", 400, "MB")], 2, path, page)
    report.merge("deck", [row("slides", 1.25, "s", "csv", 2.0)], 2, path, page)
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert (kept["deck"]["rows"][0]["value"], list(kept)) == (1.25, ["deck", "soak"])
    text = page.read_text(encoding="utf-8")
    assert "| slides | 1.25 s | csv | 2 | 1 |" in text
    assert "| memory | 400 MB |" in text


def test_page_says_what_the_results_say() -> None:
    """docs/performance.md is made, never written by hand."""
    if not report.RESULTS.exists():
        pytest.skip("no benchmark has been run")
    assert report.PAGE.read_text(encoding="utf-8") == report.written(report.kept())


def test_a_simulated_window_changes_a_filter(tmp_path: Path) -> None:
    """The load's messages are those of a browser: pages answer, a filter narrows them, nothing is refused."""

    async def visit(home: str) -> list[wire.Run]:
        async with wire.window(home, 1) as window:
            runs = [await window.open(), await window.open("coverage"), await window.choose("filter_city", ["嘉兴市"])]
            runs.append(await window.choose("filter_city", []))
            return runs

    with serve.app(tmp_path / "store") as server:
        runs = apart(visit(server.url))
        assert server.megabytes() > 50
    assert [run.faults for run in runs] == [[], [], [], []]
    assert runs[2].bytes < runs[3].bytes


@pytest.mark.slow
def test_short_ratios_hold() -> None:
    """What `make bench-short` runs: counts and side-by-side medians within their budgets."""
    results = {"short": {"rows": registry.BENCHMARKS["short"].rows()}}
    assert {line["name"] for line in results["short"]["rows"]} == set(budget._read(budget.BUDGET)["ratio"]["short"])
    assert budget.broken(results) == []


def test_sessions_are_measured_after_they_settled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two sessions for a few seconds work without a fault."""
    monkeypatch.setattr(load, "EVERY", 0.5)
    with serve.app(tmp_path / "store") as server:
        waits = load.under(2, load.reader(server.url), 5, coming=0.2, memory=server.megabytes)
    assert waits.faults == []
    assert waits.memory
    assert all(0 < wait < 60 for wait in waits.clicks + waits.pages)


def test_a_slide_of_the_offline_page_is_weighed_without_the_script_that_draws_it() -> None:
    seconds, megabytes, size = deck.measured("html")
    assert seconds > 0
    assert 0 < size < len(engine.script())
    assert megabytes > 20
