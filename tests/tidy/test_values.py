"""Printed values: the published table of qualifiers, applied (design.md section 4)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidy.format import phrase
from tidy.values import NotANumber, Printed, parse, parse_digits, rules

TABLE = [
    ("12597人", 12597, 12597, 12597, "exact", "人"),
    ("95%以上", 95, 95, 100, "at_least", "%"),
    ("7000个以上", 7000, 7000, None, "at_least", "个"),
    ("49万余人", 490_000, 490_000, 500_000, "at_least", "人"),
    ("500余家", 500, 500, 600, "at_least", "家"),
    ("1230余", 1230, 1230, 1240, "at_least", ""),
    ("10余万元", 100_000, 100_000, 200_000, "at_least", "元"),
    ("超过300人", 300, 300, None, "at_least", "人"),
    ("近40家", 40, 30, 40, "approx", "家"),
    ("约2万人", 20_000, 15_000, 25_000, "approx", "人"),
    ("2万人左右", 20_000, 15_000, 25_000, "approx", "人"),
    ("不足50人", 50, 40, 50, "at_most", "人"),
    ("50人以内", 50, 0, 50, "at_most", "人"),
    ("数十家", 20, 20, 90, "approx", "家"),
    ("几百人", 200, 200, 900, "approx", "人"),
    ("20—30人", 20, 20, 30, "exact", "人"),
    ("20家至30家", 20, 20, 30, "exact", "家"),
    ("近500余人", 500, 400, 600, "approx", "人"),
    ("107%", 107, 107, 107, "exact", "%"),
    ("两名", 2, 2, 2, "exact", "人"),
    ("百分之九十五以上", 95, 95, 100, "at_least", "%"),
    ("八成", 80, 80, 80, "exact", "%"),
    ("三四十家", 30, 30, 40, "approx", "家"),
    ("十几家", 11, 11, 19, "approx", "家"),
    ("二十几个", 21, 21, 29, "approx", "个"),
    ("十几万元", 110_000, 110_000, 190_000, "approx", "元"),
    ("30来人", 30, 25, 35, "approx", "人"),
    ("百来家", 100, 50, 150, "approx", "家"),
    ("上百家", 100, 100, None, "at_least", "家"),
    ("上千万元", 10_000_000, 10_000_000, None, "at_least", "元"),
    ("半数", 50, 50, 50, "exact", "%"),
    ("过半", 50, 50, 100, "at_least", "%"),
    ("超半数", 50, 50, 100, "at_least", "%"),
    ("近半数", 50, 40, 50, "approx", "%"),
    ("半数以上", 50, 50, 100, "at_least", "%"),
    ("6144\n万元", 61_440_000, 61_440_000, 61_440_000, "exact", "元"),
]


@pytest.mark.parametrize(("printed", "value", "low", "high", "qualifier", "unit"), TABLE)
def test_table(printed: str, value: float, low: float, high: float, qualifier: str, unit: str) -> None:
    found = parse(printed)
    assert (found.value, found.low, found.high) == (value, low, high)
    assert (found.qualifier, found.unit) == (qualifier, unit)


def test_open_ends() -> None:
    assert 300 not in parse("超过300人").interval
    assert 300 in parse("300人以上").interval
    assert 50 not in parse("不足50人").interval
    assert 500_000 not in parse("49万余人").interval


@pytest.mark.parametrize("words", ["", "人", "以上", "没有数字", "20万—30人"])
def test_not_a_number(words: str) -> None:
    with pytest.raises(NotANumber):
        parse(words)


def test_share_ends_at_100_only_when_it_is_one() -> None:
    assert parse("95%以上", share=False).high is None
    assert parse("超过107%").high is None


@st.composite
def printed_values(draw: st.DrawFn) -> Printed:
    number = draw(st.integers(1, 999)) * 10 ** draw(st.integers(0, 6))
    rule = draw(st.sampled_from([r for r in rules() if r.canonical and r.position != "digit"]))
    unit = draw(st.sampled_from(["人", "家", "元", "%", "人次"]))
    word = rule.printed[0] if rule.printed else ""
    before, inside, after = (word if rule.position == p else "" for p in ("before", "inside", "after"))
    return parse(f"{before}{number}{inside}{unit}{after}")


@given(printed_values())
def test_parse_reads_back_what_phrase_writes(printed: Printed) -> None:
    assert parse(phrase(printed), share=printed.unit == "%") == printed


@given(printed_values())
def test_value_lies_within_its_bounds(printed: Printed) -> None:
    interval = printed.interval
    assert interval.low <= printed.value <= interval.high


def test_more_than_half_leaves_half_out() -> None:
    assert parse("过半").interval.low_open
    assert not parse("半数以上").interval.low_open
    assert not parse("上百家").interval.low_open


@given(
    st.sampled_from("十二三四五六七八九"),
    st.sampled_from(["", "万"]),
    st.sampled_from(["家", "人", "元", "个"]),
)
def test_a_few_beyond_tens_stay_below_the_next_ten(digit: str, scale: str, unit: str) -> None:
    tens = parse(f"{digit if digit == '十' else digit + '十'}{scale}{unit}").value
    few = parse(f"{digit if digit == '十' else digit + '十'}几{scale}{unit}")
    step = 10 * parse(f"一{scale}{unit}").value
    assert few.low is not None
    assert few.high is not None
    assert tens < few.low == few.value < few.high < tens + step


@given(st.sampled_from(["百", "千", "万", "百万", "千万", "亿"]), st.sampled_from(["家", "人次", "元"]))
def test_reaching_a_scale_has_no_upper_end(scale: str, unit: str) -> None:
    found = parse(f"上{scale}{unit}")
    assert (found.low, found.high, found.value) == (parse(f"一{scale}{unit}").value, None, found.low)


_AROUND = {
    place: [""] + [word for rule in rules() if rule.position == place for word in rule.printed]
    for place in ("before", "inside", "after")
}


_DIGITS = r"[1-9][0-9]{0,5}(\.[0-9]{1,2})?|[1-9][0-9]{0,2}(,[0-9]{3}){1,2}|0|0\.[0-9]{1,3}"
_BEHIND = (_AROUND["inside"], ["人", "%", "万元", "", "名"], _AROUND["after"])


@given(
    st.sampled_from(_AROUND["before"]),
    st.from_regex(_DIGITS, fullmatch=True),
    st.sampled_from(["", "万", "亿", "百万", "万3千", "成", "—80"]),
    st.tuples(*map(st.sampled_from, _BEHIND)).map("".join),
)
def test_digits_mean_the_same_when_their_surroundings_are_known(
    before: str, digits: str, scale: str, behind: str
) -> None:
    try:
        expected = parse(before + digits + scale + behind, "家")
    except NotANumber:
        with pytest.raises(NotANumber):
            parse_digits(before, digits, scale + behind, "家")
    else:
        assert parse_digits(before, digits, scale + behind, "家") == expected
