from __future__ import annotations

import re
from itertools import pairwise
from math import inf

from hypothesis import given, settings
from hypothesis import strategies as st

from charts.lettering import apart, ems, wrap


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(0.1, 100)), min_size=1, max_size=20), st.booleans())
def test_apart_keeps_order_distance_and_ends(things, ends):
    wanted, heights = map(list, zip(*things, strict=True))
    low, high = (-1e6, 1e6) if ends else (-inf, inf)
    placed = apart(wanted, heights, low, high)
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    for before, after in pairwise(order):
        assert placed[after] - placed[before] >= (heights[before] + heights[after]) / 2 - 1e-3
    assert placed[order[0]] - heights[order[0]] / 2 >= low - 1e-3
    assert placed[order[-1]] + heights[order[-1]] / 2 <= high + 1e-3


def test_apart_moves_only_what_is_too_close():
    assert apart([0.0, 10.0, 11.0, 30.0], [4.0, 4.0, 2.0, 4.0]) == [0.0, 9.5, 12.5, 30.0]
    assert apart([0.0, 1.0], [4.0, 4.0], 0.0, 100.0) == [2.0, 6.0]


@settings(max_examples=60, deadline=None)
@given(st.text("浙江省工会试点b ，。", max_size=60))
def test_wrapped_lines_fit_and_lose_nothing(text):
    lines = wrap(text, 120, 12).split("<br>")
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    for line in lines:  # a Latin word is never cut, and stops hang over the end
        longest = max((ems(word) for word in re.findall("b+ ?", line)), default=0)
        assert ems(line.rstrip("，。 ")) <= max(10, longest) + 1


def test_a_cut_text_says_so():
    assert wrap("杭州未来科技城电子商务产业园区", 60, 12, most=2).endswith("…")


def test_brackets_and_stops_stay_with_their_words():
    lines = wrap("一二三四五（六七八九十），一二", 72, 12).split("<br>")
    assert not any(line.endswith("（") or line.startswith(("）", "，")) for line in lines)


def test_markup_has_no_width():
    assert ems("<b>会员</b>") == 2
