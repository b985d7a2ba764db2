"""Small cells: what is hidden, what goes with it, and that nothing hidden can be worked out."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tidy.schema import Reference, read_reference
from tidy.suppression import Thresholds, read_thresholds, suppress

FIVE = Thresholds({"assistance": 5}, ("人",))


def reference() -> Reference:
    parents = {"p": "", "a": "p", "b": "p", "c": "p"}
    reporters = pd.DataFrame({"reporter_id": list(parents), "parent_id": list(parents.values())})
    indicators = pd.DataFrame(
        [
            ("helped", "assistance", "", ""),
            ("asked", "assistance", "", ""),
            ("share", "coverage_rate", "helped", "asked"),
        ],
        columns=["indicator_id", "group", "numerator_id", "denominator_id"],
    )
    return Reference(reporters, indicators, pd.DataFrame())


def figures(said: dict[str, float], indicator: str = "helped", unit: str = "人") -> pd.DataFrame:
    rows = [(name, indicator, "2018", "flow", "", value, value, value, unit) for name, value in said.items()]
    columns = ["reporter_id", "indicator_id", "period", "measure", "scope", "value", "low", "high", "unit"]
    return pd.DataFrame(rows, columns=columns)


def hidden(table: pd.DataFrame) -> dict[str, str]:
    gone = suppress(table, reference(), FIVE).hidden
    return dict(zip(gone["reporter_id"], gone["why"], strict=True))


def test_a_small_count_is_hidden_and_the_smallest_other_part_with_it() -> None:
    assert hidden(figures({"p": 63, "a": 3, "b": 20, "c": 40})) == {"a": "small", "b": "complement"}


def test_zero_and_the_threshold_itself_are_shown() -> None:
    assert hidden(figures({"p": 45, "a": 0, "b": 5, "c": 40})) == {}


def test_two_small_parts_that_are_small_together_take_a_third() -> None:
    assert hidden(figures({"p": 43, "a": 1, "b": 2, "c": 40})) == {"a": "small", "b": "small", "c": "complement"}


def test_without_another_part_the_total_goes() -> None:
    assert hidden(figures({"p": 13, "a": 3})) == {"a": "small", "p": "complement"}


def test_without_a_total_nothing_else_goes() -> None:
    assert hidden(figures({"a": 3, "b": 20})) == {"a": "small"}


def test_a_rate_that_would_give_it_away_goes() -> None:
    table = pd.concat([figures({"a": 3}), figures({"a": 60}, "asked"), figures({"a": 5}, "share", "%")])
    gone = suppress(table, reference(), FIVE).hidden
    assert dict(zip(gone["indicator_id"], gone["why"], strict=True)) == {"helped": "small", "share": "rate"}


def test_the_least_a_printed_figure_can_mean_counts() -> None:
    table = figures({"a": 6}).assign(low=4.0)  # 近6人
    assert suppress(table, reference(), FIVE).shown.empty


def test_money_and_other_groups_are_shown() -> None:
    assert hidden(figures({"a": 3}, unit="元")) == {}


def test_the_shipped_thresholds_hide_nothing(tmp_path: Path) -> None:
    assert read_thresholds().off
    assert read_thresholds(tmp_path).off
    table = figures({"a": 1})
    assert suppress(table, read_reference(), read_thresholds()).shown is table


def test_a_negative_threshold_is_refused(tmp_path: Path) -> None:
    (tmp_path / "suppression.toml").write_text("[threshold]\nassistance = -1\n", encoding="utf-8")
    with pytest.raises(ValueError):
        read_thresholds(tmp_path)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from("abc"), st.integers(0, 30), min_size=1))
def test_no_hidden_part_is_the_total_less_what_is_shown(parts: dict[str, int]) -> None:
    table = figures({"p": sum(parts.values()), **parts})
    split = suppress(table, reference(), FIVE)
    shown = dict(zip(split.shown["reporter_id"], split.shown["value"], strict=True))
    assert not [name for name, value in shown.items() if 0 < value < 5]
    unknown = set(parts) - set(shown)
    if "p" in shown and unknown:
        assert len(unknown) > 1
        assert shown["p"] - sum(value for name, value in shown.items() if name != "p") >= 5
