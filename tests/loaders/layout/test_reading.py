"""Layouts that county offices and statistics sites really use, read without being told where the table is."""

from __future__ import annotations

from loaders.layout import tables
from tests.loaders.layout.forms import links, sheet


def test_export_with_title_lines_above_and_notes_below() -> None:
    form = sheet("""
数据库：分省年度数据
指标：地区生产总值(亿元)
时间：最近3年
地区|2024年|2023年|2022年
北京市||43760.7|41540.9
天津市||16737.3|16132.2
注：1.按当年价格计算。
　　2.2023年为初步核算数。
数据来源：国家统计局""")
    assert links(form) == {
        "C5": "北京市 > 2023年",
        "D5": "北京市 > 2022年",
        "C6": "天津市 > 2023年",
        "D6": "天津市 > 2022年",
    }
    assert tables(form)[0].unit == "亿元"


def test_database_that_heads_its_columns_by_four_rows() -> None:
    form = sheet("""
指标|产值:当季|产值:累计
地区|全国|全国
频度|季|季
单位|亿元|亿元
2018-03|198|198
2018-06|220|418""")
    assert links(form)["C6"] == "2018-06 > 产值:累计/全国/季/亿元"


def test_hand_made_form_with_number_group_and_note_columns() -> None:
    form = sheet(
        """
2018年试点情况汇总表
填报单位：杭州市总工会|||填报日期：2018年9月30日|||单位：人、家
序号|县（市、区）|试点名称|会员数||建会数|备注
|||总数|其中：女|||
1|上城区|甲园区|1200|600|35|
2||乙楼宇|800|300|12|新增
3|下城区|丙小镇|500|-|9|
|合计||2500|900|56|
填表人：张三||审核人：李四|||联系电话：0571-87654321|""",
        "A1:G1",
        "D3:E3",
        "A3:A4",
        "B3:B4",
        "C3:C4",
        "F3:F4",
        "G3:G4",
        "B5:B6",
    )
    found = links(form)
    assert found["E6"] == "2 ; 上城区 ; 乙楼宇 > 会员数/其中：女"
    assert found["D8"] == "合计 > 会员数/总数"
    assert len(found) == 11
    assert links(form, "missing") == {"E7": "3 ; 下城区 ; 丙小镇 > 会员数/其中：女"}
    assert links(form, "text") == {"G6": "2 ; 上城区 ; 乙楼宇 > 备注"}


def test_statistical_form_with_numbered_columns_and_numbered_rows() -> None:
    form = sheet("""
表　　号：浙工统1表
指标名称|计量单位|代码|本年|上年
甲|乙|丙|1|2
一、基层工会组织数|个|'01|350|340
（一）单独基层工会|个|'02|300|295
二、会员人数|人|'03|12000|11000
其中：女会员|人|'04|5000|4800""")
    found = links(form)
    assert len(found) == 8, "the row 甲 乙 丙 1 2 holds no figure"
    assert found["D5"].endswith("一、基层工会组织数/（一）单独基层工会 > 本年")
    assert found["E7"].endswith("二、会员人数/其中：女会员 > 上年")


def test_table_that_runs_on_with_its_header_repeated() -> None:
    form = sheet("""
地区|总人口|男
全　　国|100|51
　北　京|20|10
续表
地区|总人口|男
　河　北|25|13""")
    assert links(form) == {
        "B2": "全 国 > 总人口",
        "C2": "全 国 > 男",
        "B3": "全 国/北 京 > 总人口",
        "C3": "全 国/北 京 > 男",
        "B6": "河 北 > 总人口",
        "C6": "河 北 > 男",
    }


def test_stacked_tables_and_a_scratch_number_below() -> None:
    form = sheet("""
一、会员情况
地区|2017年|2018年
杭州|10|12

二、经费情况
项目|杭州|宁波
收入（万元）|100|80


|100""")
    assert links(form) == {
        "B3": "杭州 > 2017年",
        "C3": "杭州 > 2018年",
        "B7": "收入（万元） > 杭州",
        "C7": "收入（万元） > 宁波",
    }


