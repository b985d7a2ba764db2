"""Identities: each kind of rule, bounds on either side, and the cell that is likeliest wrong."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidy.checks.identities import Identity, load_identities, verdict

HEAD = "identity_id,name,name_en,kind,left,terms,tolerance,note\n"
REPORTERS = pd.DataFrame(
    [("a", "pilot", "园区"), ("b", "pilot", "园区"), ("c", "pilot", "特色小镇"), ("d", "federation", "非试点")],
    columns=["reporter_id", "kind", "pilot_type"],
)


def table(**cells: float | tuple[float | None, float | None]) -> pd.DataFrame:
    """Observations by id; a number is exact, a pair is low and high."""
    rows = [(name, *(cell if isinstance(cell, tuple) else (cell, cell))) for name, cell in cells.items()]
    return pd.DataFrame(rows, columns=["observation_id", "low", "high"])


def identity(kind: str, left: str, *terms: str, tolerance: float = 0.0) -> Identity:
    """An identity with nothing but its rule."""
    return Identity("i", "名", "name", kind, left, terms, tolerance, "")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rule", "cells", "status", "gap"),
    [
        (identity("sum", "t", "a", "b"), {"t": 43, "a": 25, "b": 18}, "holds", 0.0),
        (identity("sum", "t", "a", "b"), {"t": 43, "a": 25, "b": 19}, "fails", 1.0),
        (identity("sum", "t", "a", "b"), {"t": 44, "a": 25, "b": 18}, "fails", -1.0),
        (identity("difference", "t", "a", "b"), {"t": 10, "a": 259, "b": 249}, "holds", 0.0),
        (identity("equal", "t", "a"), {"t": (20, 90), "a": 10}, "fails", -10.0),
        (identity("ratio", "t", "a", "b", tolerance=0.5), {"t": 61, "a": 212, "b": 345}, "holds", 0.0),
        (identity("ratio", "t", "a", "b", tolerance=0.5), {"t": 63, "a": 212, "b": 345}, "fails", None),
        (identity("ratio", "t", "a", "b"), {"t": (95, 100), "a": 12597, "b": 13000}, "holds", 0.0),
        (identity("part_of", "t", "a", "b"), {"t": 42, "a": 8, "b": 30}, "holds", 0.0),
        (identity("part_of", "t", "a", "b"), {"t": 42, "a": 28, "b": 30}, "fails", 16.0),
        (identity("sum", "1500*t", "a", "b"), {"t": 5.2, "a": 7000, "b": 800}, "holds", 0.0),
        (identity("equal", "t", "a - b"), {"t": 26, "a": 31, "b": 5}, "holds", 0.0),
        (identity("equal", "t", "6"), {"t": 6}, "holds", 0.0),
    ],
)
def test_each_rule_gives_its_verdict_and_gap(
    rule: Identity, cells: dict[str, float], status: str, gap: float | None
) -> None:
    found = verdict(rule, table(**cells), REPORTERS)

    assert found.status == status
    if gap is not None:
        assert found.gap == pytest.approx(gap)


def test_overlapping_bounds_cannot_be_told() -> None:
    cells = table(whole=(13000, 14000), part=13304)

    assert verdict(identity("part_of", "whole", "part"), cells, REPORTERS).status == "cannot_tell"
    partly = table(one=(10, 20), other=(15, 25))
    assert verdict(identity("equal", "one", "other"), partly, REPORTERS).status == "cannot_tell"


def test_a_missing_observation_cannot_be_told_rather_than_counted_as_nothing() -> None:
    found = verdict(identity("sum", "t", "a", "gone"), table(t=43, a=43), REPORTERS)

    assert (found.status, found.right) == ("cannot_tell", None)


def test_counts_are_of_pilots_only() -> None:
    rule = identity("sum", "t", "count(pilot_type=园区)", "count(pilot_type=特色小镇)")

    assert verdict(rule, table(t=3), REPORTERS).status == "holds"
    assert verdict(identity("equal", "t", "count(pilot_type=非试点)"), table(t=0), REPORTERS).status == "holds"


@pytest.mark.parametrize(
    ("cells", "likeliest"),
    [
        ({"t": 280, "a": 257, "b": 5}, "a"),  # 275: two neighbouring digits swapped
        ({"t": 43, "a": 25, "b": 18, "c": 7}, "c"),  # the part that is too much
        ({"t": 1000, "a": 555, "b": 333}, ""),  # nothing simple explains 112
    ],
)
def test_the_likeliest_cell_is_the_one_that_explains_the_gap(cells: dict[str, float], likeliest: str) -> None:
    rule = identity("sum", "t", *[name for name in cells if name != "t"])

    assert verdict(rule, table(**cells), REPORTERS).likeliest == likeliest


def test_a_count_by_judgement_accuses_no_cell() -> None:
    found = verdict(identity("equal", "t", "count(pilot_type=园区)"), table(t=22), REPORTERS)

    assert (found.status, found.likeliest) == ("fails", "")


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=6), st.integers(1, 1000))
@settings(max_examples=50, deadline=None)
def test_a_sum_holds_exactly_when_its_parts_add_up(parts: list[int], off: int) -> None:
    cells = {f"p{i}": float(part) for i, part in enumerate(parts)}
    rule = identity("sum", "t", *cells)

    assert verdict(rule, table(t=float(sum(parts)), **cells), REPORTERS).status == "holds"
    wrong = verdict(rule, table(t=float(sum(parts) + off), **cells), REPORTERS)
    assert (wrong.status, wrong.gap) == ("fails", -off)


def test_identities_are_read_with_their_observations(tmp_path: Path) -> None:
    path = tmp_path / "identities.csv"
    path.write_text(HEAD + "i1,名,name,ratio,003-1,003-2 - 003-3|2*003-4,0.5,\n", encoding="utf-8")

    (found,) = load_identities(path)
    assert (found.kind, found.tolerance) == ("ratio", 0.5)
    assert found.observation_ids == ("003-1", "003-2", "003-3", "003-4")


def test_an_unknown_kind_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "identities.csv"
    path.write_text(HEAD + "i1,名,name,sums,003-1,003-2,,\n", encoding="utf-8")

    with pytest.raises(ValueError, match="identities.csv:2"):
        load_identities(path)
