"""What a cell prints: value, bounds and unit from text, number format and heading."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.read.amounts import Amount, NoAmount, amount
from loaders.vocabulary.units import unit


def read(value: str | float, number_format: str = "General", heading: str = "") -> Amount:
    return amount(value, number_format, unit(heading) if heading else None)


@pytest.mark.parametrize(("value", "number_format", "heading", "expected", "printed_unit"), [
    (12.5, "General", "万人", 125_000, "人"), (0.953, "0.0%", "", 95.3, "%"), (12345, '0!.0,"万元"', "", 12_345, "元"),
    (7, '0"人"', "", 7, "人"), ("1,234", "@", "家", 1234, "家"), ("１２３", "@", "", 123, ""), ("(1,234)", "@", "", -1234, ""),
    ("-5", "@", "", -5, ""), ("12.5万元", "@", "万人", 125_000, "元"), ("1234①", "@", "", 1234, ""), ("￥500", "@", "", 500, "元"),
])  # fmt: skip
def test_values(value: str | float, number_format: str, heading: str, expected: float, printed_unit: str) -> None:
    found = read(value, number_format, heading).printed
    assert (found.value, found.unit) == (expected, printed_unit)


def test_bounds_are_scaled_with_the_unit() -> None:
    found = read("49余", "@", "万人")
    assert (found.printed.low, found.printed.high, found.printed.qualifier) == (490_000, 500_000, "at_least")
    assert found.as_printed == "49余万人"


def test_words_in_the_number_format_keep_their_meaning() -> None:
    found = read(49, '0"万余人"')
    assert (found.printed.value, found.printed.high, found.source) == (490_000, 500_000, "format")


@pytest.mark.parametrize("text", ["00123", "12345678901234567", "见附件", "5人（新增）", "", "True"])
def test_codes_and_words_are_no_amounts(text: str) -> None:
    with pytest.raises(NoAmount):
        read(text)


@given(st.floats(min_value=-1e11, max_value=1e11).map(lambda x: round(x, 2)))
@settings(deadline=None, max_examples=200)
def test_a_number_stored_as_text_means_the_same(number: float) -> None:
    stored, typed = read(number), read(read(number).as_printed)
    assert stored.printed.value == pytest.approx(typed.printed.value)
