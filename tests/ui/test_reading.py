"""The sentence read from the data names whoever reports most periods."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidy.language import using
from ui import cached, reading, reads
from ui.choice import Choice

TOLD = st.lists(st.tuples(st.sampled_from("甲乙丙"), st.sampled_from(["2015", "2016", "2017"])), max_size=8)


@given(TOLD)
def test_the_series_told_is_of_whoever_reports_most_periods(told: list[tuple[str, str]]) -> None:
    figures = pd.DataFrame([_figure(who, period) for who, period in told], columns=list(_figure("", "")))
    with pytest.MonkeyPatch.context() as patch, using("zh"):
        patch.setattr(reads, "of_indicators", lambda choice, wanted: figures)
        patch.setattr(cached, "indicator_names", lambda choice: {"x": "会员数"})
        said = reading.sentence(Choice(), "x")
    periods = Counter(who for who, _period in set(told))
    most = max(periods.values(), default=0)
    if most > 1:
        first = min(who for who, count in periods.items() if count == most)
        assert said.startswith(f"{first}会员数：")
    elif len(periods) > 1:
        assert said == f"会员数：{len(periods)} 家填报，所印的数在 5人 之间。"
    else:
        assert ("只有" in said) == bool(periods)


def _figure(who: str, period: str) -> dict[str, object]:
    return {
        "observation_id": f"{who}-{period}", "reporter_id": who, "period": period, "measure": "stock", "scope": "",
        "value": 5.0, "low": 5.0, "high": 5.0, "unit": "人", "qualifier": "exact", "reporter_name": who,
        "reporter_name_en": who, "locator": "", "same_as": "",
    }  # fmt: skip
