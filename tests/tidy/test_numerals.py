"""Numerals: found wherever they stand, read to the number they print."""

from __future__ import annotations

from itertools import pairwise

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidy import numerals


@pytest.mark.parametrize(
    ("printed", "value", "step"),
    [
        ("500", 500, 100),
        ("49万", 490_000, 10_000),
        ("1230", 1230, 10),
        ("1.3万", 13_000, 1_000),
        ("1419.61万", 14_196_100, 100),
        ("１２，５９７", 12_597, 1),
        ("1 789 570", 1_789_570, 10),
        ("两百", 200, 100),
        ("二○一八", 2018, 1),
        ("百", 100, 100),
        ("十五", 15, 1),
        ("0", 0, 1),
    ],
)
def test_number_and_place(printed: str, value: float, step: float) -> None:
    assert numerals.number(printed) == value
    assert numerals.place(printed) == step


@pytest.mark.parametrize("words", ["", "人", "1.2.3", "abc"])
def test_no_number(words: str) -> None:
    with pytest.raises(ValueError):
        numerals.number(words)


@pytest.mark.parametrize(
    "printed", ["零", "两", "十", "二十", "九十九", "两百", "八千", "三百万", "二十万", "五亿", "三十六亿"]
)
def test_short_chinese_numerals_are_what_the_library_reads(printed: str) -> None:
    assert numerals.number(printed) == float(cn2an.cn2an(printed, "smart"))


@given(st.integers(0, 10**9))
def test_separators_do_not_change_the_number(number: int) -> None:
    assert numerals.number(f"{number:,}") == number


@given(st.lists(st.sampled_from(["共有", "12人", "三家", "，", "2017年", "数十万", "等"]), max_size=12))
def test_scan_gives_spans_of_the_text(parts: list[str]) -> None:
    text = "".join(parts)
    found = list(numerals.scan(text))
    assert all(text[n.start : n.end] == n.text for n in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_scan_finds_spaced_thousands_but_not_bullets() -> None:
    assert [n.text for n in numerals.scan("○ 会员1 789 570人")] == ["1 789 570"]