def test_tables_side_by_side_are_kept_apart_and_pick_lists_left_out() -> None:
    form = sheet("""
地区|会员数||地区|会员数||选项
杭州|10||温州|7||是
宁波|20||嘉兴|8||否""")
    assert links(form) == {
        "B2": "杭州 > 会员数",
        "B3": "宁波 > 会员数",
        "E2": "温州 > 会员数",
        "E3": "嘉兴 > 会员数",
    }


def test_year_printed_over_its_first_month_only() -> None:
    form = sheet("""
地区|2017年|||2018年||
|1月|2月|3月|1月|2月|3月
杭州|1|2|3|4|5|6""")
    assert links(form)["D3"] == "杭州 > 2017年/3月"
    assert links(form)["G3"] == "杭州 > 2018年/3月"


def test_year_printed_beside_its_first_month_only() -> None:
    form = sheet("""
年|月|会员数
2017|1月|100
|2月|110
2018|1月|130
|2月|140""")
    assert links(form)["C5"] == "2018 ; 2月 > 会员数"


def test_sections_merged_over_the_whole_width() -> None:
    form = sheet(
        """
指标|杭州|宁波
一、组织情况
工会数|10|9
二、经费情况
收入|10|20
合计|136|138""",
        "A2:C2",
        "A4:C4",
    )
    assert [links(form)[c] for c in ("B3", "B5", "B6")] == [
        "一、组织情况/工会数 > 杭州",
        "二、经费情况/收入 > 杭州",
        "合计 > 杭州",
    ]


def test_the_same_headings_repeated_under_each_place() -> None:
    form = sheet("""
地区|2017|2018
杭州市|10|12
男|6|7
女|4|5
宁波市|20|22
男|11|12
女|9|10""")
    assert links(form)["B4"] == "杭州市/女 > 2017"
    assert links(form)["B7"] == "宁波市/女 > 2017"


def test_waiting_zeros_below_the_last_named_row_are_no_figures() -> None:
    form = sheet("单位|人数\n甲|1\n乙|2\n|0\n|0\n|0")
    assert set(links(form)) == {"B2", "B3"}


def test_marks_that_the_notes_explain_as_small_figures_count() -> None:
    form = sheet("地区|甲|乙\n杭州|10|s\n宁波|-|3\n温州|4|5\ns = 小于 50")
    assert set(links(form)) == {"B2", "C2", "C3", "B4", "C4"}


def test_years_as_figures_are_not_taken_for_a_header() -> None:
    form = sheet("地区|甲|乙\n杭州|1500|1700\n宁波|1991|2035\n温州|900|800")
    assert links(form)["B3"] == "宁波 > 甲"
    assert len(links(form)) == 6


def test_a_table_of_words_has_headings_too() -> None:
    form = sheet("姓名|职务|性别\n张三|主席|男\n李四|委员|女")
    assert links(form, "text")["C3"] == "李四 > 性别"


def test_numbers_without_any_table_are_given_without_headings() -> None:
    found = tables(sheet("7"))
    assert [(f.rows, f.columns) for f in found[0].figures] == [((), ())]
    assert found[0].confidence < 0.5


def test_answers_beside_their_questions_are_a_form() -> None:
    form = sheet(
        """
基层工会登记表
单位名称|某公司|邮政编码|310000
会员情况|会员总数|340|其中：女会员|118
|农民工会员数|45|入会率（%）|95
建会时间|2010年5月|工会主席|张三
填表人：李四|联系电话：87654321""",
        "A3:A4",
    )
    assert links(form) == {
        "D2": "邮政编码 > ",
        "C3": "会员情况/会员总数 > ",
        "E3": "会员情况/其中：女会员 > ",
        "C4": "会员情况/农民工会员数 > ",
        "E4": "会员情况/入会率（%） > ",
    }
    assert links(form, "text") == {"B2": "单位名称 > ", "B5": "建会时间 > ", "D5": "工会主席 > "}
    assert tables(form)[0].reasons == ["pairs"]


