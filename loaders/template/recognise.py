"""A returned form: found by its hidden signs, read by them, and compared with what was sent out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from loaders.grid import CellError, Sheet
from loaders.layout import Figure, Label, Table
from loaders.layout.table import Role
from loaders.layout.view import plain_text
from loaders.layout.words import is_mark, squeeze, tidy
from loaders.template import marks
from loaders.template.alterations import alterations
from loaders.template.form import Form, from_json
from loaders.template.returned import Column, ReturnedRow, ReturnedSheet
from loaders.vocabulary import Vocabulary
from tidy.language import _
from tidy.problems import Problem

SIGNATURES = ("单位负责人", "统计负责人", "填表人", "说明")


@dataclass(slots=True)
class Recognised:
    """A returned form: what it asked, its sheets without our own, its tables, and how it was altered."""

    form: Form
    sheets: list[Sheet]
    tables: list[Table]
    problems: list[Problem] = field(default_factory=list)


def recognise(sheets: Sequence[Sheet], vocabulary: Vocabulary) -> Recognised | None:
    """Return the form that ``sheets`` are, read by its signs; ``None`` when they are no form of ours."""
    form, genuine = _form(sheets)
    if form is None:
        return None
    returned = [found for sheet in sheets if sheet.name != marks.HIDDEN_SHEET and (found := _returned(sheet))]
    if not returned:
        return None
    own = {one.sheet.name for one in returned} | {marks.HIDDEN_SHEET, marks.DEFINITIONS}
    others = [sheet for sheet in sheets if sheet.name not in own]
    kept = [_quiet(one) for one in returned] + others
    tables = [table for one in returned if (table := _table(one, vocabulary))]
    problems = alterations(form, returned, others, vocabulary, genuine=genuine)
    if not any(_filled_in(one) for one in returned):
        problems.append(Problem("form_empty", _("表单还没有填"), _("填好白格再上传"), severity="warning"))
    return Recognised(form, kept, tables, problems)


def _filled_in(one: ReturnedSheet) -> bool:
    """Tell whether any cell of this period holds something."""
    now = [column.number for column in one.columns if column.slot == marks.NOW]
    return any(one.text(row.number, column) for row in one.rows if row.sign != marks.TOTAL for column in now)


def _form(sheets: Sequence[Sheet]) -> tuple[Form | None, bool]:
    """Return the form described on the hidden sheet, and whether the description is as it was written."""
    hidden = next((sheet for sheet in sheets if sheet.name == marks.HIDDEN_SHEET), None)
    if hidden is None:
        return None, False
    text = "".join(
        plain_text(hidden.value(row, 1))
        for row in range(hidden.top, hidden.top + len(hidden.rows))
        if hidden.value(row, 1) is not None
    )
    try:
        form = from_json(text)
    except ValueError:
        return None, False
    return form, plain_text(hidden.value(0, 0)) == marks.START + form.id


def _returned(sheet: Sheet) -> ReturnedSheet | None:
    """Find the signs of a sheet wherever they have moved; ``None`` for a sheet without."""
    corner = next(
        (
            (sheet.top + i, sheet.left + j)
            for i, row in enumerate(sheet.rows)
            for j, value in enumerate(row)
            if isinstance(value, str) and value.startswith(marks.START)
        ),
        None,
    )
    if corner is None:
        return None
    row, key_column = corner
    signs = {column: plain_text(sheet.value(row, column)) for column in range(key_column + 1, _width(sheet))}
    found = ReturnedSheet(sheet, plain_text(sheet.value(*corner)).removeprefix(marks.START), row, key_column)
    for column, sign in signs.items():
        key = marks.read_column_key(sign)
        if key:
            found.columns.append(Column(column, *key))
        elif sign == marks.NAME:
            found.name_column = column
        elif sign in (marks.NOTE, marks.NUMBER):
            found.side.add(column)
    found.rows = list(_rows(found))
    return found


def _width(sheet: Sheet) -> int:
    return sheet.left + max((len(row) for row in sheet.rows), default=0)


def _rows(found: ReturnedSheet) -> Iterator[ReturnedRow]:
    """Yield the rows of reporters: those with a sign, and what was inserted among or below them."""
    sheet = found.sheet
    signed = {
        row: sign
        for row in range(found.key_row + 1, sheet.top + len(sheet.rows))
        if (sign := plain_text(sheet.value(row, found.key_column)).strip())
    }
    if not signed:
        return
    for row in range(min(signed), sheet.top + len(sheet.rows)):
        name = tidy(plain_text(sheet.value(row, found.name_column))) if found.name_column is not None else ""
        if row > max(signed) and not _reports(found, row, name):
            continue
        yield ReturnedRow(row, signed.get(row, ""), name)


def _reports(found: ReturnedSheet, row: int, name: str) -> bool:
    """Tell whether a row below the last signed one was added for a reporter (and is no signature)."""
    filled = any(isinstance(found.sheet.value(row, c.number), (int, float)) for c in found.columns)
    first = next((plain_text(v) for v in found.sheet.rows[row - found.sheet.top] if v is not None), "")
    return bool(name) and filled and not squeeze(first).startswith(SIGNATURES)


def _quiet(one: ReturnedSheet) -> Sheet:
    """Return the sheet without its signs, and without remarks on the formulas that are the form's own."""
    own = {
        (row.number, c.number)
        for row in one.rows
        for c in one.columns
        if row.sign == marks.TOTAL or c.slot == marks.DERIVED
    }
    rows = [list(cells) for cells in one.sheet.rows]
    for i, cells in enumerate(rows):
        for j in range(len(cells)):
            if one.sheet.top + i == one.key_row or one.sheet.left + j == one.key_column:
                cells[j] = None
    return replace(
        one.sheet,
        rows=rows,
        uncached=one.sheet.uncached - own,
        hidden_rows=one.sheet.hidden_rows - {one.key_row},
        hidden_columns=one.sheet.hidden_columns - {one.key_column},
    )


