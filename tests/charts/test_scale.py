from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charts.scale import axis, class_names, class_of, classes
from tidy.language import using

VALUES = st.lists(st.one_of(st.just(0.0), st.floats(0.01, 1e9)), min_size=1, max_size=30)


def test_axis_is_in_ten_thousands_in_chinese_and_thousands_in_english():
    assert axis([490000], "人").unit == "万人"
    assert axis([490000], "人").texts[-1] == "60"
    assert axis([14196100], "元").unit == "万元"
    with using("en"):
        assert axis([490000], "人").unit == "thousand people"


def test_percentages_keep_their_unit():
    assert axis([95], "%").unit == "%"


@settings(max_examples=80, deadline=None)
@given(VALUES, st.booleans())
def test_axis_holds_every_value(values, tight):
    found = axis(values, "人", tight=tight)
    assert found.low <= 0
    assert found.high >= max(values) * (1 - 1e-9)
    assert all(place <= found.high * (1 + 1e-9) for place in found.places)


@settings(max_examples=80, deadline=None)
@given(VALUES)
def test_each_value_lies_in_its_class(values):
    limits = classes(values)
    assert limits == sorted(limits)
    for value in values:
        place = class_of(value, limits)
        assert limits[place] <= value * (1 + 1e-9) + 1e-9
        assert value <= limits[place + 1] * (1 + 1e-9) + 1e-9


@settings(max_examples=40, deadline=None)
@given(VALUES)
def test_there_are_never_more_classes_than_colours(values):
    assert len(classes(values)) <= 6 or len(set(classes(values))) <= 7


def test_class_names():
    assert class_names([0, 100000, 200000]) == ["0–10万", "10–20万"]
    assert class_names([17, 650, 12000, 46000]) == ["17–650", "650–1.2万", "1.2万–4.6万"]
    with using("en"):
        assert class_names([0, 100000]) == ["0–100,000"]


def test_whole_numbers_stand_in_one_class_only():
    assert class_names(classes([1, 2, 3]), whole=True) == ["1", "2", "3"]
    assert class_names([0, 5, 10, 25], whole=True) == ["0–4", "5–9", "10–25"]
    assert class_names([0, 5, 10]) == ["0–5", "5–10"]


@pytest.mark.parametrize("values", [[], [5.0], [0.0, 0.0]])
def test_few_values_need_no_classes(values):
    assert len(classes(values)) in (0, 2)
