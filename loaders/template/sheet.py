"""One sheet of a form: headings, rows of reporters, totals, last period beside, validation, signatures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from loaders.template import marks, paper, styles
from loaders.template.form import Form
from loaders.vocabulary.periods import previous
from tidy import periods
from tidy.language import using

KEYS, TITLE, ABOUT, HINT, HEAD, SLOTS, FIRST = 1, 2, 3, 4, 5, 6, 7
SPARE_ROWS = 5
KEY_COLUMN, NUMBER_COLUMN, NAME_COLUMN, DATA_COLUMN = 1, 2, 3, 4
REASONS = "本单位无此项,尚未统计,暂缺待补,不宜公开"


@dataclass(frozen=True, slots=True)
class Asked:
    """An indicator as a form asks for it."""

    id: str
    name: str
    unit: str
    additive: bool
    maximum: float | None
    numerator: str = ""
    denominator: str = ""

    @classmethod
    def of(cls, id: object, row: Any) -> Asked:
        """Build from a row of the table of indicators."""
        maximum = None if row["maximum"] != row["maximum"] else float(row["maximum"])
        return cls(
            str(id),
            str(row["name"]),
            str(row["unit"]),
            bool(row["additive"]),
            maximum,
            str(row["numerator_id"]),
            str(row["denominator_id"]),
        )

    @property
    def heading(self) -> str:
        """The heading with its unit."""
        return f"{self.name}（{self.unit}）" if self.unit else self.name

    @property
    def number_format(self) -> str:
        """Shares with two decimals, counts whole, money with separators."""
        return "0.00" if self.unit in ("%", "‰") else "#,##0.##" if self.unit == "元" else "#,##0"


@dataclass(slots=True)
class Plan:
    """Where things stand: the columns of each indicator, the rows of reporters and of the total."""

    asked: Sequence[Asked]
    derived: frozenset[str]
    columns: dict[str, int] = field(default_factory=dict)
    last_row: int = 0

    @property
    def total_row(self) -> int:
        """The row below the last reporter and the spare rows."""
        return self.last_row + 1

    @property
    def note_column(self) -> int:
        """The column right of the last indicator."""
        return DATA_COLUMN + 2 * len(self.asked)


def write_sheet(
    sheet: Worksheet,
    form: Form,
    asked: Sequence[Asked],
    names: Mapping[str, str],
    reporter: str,
    before: Mapping[tuple[str, str], float],
) -> None:
    """Fill ``sheet`` with the form for the indicators ``asked``; texts of a form are always Chinese."""
    ids = {one.id for one in asked}
    derived = frozenset(one.id for one in asked if one.numerator in ids and one.denominator in ids)
    plan = Plan(
        asked,
        derived,
        {one.id: DATA_COLUMN + 2 * n for n, one in enumerate(asked)},
        FIRST + len(names) + SPARE_ROWS - 1,
    )
    with using("zh"):
        _lines_above(sheet, form, plan, reporter)
        _headings(sheet, form, plan)
    _rows(sheet, plan, names, before)
    _total(sheet, plan)
    _signatures(sheet, plan)
    _validate(sheet, plan)
    _protect(sheet, plan)
    paper.lay_out(sheet, DATA_COLUMN, len(asked), (HEAD, SLOTS), f"{sheet.title} {form.id}")


def _lines_above(sheet: Worksheet, form: Form, plan: Plan, reporter: str) -> None:
    last = get_column_letter(min(plan.note_column, DATA_COLUMN - 1 + 2 * paper.per_page(len(plan.asked))))
    period = periods.label(form.period)
    sheet.cell(KEYS, KEY_COLUMN, marks.START + form.id)
    sheet.cell(
        TITLE, NUMBER_COLUMN, f"{form.city or '浙江省'}基层工会改革试点统计表（{sheet.title}）"
    ).font = styles.TITLE
    sheet.merge_cells(f"B{TITLE}:{last}{TITLE}")
    sheet.cell(TITLE, NUMBER_COLUMN).alignment = styles.CENTRE
    sheet.cell(ABOUT, NUMBER_COLUMN, "填报单位：").font = styles.BOLD
    sheet.cell(ABOUT, NAME_COLUMN, reporter or None).protection = styles.OPEN
    sheet.cell(ABOUT, DATA_COLUMN, f"统计时期：{period}").font = styles.BOLD
    sheet.cell(ABOUT, DATA_COLUMN + 2, f"表单编号：{form.id}").font = styles.FADED
    sheet.cell(
        HINT, NUMBER_COLUMN, "白格填本期数，只填数字；没有的留空并在备注里选原因。灰格由公式计算或为上期数，不必填。"
    ).font = styles.FADED


def _headings(sheet: Worksheet, form: Form, plan: Plan) -> None:
    for column, key, text in (
        (NUMBER_COLUMN, marks.NUMBER, "序号"),
        (NAME_COLUMN, marks.NAME, "单位名称"),
        (plan.note_column, marks.NOTE, "备注"),
    ):
        sheet.cell(KEYS, column, key)
        styles.head(sheet.cell(HEAD, column, text))
        sheet.merge_cells(start_row=HEAD, end_row=SLOTS, start_column=column, end_column=column)
    last = periods.label(previous(form.period))
    for one in plan.asked:
        column = plan.columns[one.id]
        slot = marks.DERIVED if one.id in plan.derived else marks.NOW
        sheet.cell(KEYS, column, marks.column_key(one.id, slot))
        sheet.cell(KEYS, column + 1, marks.column_key(one.id, marks.BEFORE))
        styles.head(sheet.cell(HEAD, column, one.heading))
        sheet.merge_cells(start_row=HEAD, end_row=HEAD, start_column=column, end_column=column + 1)
        styles.head(sheet.cell(SLOTS, column, "本期"))
        styles.head(sheet.cell(SLOTS, column + 1, f"上期（{last}）"))


def _rows(sheet: Worksheet, plan: Plan, names: Mapping[str, str], before: Mapping[tuple[str, str], float]) -> None:
    lines = [*names.items(), *[(marks.SPARE, "")] * SPARE_ROWS]
    for number, (id, name) in enumerate(lines):
        row = FIRST + number
        sheet.cell(row, KEY_COLUMN, id)
        styles.label(sheet.cell(row, NUMBER_COLUMN, number + 1 if name else None))
        styles.label(sheet.cell(row, NAME_COLUMN, name or None))
        if not name:
            sheet.cell(row, NAME_COLUMN).protection = styles.OPEN
        for one in plan.asked:
            _cells(sheet, plan, one, row, before.get((id, one.id)))
        styles.entry(sheet.cell(row, plan.note_column), "@")


def _cells(sheet: Worksheet, plan: Plan, one: Asked, row: int, before: float | None) -> None:
    column = plan.columns[one.id]
    if one.id in plan.derived:
        styles.locked(sheet.cell(row, column, _ratio(plan, one, row)), one.number_format)
    else:
        styles.entry(sheet.cell(row, column), one.number_format)
    styles.locked(sheet.cell(row, column + 1, before), one.number_format)


def _ratio(plan: Plan, one: Asked, row: int) -> str:
    above, below = (f"{get_column_letter(plan.columns[id])}{row}" for id in (one.numerator, one.denominator))
    return f'=IF(N({below})>0,ROUND(100*N({above})/{below},2),"")'


def _total(sheet: Worksheet, plan: Plan) -> None:
    row = plan.total_row
    sheet.cell(row, KEY_COLUMN, marks.TOTAL)
    styles.locked(sheet.cell(row, NUMBER_COLUMN))
    styles.locked(sheet.cell(row, NAME_COLUMN, "合计"))
    for one in plan.asked:
        for column in (plan.columns[one.id], plan.columns[one.id] + 1):
            styles.locked(sheet.cell(row, column, _sum(plan, one, column)), one.number_format)
    styles.locked(sheet.cell(row, plan.note_column))


def _sum(plan: Plan, one: Asked, column: int) -> str | None:
    letters = get_column_letter(column)
    if one.id in plan.derived and column == plan.columns[one.id]:
        return _ratio(plan, one, plan.total_row)
    return f"=SUM({letters}{FIRST}:{letters}{plan.last_row})" if one.additive else None


def _signatures(sheet: Worksheet, plan: Plan) -> None:
    row = plan.total_row + 2
    for number, words in enumerate(("单位负责人：", "统计负责人：", "填表人：", "联系电话：", "填报日期：")):
        cell = sheet.cell(row, NUMBER_COLUMN + 2 * number, words)
        sheet.cell(row, cell.column + 1).protection = styles.OPEN
    sheet.cell(row + 1, NUMBER_COLUMN, f"说明：指标口径见“{marks.DEFINITIONS}”表；可增加行，请勿改动表头。")


def _validate(sheet: Worksheet, plan: Plan) -> None:
    for one in plan.asked:
        if one.id not in plan.derived:
            letters = get_column_letter(plan.columns[one.id])
            rule = DataValidation(
                "decimal",
                operator="between",
                formula1="0",
                formula2=f"{one.maximum or 1e13:.0f}",
                allow_blank=True,
                errorTitle="请填数字",
                error=_error(one),
                promptTitle=one.name[:30],
                prompt=f"单位：{one.unit}",
                showErrorMessage=True,
                showInputMessage=True,
            )
            rule.add(f"{letters}{FIRST}:{letters}{plan.last_row}")
            sheet.add_data_validation(rule)
    name = get_column_letter(NAME_COLUMN)
    _choice(sheet, f"{marks.HIDDEN_SHEET}!$C$1:$C$2000", f"{name}{FIRST}:{name}{plan.last_row} {name}{ABOUT}")
    note = get_column_letter(plan.note_column)
    _choice(sheet, f'"{REASONS}"', f"{note}{FIRST}:{note}{plan.last_row}", strict=False)


def _error(one: Asked) -> str:
    return (
        f"{one.name}应为 0 至 {one.maximum:g} 之间的数" if one.maximum else f"{one.name}应为不小于 0 的数字，不要带单位"
    )


def _choice(sheet: Worksheet, source: str, cells: str, *, strict: bool = True) -> None:
    rule = DataValidation(
        "list",
        formula1=source,
        allow_blank=True,
        showErrorMessage=strict,
        errorTitle="名称不在名册中",
        error="请从下拉列表中选择",
        errorStyle="warning",
    )
    for reach in cells.split():
        rule.add(reach)
    sheet.add_data_validation(rule)


def _protect(sheet: Worksheet, plan: Plan) -> None:
    """Lock what is not to be filled in, without a password; hide the signs; freeze the headings."""
    sheet.row_dimensions[KEYS].hidden = True
    sheet.column_dimensions["A"].hidden = True
    sheet.column_dimensions[get_column_letter(NUMBER_COLUMN)].width = 11
    sheet.column_dimensions[get_column_letter(NAME_COLUMN)].width = 26
    for column in range(DATA_COLUMN, plan.note_column + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 13
    sheet.row_dimensions[TITLE].height = 24
    sheet.row_dimensions[HEAD].height = sheet.row_dimensions[SLOTS].height = 32
    sheet.freeze_panes = sheet.cell(FIRST, DATA_COLUMN)
    sheet.protection.sheet = True
    for allowed in ("insertRows", "formatCells", "formatColumns", "formatRows", "sort"):
        setattr(sheet.protection, allowed, False)