def _table(one: ReturnedSheet, vocabulary: Vocabulary) -> Table | None:
    figures = [
        figure
        for row in one.rows
        for column in one.columns
        if (figure := _figure(one, row, column, vocabulary)) is not None
    ]
    if not figures:
        return None
    first = min(row.number for row in one.rows)
    table = Table(
        one.sheet.name,
        one.header_row,
        max(row.number for row in one.rows),
        [one.header_row, one.header_row + 1],
        [one.name_column or 0],
        [column.number for column in one.columns],
        figures=figures,
    )
    table.titles = _labels(one, range(one.key_row + 1, one.header_row))
    table.heads = _labels(one, range(one.header_row, first))
    table.side = [Label(row.number, one.name_column or 0, row.name) for row in one.rows if row.name]
    last = one.sheet.top + len(one.sheet.rows)
    table.notes = _labels(one, range(table.bottom + 1, last))
    return table


def _labels(one: ReturnedSheet, rows: range) -> list[Label]:
    sheet = one.sheet
    return [
        Label(row, column, tidy(text))
        for row in rows
        for column in range(sheet.left, _width(sheet))
        if column != one.key_column and (text := plain_text(sheet.value(row, column))).strip()
    ]


def _figure(one: ReturnedSheet, row: ReturnedRow, column: Column, vocabulary: Vocabulary) -> Figure | None:
    value = one.sheet.value(row.number, column.number)
    text = plain_text(value).strip()
    if not text or not (row.name or row.sign):
        return None
    if column.slot != marks.NOW and not row.name and row.sign == marks.SPARE:  # a formula that waits for a reporter
        return None
    role: Role = (
        "error"
        if isinstance(value, CellError)
        else "missing"
        if is_mark(text)
        else "total"
        if row.sign == marks.TOTAL
        else "data"
    )
    name = "合计" if row.sign == marks.TOTAL else row.name or _named(row.sign, vocabulary)
    heading = Label(one.header_row, column.number, _heading(column, vocabulary))
    slot = {marks.BEFORE: "上期", marks.DERIVED: "占比"}.get(column.slot, "本期")
    return Figure(
        row.number,
        column.number,
        role,
        ((Label(row.number, one.name_column or 0, name),),),
        ((heading, Label(one.header_row + 1, column.number, slot)),),
        "",
    )


def _named(sign: str, vocabulary: Vocabulary) -> str:
    """A row whose name was wiped out is still known by its sign."""
    return str(vocabulary.reporter["name"].get(sign, ""))


def _heading(column: Column, vocabulary: Vocabulary) -> str:
    """The indicator by its sign, whatever the heading has become; its own unit, none other."""
    if column.indicator not in vocabulary.indicator.index:
        return column.indicator
    row = vocabulary.indicator.loc[column.indicator]
    return f"{row['name']}（{row['unit']}）"
