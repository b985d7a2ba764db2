from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from charts.lettering import apart, ems, wrap

PLACES = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20)


@settings(max_examples=60, deadline=None)
@given(PLACES, st.floats(0.1, 100))
def test_apart_keeps_order_and_distance(wanted, gap):
    placed = apart(wanted, gap)
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    steps = [placed[after] - placed[before] for before, after in pairwise(order)]
    assert all(step >= gap * (1 - 1e-6) - 1e-6 for step in steps)


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
