"""Small cells: what is hidden, what goes with it, and that nothing hidden can be worked out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tidy.families import CELL, families
from tidy.schema import Reference, read_reference
from tidy.suppression import MARK, Thresholds, concerned, hidden, mask, read_thresholds, suppressed

FIVE = Thresholds({"assistance": 5}, ("人",))
PARENTS = {"p": "", "a": "p", "b": "p", "c": "p", "a1": "a", "a2": "a", "b1": "b", "b2": "b"}
QUARTERS = {"2018-Q1": 1, "2018-Q2": 2, "2018-Q3": 3, "2018-Q4": 4}


def reference() -> Reference:
    reporters = pd.DataFrame({"reporter_id": list(PARENTS), "parent_id": list(PARENTS.values())})
    indicators = pd.DataFrame(
        [
            ("helped", "assistance", "", ""),
            ("asked", "assistance", "", ""),
            ("share", "coverage_rate", "helped", "asked"),
        ],
        columns=["indicator_id", "group", "numerator_id", "denominator_id"],
    )
    return Reference(reporters, indicators, pd.DataFrame())


def figure(
    reporter: str, value: float, indicator: str = "helped", unit: str = "人", **more: object
) -> dict[str, object]:
    return {"observation_id": f"{reporter}-{value}", "reporter_id": reporter, "indicator_id": indicator, "period": "2018",
            "measure": "flow", "scope": "", "value": float(value), "low": float(value), "high": float(value), "unit": unit,
            "qualifier": "exact", "as_printed": f"{value}{unit}", "locator": "1-2", "note": "x", **more}  # fmt: skip


def figures(said: dict[str, float], **more: object) -> pd.DataFrame:
    return pd.DataFrame([figure(name, value, **more) for name, value in said.items()])  # type: ignore[arg-type]


def why(table: pd.DataFrame) -> dict[str, str]:
    return {cell[0]: reason for cell, reason in hidden(table, reference(), FIVE).items()}


def test_a_small_count_is_hidden_and_the_smallest_other_part_with_it() -> None:
    assert why(figures({"p": 63, "a": 3, "b": 20, "c": 40})) == {"a": "small", "b": "complement"}


def test_zero_and_the_threshold_itself_are_shown() -> None:
    assert why(figures({"p": 45, "a": 0, "b": 5, "c": 40})) == {}


def test_two_small_parts_that_are_small_together_take_a_third() -> None:
    assert why(figures({"p": 43, "a": 1, "b": 2, "c": 40})) == {"a": "small", "b": "small", "c": "complement"}


def test_without_another_part_the_total_goes() -> None:
    assert why(figures({"p": 13, "a": 3})) == {"a": "small", "p": "complement"}


def test_without_a_total_nothing_else_goes() -> None:
    assert why(figures({"a": 3, "b": 20})) == {"a": "small"}


def test_a_hidden_part_takes_one_of_its_own_parts() -> None:
    """b goes with a; b's own parts would add up to it, so the smaller goes too."""
    table = figures({"p": 63, "a": 3, "b": 20, "c": 40, "b1": 8, "b2": 12})
    assert why(table) == {"a": "small", "b": "complement", "b1": "complement"}


def test_a_rate_that_would_give_it_away_goes() -> None:
    parts = figures({"a": 3}), figures({"a": 60}, indicator="asked"), figures({"a": 5}, indicator="share", unit="%")
    found = hidden(pd.concat(parts), reference(), FIVE)
    assert {cell[1]: reason for cell, reason in found.items()} == {"helped": "small", "share": "rate"}


def test_a_quarter_is_not_the_year_less_the_other_quarters() -> None:
    quarters = zip(QUARTERS, (3, 20, 30, 40), strict=True)
    table = pd.DataFrame([figure("a", 93), *(figure("a", value, period=period) for period, value in quarters)])
    found = hidden(table, reference(), FIVE)
    assert {cell[2]: reason for cell, reason in found.items()} == {"2018-Q1": "small", "2018-Q2": "complement"}


def test_a_year_is_not_the_difference_of_two_cumulative_figures() -> None:
    until = {"2016/2017": 50, "2016/2018": 53}
    rows = [figure("a", value, period=period, measure="cumulative") for period, value in until.items()]
    found = hidden(pd.DataFrame([figure("a", 3), *rows]), reference(), FIVE)
    assert {cell[2]: reason for cell, reason in found.items()} == {"2018": "small", "2016/2017": "complement"}


