"""What was altered in a returned form, compared with what was sent out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isclose

from loaders.grid import Sheet, a1
from loaders.grid.model import column_name
from loaders.layout.words import is_total
from loaders.template import marks
from loaders.template.form import Form, group_names
from loaders.template.returned import Column, ReturnedRow, ReturnedSheet
from loaders.vocabulary import Vocabulary, key
from loaders.vocabulary.periods import period_in
from tidy.language import _
from tidy.problems import Problem, Severity


def alterations(
    form: Form, returned: Sequence[ReturnedSheet], others: Sequence[Sheet], vocabulary: Vocabulary, *, genuine: bool
) -> list[Problem]:
    """Return a problem for every change that is no filling in: errors where the figures' meaning is in doubt."""
    found = (
        []
        if genuine
        else [
            Problem("form_tampered", _("表单的隐藏信息被改动过"), _("请下载新的表单重新填写"), sheet=marks.HIDDEN_SHEET)
        ]
    )
    for one in returned:
        for change in (_identity, _headings, _columns, _names, _rows, _order, _history):
            found += change(form, one, vocabulary)
    return found + list(_sheets(form, returned, others, vocabulary))


def _said(
    one: ReturnedSheet,
    spot: tuple[int, int] | None,
    code: str,
    message: str,
    advice: str,
    severity: Severity = "warning",
) -> Problem:
    cell = a1(*spot) if spot else ""
    return Problem(
        code, message, advice, sheet=one.sheet.name, cell=cell, text=one.text(*spot) if spot else "", severity=severity
    )


def _identity(form: Form, one: ReturnedSheet, vocabulary: Vocabulary) -> Iterator[Problem]:
    if one.id != form.id:
        yield _said(
            one,
            None,
            "form_mixed",
            _("工作表来自另一份表单（{id}）").format(id=one.id),
            _("不要把几份表单拼在一起；请分别上传"),
            "error",
        )
    for row in range(one.key_row + 1, one.header_row):
        for column in range(one.sheet.left, one.sheet.left + 40):
            text = one.text(row, column)
            told = period_in(text) if text.startswith("统计时期") else None
            if told and told != form.period:
                yield _said(
                    one,
                    (row, column),
                    "form_period",
                    _("统计时期改成了 {told}，表单是 {period} 的").format(told=told, period=form.period),
                    _("请下载 {told} 的表单填写").format(told=told),
                    "error",
                )


def _headings(form: Form, one: ReturnedSheet, vocabulary: Vocabulary) -> Iterator[Problem]:
    for column in one.columns:
        if column.slot != marks.BEFORE and column.indicator in vocabulary.indicator.index:
            row = vocabulary.indicator.loc[column.indicator]
            spot = (one.header_row, column.number)
            if key(one.text(*spot)) != key(f"{row['name']}（{row['unit']}）"):
                yield _said(
                    one,
                    spot,
                    "form_heading",
                    _("表头改成了“{text}”，原为“{name}（{unit}）”").format(
                        text=one.text(*spot), name=row["name"], unit=row["unit"]
                    ),
                    _("请恢复原表头；口径或单位不同的数字不要填在这里"),
                    "error",
                )


def _columns(form: Form, one: ReturnedSheet, vocabulary: Vocabulary) -> Iterator[Problem]:
    signed = {c.number for c in one.columns} | one.side | {one.key_column, one.name_column}
    there = {c.indicator for c in one.columns if c.slot != marks.BEFORE}
    for column in range(one.key_column + 1, one.sheet.left + _width(one)):
        numbers = [row for row in one.rows if isinstance(one.sheet.value(row.number, column), (int, float))]
        if column not in signed and numbers:
            yield _said(
                one,
                (one.header_row, column),
                "form_column_added",
                _("新增的 {name} 列没有读入").format(name=column_name(column)),
                _("表单之外的指标请另表上报"),
            )
    groups = vocabulary.indicator["group"]
    asked = [i for i in form.indicators if groups.get(i) in {groups.get(c) for c in there}]
    for indicator in asked:
        if indicator not in there:
            yield _said(
                one,
                None,
                "form_column_removed",
                _("“{name}”一列被删去").format(name=vocabulary.indicator["name"].get(indicator, indicator)),
                _("没有数据的指标请留空，不要删列"),
            )


def _width(one: ReturnedSheet) -> int:
    return max((len(row) for row in one.sheet.rows), default=0)