def test_a_list_of_questions_and_answers_is_a_form_but_a_table_of_two_columns_is_none() -> None:
    assert links(sheet("单位名称|某工会\n联系人|张三\n会员数|120\n建会数|3"))["B3"] == "会员数 > "
    assert links(sheet("指标|数值\n会员数|120\n建会数|3"))["B2"] == "会员数 > 数值"
    assert links(sheet("填报单位|会员数\n杭州|12\n宁波|14"))["B2"] == "杭州 > 会员数"


def test_a_table_below_a_form_is_read_too() -> None:
    form = sheet(
        "单位名称|某工会|联系人|张三\n会员总数|340|女会员数|118\n建会数|3|慰问人次|9\n\n年份|会员数\n2017|300\n2018|340"
    )
    assert links(form)["D2"] == "女会员数 > "
    assert links(form)["B7"] == "2018 > 会员数"


def test_the_halves_of_a_table_printed_in_two_columns_are_kept_apart() -> None:
    form = sheet("序号|市|会员数|序号|市|会员数\n1|杭州|10|3|温州|7\n2|宁波|20|4|嘉兴|8")
    assert links(form)["C3"] == "2 ; 宁波 > 会员数"
    assert links(form)["F3"] == "4 ; 嘉兴 > 会员数"


def test_a_group_named_once_holds_beside_row_numbers_and_a_last_total_stands_alone() -> None:
    form = sheet("序号|市|县|会员数\n1|杭州|上城|10\n2||下城|20\n全省合计|||30")
    assert links(form)["D3"] == "2 ; 杭州 ; 下城 > 会员数"
    form = sheet("指标|本年\n一、组织\n工会数|3\n二、会员\n（一）会员数|9\n（二）女会员数|4\n全省合计|16")
    assert links(form)["B7"] == "全省合计 > 本年"


def test_a_head_over_names_merged_over_two_rows_has_two_rows_though_each_could_stand_alone() -> None:
    form = sheet(
        """
2019年嘉兴市医疗互助
填报单位|医疗互助
|医疗互助参保人数（万人）
嘉兴市总工会|55""",
        "A2:A3",
    )
    assert links(form) == {"B4": "嘉兴市总工会 > 医疗互助/医疗互助参保人数（万人）"}


def test_tables_side_by_side_may_have_headers_and_rows_out_of_line() -> None:
    form = sheet("""
统计时间：2018年
地区|会员数||序号|项目|杭州||宁波
杭州|10||||人数|金额|人数
宁波|20||1|培训|3|4|5
温州|30||2|慰问|6|7|8""")
    found = tables(form)
    assert links(form)["B4"] == "宁波 > 会员数"
    assert links(form)["G5"] == "2 ; 慰问 > 杭州/金额"
    assert [[line.text for line in table.titles] for table in found] == [["统计时间：2018年"]] * 2


def test_a_second_table_keeps_its_title_and_the_upper_row_of_its_header() -> None:
    form = sheet("""
地区|会员数|职工数|女职工
杭州|1|2|3

2018年帮扶情况
项目|杭州|||||宁波
|人次|金额|户|场|元|人次
助学|4|5|6|7|8|9""")
    assert [line.text for line in tables(form)[1].titles] == ["2018年帮扶情况"]
    assert tables(form)[1].header == [4, 5]


def test_a_blank_column_does_not_make_row_numbers_of_the_figures_before_it() -> None:
    form = sheet("地区|会员||职工|\n|本期|上期|本期|上期\n杭州||||\n西湖|92334||22133|\n滨江|96567||1496|")
    assert {"B4", "B5", "D4", "D5"} == set(links(form))