def test_a_scoped_part_is_not_the_whole_less_the_rest() -> None:
    table = pd.DataFrame([figure("a", 33), figure("a", 3, scope="女"), figure("a", 30, scope="男")])
    found = hidden(table, reference(), FIVE)
    assert {cell[4]: reason for cell, reason in found.items()} == {"女": "small", "男": "complement"}


def test_the_least_a_printed_figure_can_mean_counts() -> None:
    assert why(figures({"a": 6}).assign(low=4.0)) == {"a": "small"}  # 近6人


def test_money_and_other_groups_are_shown() -> None:
    assert why(figures({"a": 3}, unit="元")) == {}


def test_a_masked_figure_says_nothing_and_nothing_else_changes() -> None:
    table = figures({"p": 63, "a": 3, "b": 20, "c": 40})
    masked = mask(table, hidden(table, reference(), FIVE))
    gone = masked[suppressed(masked)]
    assert list(gone["reporter_id"]) == ["a", "b"]
    assert gone[["value", "high"]].isna().all(axis=None)
    assert set(gone["as_printed"]) == {MARK}
    assert set(gone["locator"]) == set(gone["note"]) == {""}
    pd.testing.assert_frame_equal(masked[~suppressed(masked)], table.iloc[[0, 3]])
    assert table["value"].notna().all()


def test_the_shipped_thresholds_hide_nothing(tmp_path: Path) -> None:
    assert read_thresholds().off
    assert read_thresholds(tmp_path / "none.toml").off
    assert hidden(figures({"a": 1}), read_reference(), read_thresholds()) == {}
    assert concerned(reference(), FIVE) == ["asked", "helped", "share"]


def test_an_office_declares_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "ours.toml"
    path.write_text('[threshold]\nassistance = 5\n[people]\nunits = ["人"]\n', encoding="utf-8")
    monkeypatch.setenv("PILOTS_SUPPRESSION", str(path))
    assert read_thresholds() == FIVE
    path.write_text("[threshold]\nassistance = -1\n", encoding="utf-8")
    with pytest.raises(ValueError):
        read_thresholds()


LEAVES = st.lists(st.integers(0, 12), min_size=20, max_size=20)


@settings(max_examples=150, deadline=None)
@given(LEAVES)
@example([0, 0, 0, 0, 0, 2, 0, 3, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 4, 1])  # followed from several sums together
def test_no_hidden_figure_follows_from_sums_and_differences(leaves: list[int]) -> None:
    """Five reporters by four quarters with all totals: a small hidden cell is no combination of what is shown."""
    table = grid(leaves)
    found = hidden(table, reference(), FIVE)
    shown = [value for cell, value in _cells(table).items() if cell not in found]
    assert not [value for value in shown if 0 < value < 5]
    known = determined(table, set(found))
    assert not [cell for cell in known if found[cell] == "small"]


def grid(leaves: list[int]) -> pd.DataFrame:
    """The leaves a1, a2, b1, b2, c in each quarter, with every total over reporters and over the year."""
    counts = pd.DataFrame(np.array(leaves).reshape(5, 4), index=["a1", "a2", "b1", "b2", "c"], columns=list(QUARTERS))
    counts.loc["a"], counts.loc["b"] = counts.loc[["a1", "a2"]].sum(), counts.loc[["b1", "b2"]].sum()
    counts.loc["p"] = counts.loc[["a", "b", "c"]].sum()
    counts["2018"] = counts.sum(axis=1)
    return pd.DataFrame([figure(who, counts.loc[who, when], period=when) for who in counts.index for when in counts])


def _cells(table: pd.DataFrame) -> dict[tuple[str, ...], float]:
    return {tuple(row): value for *row, value in table[[*CELL, "value"]].itertuples(index=False, name=None)}


def determined(table: pd.DataFrame, unknown: set[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """The unknown cells that the sums among all cells fix: those that no solution of the sums moves."""
    order = sorted(unknown)
    rows = []
    for family in families(table[CELL].drop_duplicates(), PARENTS):
        row = [float(cell == family.total) - float(cell in family.parts) for cell in order]
        rows.append(row)
    if not order:
        return set()
    _u, sizes, directions = np.linalg.svd(np.array(rows or [[0.0] * len(order)]), full_matrices=True)
    free = directions[int((sizes > 1e-9).sum()) :]
    return {cell for place, cell in enumerate(order) if not (np.abs(free[:, place]) > 1e-9).any()}