def _names(form: Form, one: ReturnedSheet, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Rows whose visible name is not the one their sign says: the visible name counts."""
    for row in one.rows:
        expected = str(vocabulary.reporter["name"].get(row.sign, ""))
        found = vocabulary.reporters.find(row.name)
        if expected and row.name and row.sign not in found and not set(found) & set(form.reporters):
            yield _said(
                one,
                _spot(one, row),
                "form_name",
                _("单位名称改成了“{text}”，原为“{name}”").format(text=row.name, name=expected),
                _("按现在的名称读入；如只是排序请忽略"),
            )


def _rows(form: Form, one: ReturnedSheet, vocabulary: Vocabulary) -> Iterator[Problem]:
    there = {_who(row, vocabulary) for row in one.rows}
    for reporter in form.reporters:
        if reporter not in there:
            yield _said(
                one,
                None,
                "form_row_removed",
                _("“{name}”一行被删去").format(name=vocabulary.reporter["name"].get(reporter, reporter)),
                _("没有数据的单位请留空，不要删行"),
            )
    for row in one.rows:
        if not row.sign and row.name and not is_total(row.name):
            yield _said(
                one,
                _spot(one, row),
                "form_row_added",
                _("新增了“{name}”一行").format(name=row.name),
                _("已读入，请核对单位名称"),
                "note",
            )
        elif row.sign == marks.TOTAL and row.name and not is_total(row.name):
            yield _said(
                one,
                _spot(one, row),
                "form_total_renamed",
                _("合计行改成了“{name}”").format(name=row.name),
                _("合计行不作数据读入；单位请填在合计行以上"),
                "error",
            )


def _order(form: Form, one: ReturnedSheet, vocabulary: Vocabulary) -> Iterator[Problem]:
    order = [who for row in one.rows if (who := _who(row, vocabulary)) in form.reporters]
    expected = [reporter for reporter in form.reporters if reporter in order]
    if order != expected:
        yield _said(one, None, "form_sorted", _("行的顺序变了"), _("按各行的名称读入，不必改回"), "note")
    places = [c.number for c in one.columns]
    asked = [c.indicator for c in one.columns]
    rank = {indicator: n for n, indicator in enumerate(form.indicators)}
    if asked != sorted(asked, key=lambda id: rank.get(id, len(rank))) or places != sorted(places):
        yield _said(one, None, "form_columns_moved", _("列的顺序变了"), _("按各列的标记读入，不必改回"), "note")


def _history(form: Form, one: ReturnedSheet, vocabulary: Vocabulary) -> Iterator[Problem]:
    known = {(reporter, indicator): value for reporter, indicator, value in form.before}
    for row in one.rows:
        for column in one.columns:
            who = _who(row, vocabulary)
            if column.slot == marks.BEFORE and who in form.reporters:
                yield from _changed(one, row, column, known.get((who, column.indicator)))


def _changed(one: ReturnedSheet, row: ReturnedRow, column: Column, sent: float | None) -> Iterator[Problem]:
    value = one.sheet.value(row.number, column.number)
    blank = not one.text(row.number, column.number)
    same = (sent is None and blank) or (
        sent is not None and isinstance(value, (int, float)) and isclose(sent, value, rel_tol=1e-9)
    )
    if not same:
        spot = (row.number, column.number)
        was = _("空") if sent is None else f"{sent:.12g}"
        yield _said(
            one,
            spot,
            "form_history",
            _("上期数改动过，原为 {was}").format(was=was),
            _("上期数不会读入；要更正请走数据更正"),
        )


def _sheets(
    form: Form, returned: Sequence[ReturnedSheet], others: Sequence[Sheet], vocabulary: Vocabulary
) -> Iterator[Problem]:
    groups = vocabulary.indicator["group"]
    there = {groups.get(column.indicator) for one in returned for column in one.columns}
    for group in form.groups:
        if group not in there:
            yield Problem(
                "form_sheet_removed",
                _("缺少“{name}”表").format(name=group_names()[group]),
                _("没有数据的表请留空，不要删表"),
                severity="warning",
            )
    for sheet in others:
        if any(any(value is not None for value in row) for row in sheet.rows):
            yield Problem(
                "form_sheet_added",
                _("新增的工作表没有读入"),
                _("表单之外的内容请另表上报"),
                sheet=sheet.name,
                severity="warning",
            )


def _spot(one: ReturnedSheet, row: ReturnedRow) -> tuple[int, int]:
    return row.number, one.name_column or 0


def _who(row: ReturnedRow, vocabulary: Vocabulary) -> str:
    """Return whose row it is: by its visible name, which sorting always moves; by its sign when that says nothing."""
    found = vocabulary.reporters.find(row.name) if row.name else ()
    return found[0] if len(found) == 1 else row.sign
