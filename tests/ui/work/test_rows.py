"""The rows of a draft: what people change, what is complete, what would be published."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from ui.work import rows


def table(**columns: Any) -> pd.DataFrame:
    row = {
        "row": "会员!B4", "sheet": "会员", "cell": "B4", "reporter_id": "dream-town", "indicator_id": "union_members",
        "period": "2019", "measure": "stock", "value": 1200.0, "low": 1200.0, "high": 1200.0, "unit": "人",
        "qualifier": "exact", "as_printed": "1200", "state": "stored",
    }  # fmt: skip
    return rows.shaped(pd.DataFrame([{**row, **columns}]))


def published(rows_table: pd.DataFrame, **verdicts: str) -> pd.DataFrame:
    return rows.observations(rows.with_verdicts(rows_table, verdicts), "up-1")


def test_packing_keeps_every_value() -> None:
    made = table(note="含 “引号” 与\n换行", value=0.1)
    pd.testing.assert_frame_equal(rows.unpack(rows.pack(made)), made)


def test_no_rows_unpack_from_nothing() -> None:
    assert rows.unpack("").empty


@pytest.mark.parametrize(
    ("printed", "value", "low", "high", "qualifier"),
    [
        ("49万余", 490_000, 490_000, 500_000, "at_least"),
        ("1,234", 1234, 1234, 1234, "exact"),
        ("近500", 500, 400, 500, "approx"),
    ],
)
def test_a_changed_phrase_is_read_by_the_published_rules(
    printed: str, value: float, low: float, high: float, qualifier: str
) -> None:
    row = rows.edited(table(), {"会员!B4": {"as_printed": printed}}, {}).iloc[0]
    assert (row["value"], row["low"], row["high"], row["qualifier"]) == (value, low, high, qualifier)


def test_a_phrase_without_number_cannot_be_published() -> None:
    made = rows.edited(table(), {"会员!B4": {"as_printed": "待定"}}, {})
    assert not rows.complete(made).any()
    assert published(made).empty


def test_edits_of_unknown_rows_change_nothing() -> None:
    pd.testing.assert_frame_equal(rows.edited(table(), {"会员!Z9": {"as_printed": "5"}}, {}), table())


@pytest.mark.parametrize(
    "lacking", [{"reporter_id": ""}, {"indicator_id": ""}, {"period": "明年"}, {"measure": ""}, {"value": None}]
)
def test_a_figure_that_lacks_something_is_not_published(lacking: dict[str, Any]) -> None:
    assert published(table(**lacking)).empty


def test_cells_are_taken_unless_refused_and_reports_wait() -> None:
    assert len(published(table())) == 1
    assert published(table(), **{"会员!B4": rows.REFUSED}).empty
    assert published(table(state="proposed")).empty
    assert len(published(table(state="proposed"), **{"会员!B4": rows.ACCEPTED})) == 1


def test_two_figures_at_one_place_keep_one_locator_and_two_names() -> None:
    both = rows.numbered(pd.concat([table(), table(indicator_id="new_members")], ignore_index=True))
    found = published(both)
    assert found["observation_id"].is_unique
    assert set(found["locator"]) == {"会员!B4"}


@pytest.mark.parametrize(
    ("period", "measure", "kind"),
    [("2019", "stock", "instant"), ("2019", "flow", "interval"), ("", "stock", "unstated")],
)
def test_period_types(period: str, measure: str, kind: str) -> None:
    assert published(table(period=period, measure=measure)).loc[0, "period_type"] == kind
