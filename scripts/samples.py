"""The sample files under ``data/samples/``: ``python -m scripts.samples`` writes them again.

Three workbooks and two reports as offices send them, each with typical faults. The reporters exist, the
figures are invented, and every file says so in its name, its first line and its note.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Callable, Sequence

from docx import Document
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from loaders.template.form import design
from loaders.template.write import write
from tidy.samples import FOLDER as HERE
from tidy.samples import INVENTED
from tidy.schema import read_reference

EPOCH = (1980, 1, 1, 0, 0, 0)
STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")
MARK = f"【示例，{INVENTED}】"
NOTE = f"本表为演示用的示例，所有{INVENTED}，不是任何单位的统计数据。Sample data: every figure is invented."


def membership() -> bytes:
    """A hand-made table: three heading rows, a wrong total, a number as text, a rate over 100, an unknown name."""
    book = Workbook()
    sheet = _sheet(book, "示例", f"{MARK}杭州市部分试点2018年工会组织和会员情况表", 6)
    _rows(sheet, 2, [
        ["填报单位：杭州市总工会", None, None, None, None, "统计时期：2018年"],
        ["单位名称", "组织建设", None, "会员", None, "建会率（%）"],
        [None, "基层工会数（个）", "建会企业数（家）", "工会会员数（人）", "新发展会员数（人）", None],
        ["梦想小镇", 11, 110, 1100, 110, 91],
        ["云栖小镇", 12, 120, "1,200人", 120, 92],
        ["武林商圈", 13, 130, "1300余", 130, 93],
        ["湖滨商圈", 14, 140, 1400, "约150", 194],
        ["示例小镇", 15, 150, 1500, 160, 95],
        ["合计", 65, 650, 6900, 670, None],
        [f"注：{NOTE}"],
    ])  # fmt: skip
    for area in ("A3:A4", "B3:C3", "D3:E3", "F3:F4", "A11:F11"):
        sheet.merge_cells(area)
    sheet["D6"].comment = Comment("示例批注：年底核对过", "示例")
    return _bytes(book)


def insurance() -> bytes:
    """A cross-tab of two years: money in 万元, a dash for nothing, a hidden row, one reporter twice, a formula gone."""
    book = Workbook()
    sheet = _sheet(book, "示例", f"{MARK}嘉兴市部分试点职工医疗互助保障情况表", 5)
    _rows(sheet, 2, [
        ["金额单位：万元", None, None, None, None],
        ["试点名称", "医疗互助参保人数（人）", None, "医疗互助补助金额", None],
        [None, "2017年", "2018年", "2017年", "2018年"],
        ["光伏小镇", 1001, 1101, 10.1, 11.1],
        ["核电小镇", 2002, 2202, 20.2, "—"],
        ["皮革时尚小镇", "3000多", 3303, 30.3, 33.3],
        ["南湖新区", 4004, 44044, 40.4, 44.4],
        ["核电小镇", 2002, 2020, 20.2, 22.2],
        ["嘉兴科技城", 5005, "#REF!", 50.5, 55.5],
        [f"注：{NOTE}"],
    ])  # fmt: skip
    for area in ("A3:A4", "B3:C3", "D3:E3", "A11:E11"):
        sheet.merge_cells(area)
    sheet.row_dimensions[7].hidden = True
    return _bytes(book)


def form() -> bytes:
    """Our own form, filled in for two indicators, the rest left empty; it can be published as it is."""
    reference = read_reference()
    asked = design(["membership", "insurance"], "2018", reference, city="湖州市")
    book = load_workbook(io.BytesIO(write(asked, reference)))
    for name, indicator, start in (("会员", "union_members", 1111), ("医疗互助", "insurance_enrolment", 1011)):
        sheet = book[name]
        sheet["B2"].value = f"{MARK}{sheet['B2'].value}"
        column = next(c for c in range(1, sheet.max_column + 1) if _is_input(sheet, c, indicator))
        places = [r for r in range(1, sheet.max_row + 1) if sheet.cell(r, 1).value in asked.reporters]
        for number, row in enumerate(places):
            sheet.cell(row, column, start + 111 * number)
    return _bytes(book)


def _is_input(sheet: Worksheet, column: int, indicator: str) -> bool:
    sign = str(sheet.cell(1, column).value)
    return sign.startswith(f"{indicator}|") and not sign.endswith("before")


REPORT = f"""{MARK}温州市部分试点2018年基层工会改革情况汇报
{NOTE}
一、组织建设
智能电气小镇：截至2018年底，基层工会220个，工会会员2.2万人，全年新发展会员2200余人，建会率92%以上。
乐清经济开发区：截至2018年底，基层工会110个，工会会员近1.1万人，入会率约88%。
二、医疗互助
大南商圈：2018年，医疗互助参保近1100人，补助金额约11万元。眼镜小镇参保1200余人，比上年增加12%。
三、存在的不足
智能电气小镇：截至2018年底，工会会员2.3万人（与上文不一）。“1+6+N”模式推进不快，25人以上企业建会还有缺口，三项制度待完善。"""

STORY = f"""{MARK}小镇里的“娘家人”
{NOTE}

走进红木小镇，工会服务站里很热闹。2018年，慰问困难职工333人次，发放慰问金33万余元。
“以前只有两三家企业建会，现在不足一年就建了三十家。”工会主席说。
在横店影视实验区，2018年，举办招聘会3场，送清凉走进33家企业，惠及职工数千人。
在浦江水晶产业园区，截至2017年底，工会会员0.33万人，职工书屋藏书近3万册，全年开展活动三十余场。
"""


def report() -> bytes:
    """A work report: bounds in words, the same figure twice with two values, models and thresholds."""
    document = Document()
    title, *lines = REPORT.splitlines()
    document.add_heading(title, 0)
    for line in lines:
        document.add_heading(line, 1) if line[1:2] == "、" else document.add_paragraph(line)
    content = io.BytesIO()
    document.save(content)
    return _still(content.getvalue())


def story() -> bytes:
    """A magazine's reportage in an old encoding: numerals in words, spoken figures, vague tens and thousands."""
    return STORY.encode("gb18030")


def _sheet(book: Workbook, name: str, title: str, width: int) -> Worksheet:
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    sheet.cell(1, 1, title).font = Font(bold=True, size=14)
    sheet.cell(1, 1).alignment = Alignment(horizontal="center")
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
    for letter in "ABCDEF"[:width]:
        sheet.column_dimensions[letter].width = 20
    return sheet


def _rows(sheet: Worksheet, first: int, rows: Sequence[Sequence[object]]) -> None:
    for row, values in enumerate(rows, first):
        for column, value in enumerate(values, 1):
            if value is not None:
                sheet.cell(row, column, value)


def _bytes(book: Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return _still(content.getvalue())


def _still(content: bytes) -> bytes:
    """Take the clock out of an office file, so that the same content is the same file."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(result, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, STAMP.sub(rb"\g<1>2018-10-31T00:00:00Z\g<2>", old.read(name)))
    return result.getvalue()


SAMPLES: dict[str, Callable[[], bytes]] = {
    "示例1-组织与会员.xlsx": membership,
    "示例2-医疗互助.xlsx": insurance,
    "示例3-填报表.xlsx": form,
    "示例4-工作报告.docx": report,
    "示例5-通讯.txt": story,
}


def main() -> int:
    """Write the sample files."""
    for name, make in SAMPLES.items():
        (HERE / name).write_bytes(make())
        print(HERE.name, name, sep="/")
    return 0


if __name__ == "__main__":
    sys.exit(main())
