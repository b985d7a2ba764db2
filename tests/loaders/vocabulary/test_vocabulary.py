"""Names, units and periods of headings: exact or unknown, never a guess."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.vocabulary import Vocabulary, key
from loaders.vocabulary.periods import period_in, period_of, previous, without_period, year_before
from loaders.vocabulary.units import split, unit
from tests.loaders.forms import reference


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(reference(), {"indicator": {"单建": "unions"}, "reporter": {"老名字": "dream"}})


@pytest.mark.parametrize(
    "text", ["工会　会员数", "一、工会会员数", "（二）工会会员数①", "工会会员数*", "其中：工会会员数", " 工会会员数 "]
)
def test_spellings_of_one_name(vocabulary: Vocabulary, text: str) -> None:
    assert vocabulary.indicators.find(text) == ("members",)


def test_names_that_begin_with_a_digit_keep_it() -> None:
    assert key("8090商圈") != key("商圈")
    assert key("1.5倍") != key("5倍")


def test_aliases_of_the_table_and_of_the_office(vocabulary: Vocabulary) -> None:
    assert vocabulary.reporters.find("武林商圈工会") == ("wulin",)
    assert vocabulary.indicators.find("单建") == ("unions",)
    assert vocabulary.reporters.find("老名字") == ("dream",)


@pytest.mark.parametrize(("wrong", "right"), [("武陵商圈", "武林商圈"), ("梦响小镇", "梦想小镇")])
def test_a_name_that_sounds_alike_is_suggested_but_not_found(vocabulary: Vocabulary, wrong: str, right: str) -> None:
    assert vocabulary.reporters.find(wrong) == ()
    assert vocabulary.reporters.suggest(wrong)[0] == right


def test_nothing_is_suggested_for_a_name_like_no_other(vocabulary: Vocabulary) -> None:
    assert vocabulary.reporters.suggest("火星基地") == []


@pytest.mark.parametrize(("printed", "base", "factor"), [
    ("万人", "人", 10_000), ("亿元", "元", 100_000_000), ("家", "家", 1), ("％", "%", 1), ("名", "人", 1), ("千元", "元", 1000),
])  # fmt: skip
def test_units(printed: str, base: str, factor: float) -> None:
    found = unit(printed)
    assert found is not None
    assert (found.base, found.factor) == (base, factor)


@pytest.mark.parametrize(("heading", "name", "base"), [
    ("会员数（万人）", "会员数", "人"), ("建会率(%)", "建会率", "%"), ("工会数（单建）", "工会数（单建）", None), ("金额,元", "金额", "元"),
])  # fmt: skip
def test_heading_and_its_unit(heading: str, name: str, base: str | None) -> None:
    rest, found = split(heading)
    assert (rest, found.base if found else None) == (name, base)


@pytest.mark.parametrize(("text", "period"), [
    ("2018年", "2018"), ("2018年上半年", "2018-H1"), ("2018年1—6月", "2018-H1"), ("2018年1-9月", "2018-01/2018-09"),
    ("截至2018年9月底", "../2018-09"), ("2018年第三季度", "2018-Q3"), ("2017年10月至2018年9月", "2017-10/2018-09"),
    ("2013—2018年", "2013/2018"), ("2018.8.31", "2018-08-31"), ("2018年末", "2018-12-31"), ("../2018-10", "../2018-10"),
    ("会员数", None), ("9月", None), ("13月", None), ("2018年13月", None),
])  # fmt: skip
def test_periods(text: str, period: str | None) -> None:
    assert period_of(text) == period


def test_a_heading_without_a_year_takes_the_form_s() -> None:
    assert period_of("三季度", 2018) == "2018-Q3"


def test_a_period_inside_a_title() -> None:
    assert period_in("表1 2018年上半年基层工会组织情况表") == "2018-H1"
    assert period_in("2017年与2018年比较") is None
    assert without_period("2018年新建工会数") == "新建工会数"


def test_periods_before() -> None:
    assert [previous(p) for p in ("2018-H1", "2018-H2", "2018-Q1", "2018-01", "2018")] == [
        "2017-H2", "2018-H1", "2017-Q4", "2017-12", "2017"]  # fmt: skip
    assert year_before("2017-10/2018-09") == "2016-10/2017-09"


@given(st.text(max_size=20) | st.text("0129 年月日-—至到截上下半季度第一三QH./末底", max_size=16))
@settings(deadline=None, max_examples=200)
def test_any_text_can_be_asked(text: str) -> None:
    period_of(text), period_in(text), unit(text), split(text)
    assert key(key(text)) == key(key(key(text)))
