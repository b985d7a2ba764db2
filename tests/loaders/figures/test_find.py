"""Which numerals are figures, and what they say: through ``find`` on sentences made up here."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from loaders.figures.find import find
from loaders.figures.model import Figure, Refusal
from tidy.numerals import scan


def figures(text: str, year: int = 0) -> list[Figure]:
    return [one for one in find(text, year) if isinstance(one, Figure)]


def refusals(text: str) -> dict[str, str]:
    return {one.as_printed: one.reason for one in find(text) if isinstance(one, Refusal)}


def only(text: str, year: int = 0) -> Figure:
    (figure,) = figures(text, year)
    return figure


@pytest.mark.parametrize(
    ("text", "printed", "value", "unit"),
    [
        ("参保职工达49万余人。", "49万余人", 490_000, "人"),
        ("发放慰问金共计548万余元。", "548万余元", 5_480_000, "元"),
        ("建会率保持在95%以上。", "95%以上", 95, "%"),
        ("现有基层工会近500余家。", "近500余家", 500, "家"),
        ("会员总数１２，５９７名。", "１２，５９７名", 12_597, "人"),
        ("工会会员：4200人。", "4200人", 4_200, "人"),
        ("筹资二十余万元。", "二十余万元", 200_000, "元"),
        ("有百分之九十五的企业建会。", "百分之九十五", 95, "%"),
        ("八成以上的职工参加了活动。", "八成以上", 80, "%"),
        ("会员1 789 570人。", "1 789 570人", 1_789_570, "人"),
        ("走访企业数十家。", "数十家", 20, "家"),
        ("走访企业十几家。", "十几家", 11, "家"),
        ("募集善款15万3千元。", "15万3千元", 153_000, "元"),
        ("筹集资金1亿2000万元。", "1亿2000万元", 120_000_000, "元"),
        ("母婴室覆盖率升到八成五。", "八成五", 85, "%"),
        ("开设电商直播等12门课程。", "12门课程", 12, "门课程"),
        ("走访企业百来家。", "百来家", 100, "家"),
        ("慰问职工30来人。", "30来人", 30, "人"),
        ("带动上百家企业。", "上百家", 100, "家"),
        ("筹资上千万元。", "上千万元", 10_000_000, "元"),
        ("企业建会率过半。", "过半", 50, "%"),
        ("半数以上的企业建会。", "半数以上", 50, "%"),
        ("近半数职工入会。", "近半数", 50, "%"),
        ("约有300家企业参加。", "约有300家", 300, "家"),
        ("会员突破了3000人。", "突破了3000人", 3_000, "人"),
        ("会员3000人（含）以上。", "3000人（含）以上", 3_000, "人"),
        ("参保人数增长近一倍。", "近一倍", 1, "倍"),
        ("总面积约2.5万平方米。", "约2.5万平方米", 25_000, "平方米"),
        ("已拨付6144\n万元，年底前再拨付一批。", "6144\n万元", 61_440_000, "元"),
    ],
)
def test_a_numeral_is_read_with_its_qualifier_scale_and_unit(text, printed, value, unit):
    figure = only(text)
    assert (figure.as_printed, figure.printed.value, figure.unit) == (printed, value, unit)


@pytest.mark.parametrize(
    ("text", "printed", "reason"),
    [
        ("2018年8月27日召开大会。", "2018年", "date"),
        ("五年来取得新进展。", "五年", "duration"),
        ("落实第十七次代表大会精神。", "十七次", "ordinal"),
        ("推行“1+3+X”模式。", "3", "model"),
        ("学习十九大精神。", "十九大", "name"),
        ("职工可拨打12351热线。", "12351", "telephone"),
        ("25人以上的企业都要建会。", "25人以上", "threshold"),
        ("25人（含）以上的企业都要建会。", "25人（含）以上", "threshold"),
        ("每季度一次走访。", "一次", "frequency"),
        ("一名职工说很温暖。", "一名", "article"),
        ("景区是4A级。", "4", "name"),
        ("做到两个同步。", "两个", "slogan"),
        ("统一安排，扎实推进。", "一", "word"),
        ("地址是中山路12号。", "12", "address"),
        ("推出“双百”行动。", "百", "name"),
        ("二是加强培训。", "二", "ordinal"),
        ("总第407、408期刊发。", "408期", "ordinal"),
        ("区总工会六届三次全委会召开。", "三次", "ordinal"),
        ("65岁以下的劳模参加体检。", "65岁以下", "threshold"),
    ],
)
def test_a_numeral_that_reports_nothing_is_refused_with_its_reason(text, printed, reason):
    assert refusals(text)[printed] == reason
    assert figures(text) == []


@pytest.mark.parametrize(
    "text", ["实现时间过半、任务过半。", "近半年来发展很快。", "通过半个月的努力。", "召开线上百人大会。"]
)
def test_half_of_a_time_and_words_on_a_line_are_no_shares_and_no_bounds(text):
    assert not [one for one in figures(text) if one.unit == "%" or one.as_printed.startswith("上")]


def test_a_count_built_by_the_union_is_a_figure_though_it_is_one():
    assert only("在广场旁建立了一个职工服务驿站。").printed.value == 1


def test_a_list_shares_its_unit_and_takes_its_names_in_order():
    found = figures("内资、外商投资企业工会分别为6,626和573个。")
    assert [one.unit for one in found] == ["个", "个"]
    assert [one.indicator for one in found] == ["内资企业工会数", "外商投资企业工会数"]


def test_an_elided_unit_comes_from_the_noun_before_it():
    figure = only("参加互助保障的职工6万多；")
    assert (figure.unit, figure.printed.value, figure.printed.qualifier) == ("人", 60_000, "at_least")


def test_from_to_gives_two_figures_of_one_indicator():
    first, second = figures("参保人数由18万人增加到37万人。")
    assert (first.printed.value, second.printed.value) == (180_000, 370_000)
    assert first.indicator == second.indicator == "参保人数"


def test_a_range_is_one_figure():
    figure = only("每人可获补助3—5万元。")
    assert (figure.printed.low, figure.printed.high) == (30_000, 50_000)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("现有会员1204人（女会员397人）。", ["会员数", "女会员数"]),
        ("投保率由上年的51%提高到今年的63.4%。", ["投保率", "投保率"]),
        ("达成就业意向4300余人。", ["就业意向数"]),
        ("让利金额达560万元。", ["让利金额"]),
        ("入会率达九成，净增会员6280名。", ["入会率", "净增会员数"]),
        ("带动消费1亿元，较2021年增长1.4倍。", ["带动消费", "带动消费同比增幅"]),
        ("累计给付6万人次。", ["给付人次"]),
    ],
)
def test_names_keep_their_own_characters(text, names):
    assert [one.indicator for one in figures(text)] == names


def test_three_quarters_are_nine_months():
    assert only("2021年前三季度，调处劳动争议28件。").period == "2021-01/2021-09"


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("现有会员20万人，同比增长4%。", ["stock", "stock"]),
        ("2021年参保20万人，同比增长4%。", ["flow", "flow"]),
        ("2018年接待咨询1865人次，农民工占89%。", ["flow", "flow"]),
        ("今年签订集体合同100份，覆盖企业230家。", ["flow", "flow"]),
    ],
)
def test_growth_shares_and_reach_are_of_the_kind_of_what_they_measure(text, measures):
    assert [one.measure for one in figures(text)] == measures


def test_what_was_obtained_is_no_target():
    assert only("县总工会争取财政支持120万元。").measure != "target"


def test_growth_is_named_after_what_grew():
    money, growth = figures("2019年支付补助金300万元，同比增长12%。")
    assert growth.indicator == f"{money.indicator}同比增幅"
    cases, fall = figures("2019年受理案件300件，同比下降12%。")
    assert fall.indicator == f"{cases.indicator.removesuffix('数')}同比降幅"


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("慰问困难职工183人。", "assistance"),
        ("慰问困难劳模7人。", "assistance"),
        ("新建基层工会36个。", "organisation"),
        ("发展会员2300人。", "membership"),
        ("职工医疗互助参保18万人。", "insurance"),
        ("签订集体合同9281份。", "rights"),
        ("举办技能竞赛119场，参赛职工7000人。", "training"),
        ("提出合理化建议1162条。", "activity"),
        ("建成职工书屋310家。", "facility"),
        ("配备专职工会工作者136名。", "staff"),
        ("地区生产总值增长了250亿元。", "economy"),
        ("产改试点企业共计412家。", "pilot_count"),
        ("集体合同签订率达到90%。", "coverage_rate"),
        ("各级工会筹资送清凉，基层工会投入500万元。", "assistance"),
        ("区总工会组织486名职工疗休养。", "assistance"),
        ("职工医疗互助启动。本期补助住院职工265人次。", "insurance"),
        ("建成劳模创新工作室4家、技能大师工作室2家。", "facility"),
    ],
)
def test_the_group_is_told_by_the_words_around(text, group):
    assert {one.group for one in figures(text)} == {group}


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("目前，全市基层工会1686家。", "stock"),
        ("2017年，全市共救助困难职工2704户。", "flow"),
        ("五年来，累计培训职工5.9万人。", "cumulative"),
        ("力争新建基层工会1000个以上。", "target"),
        ("今年还将投入300万元。", "target"),
        ("截至目前，参保单位共24家。", "stock"),
        ("今年已签订集体合同6852份。", "flow"),
        ("一年来，受理案件52件。", "flow"),
        ("近三年，受理案件152件。", "cumulative"),
        ("2020年，欠薪案件结案率98%。", "flow"),
        ("2020年，会员入会率98%。", "stock"),
        ("2020年，助学标准由3000元提高到4000元。", "stock"),
        ("截至12月20日，援助案件187件。", "flow"),
    ],
)
def test_the_measure_is_told_by_the_time_and_the_verb(text, measure):
    assert {one.measure for one in figures(text)} == {measure}


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2017年，救助困难职工2704户。", "2017"),
        ("截至2018年6月，会员达24万人。", "2018-06"),
        ("去年，救助困难职工12户。", "2017"),
        ("上半年，培训职工300人。", "2018-H1"),
        ("2013至2018年评选劳模30名。", "2013/2018"),
    ],
)
def test_relative_time_is_resolved_against_the_documents_year(text, period):
    assert only(text, 2018).period == period


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("海宁市总工会慰问职工30人。", "海宁市"),
        ("四川省成都市武侯区总工会慰问职工30人。", "武侯区"),
        ("灵川县：续保7575人。", "灵川县"),
        ("全国工会慰问职工30万人。", "全国"),
    ],
)
def test_the_reporter_is_the_union_or_place_that_is_named(text, name):
    assert only(text).reporter.name.removesuffix("总工会") == name


def test_a_heading_names_the_reporter_of_what_stands_below():
    text = "贵阳市总工会工作情况\n慰问职工30人。\n遵义市总工会工作情况\n慰问职工40人。\n"
    assert [one.reporter.name for one in figures(text)] == ["贵阳市", "遵义市"]


@given(st.text(alphabet="一二三十百万0123456789.,，。、年人家元%个第+“”近余以上\n工会职参保的", max_size=60))
@example("0余十二")  # the 十 belongs to the numeral that follows
@settings(max_examples=150, deadline=None)
def test_every_numeral_ends_as_a_figure_or_a_refusal_and_never_as_both(text):
    judged = list(find(text))
    for earlier, later in pairwise(judged):
        assert earlier.start < later.start
    for numeral in scan(text):
        homes = [one for one in judged if one.start <= numeral.start and numeral.end <= one.end]
        assert len(homes) == 1, (numeral, text)


@given(st.text(max_size=80))
@settings(max_examples=100, deadline=None)
def test_any_text_is_read_and_spans_print_what_they_say(text):
    for one in find(text):
        assert text[one.start : one.end].strip() or one.as_printed
        if isinstance(one, Figure):
            assert text[one.start : one.end] == one.as_printed
            assert one.measure
            assert one.group


@pytest.mark.parametrize("piece", ["1至2", "一家、", "十", "1,", "第1", "由1家到", "工会会员1人"])
def test_text_without_end_is_read_to_its_end(piece):
    text = piece * 4000
    assert all(one.end <= len(text) for one in find(text))
